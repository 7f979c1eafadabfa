"""Role by page, walked whole: a route not in the table fails, a denied write writes nothing.

The table is written by hand: it says who should, the application says who may.
"""

import csv
import io
import re
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from flask import url_for

from tests.support.cast import moment
from tests.support.contents import contents
from tests.support.documents import pdf
from tests.support.visits import open_office
from workflow.services.case_view import view
from workflow.services.database import open_database

TABLE = list(
    csv.DictReader((Path(__file__).parent / "permissions.csv").read_text("utf-8").splitlines())
)
LOGINS = {
    "nobody": None,
    "handler": "wang",
    "reviewer": "li",
    "manager": "zhao",
    "auditor": "zhou",
    "admin": "admin",
    "handler of others": "chen",
}
DENIED = ("sign_in", "refused", "absent")


@pytest.fixture
def office(sqlite_url, tmp_path):
    database = open_database(sqlite_url)
    yield open_office(database, tmp_path)
    database.close()


@pytest.fixture
def things(office):
    """One of everything, all of the client that 陈伟 does not work for."""
    office.cast.approved()
    number = office.cast.prepared(coverage=("11",))
    visit = office.visit()
    visit.open(f"/cases/{number}")
    file = (io.BytesIO(pdf()), "公司章程.pdf")
    assert visit.send("/materials/M-AOA", **{"file-M-AOA": file}).status_code == 303
    with office.database.reading() as session:
        case = view(session, number, office.cast["wang"], moment())
        version = next(v.id for item in case.items for v in item.versions if v.file_hash)
    return {
        "number": number,
        "company_id": 1,
        "license_id": 1,
        "version_id": version,
        "token": "nobody-has-this-token",
        "trigger": "withdraw",
        "code": "M-APP",
        "procedure": "new",
        "sort": "guards",
        "no": 1,
        "round_no": 1,
        "filename": "app.css",
        "outbox_id": 99,
        "view_id": 99,
        "absence_id": 99,
        "batch_id": 99,
        "whom": "nobody",
        "on": "yes",
        "paper": "summary",
        "act": "retry",
        "work_id": 99,
        "hold_id": 99,
        "erasure_id": 99,
        "account_id": 1,
        "event_id": 3,
    }


def routes(app):
    return {
        (method, rule.rule): rule
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }


def address(app, rule, things):
    if rule.endpoint == "questions.show":
        things = things | {"number": 1}  # of a question, where the others name a case
    with app.test_request_context():
        return url_for(rule.endpoint, **{name: things[name] for name in rule.arguments})


def answered(answer):
    """What an answer means, in the words of the table."""
    if answer.status_code == 303 and answer.location.startswith("/login"):
        return "sign_in"
    return {403: "refused", 404: "absent"}.get(answer.status_code, "ok")


def person(office, column):
    """A client signed in as somebody of that column, with a token for its forms."""
    login = LOGINS[column]
    client = office.visit(login).client if login else office.app.test_client()
    page = client.get("/more" if login else "/login")
    return client, re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]


def test_it_has_every_route_in_the_table_and_no_other(office):
    listed = [(row["method"], row["page"]) for row in TABLE]
    assert len(listed) == len(set(listed))
    assert set(listed) == set(routes(office.app))


def test_it_names_every_role_and_answers_nothing_else():
    words = {cell for row in TABLE for name, cell in row.items() if name in LOGINS}
    assert words == {"ok", *DENIED}
    assert set(TABLE[0]) - {"method", "page", "query"} == set(LOGINS)


@pytest.mark.parametrize("column", LOGINS)
def test_it_answers_as_the_table_says(office, things, column):
    found = routes(office.app)
    client, token = person(office, column)
    wrong, held = [], None
    for row in TABLE:
        path = address(office.app, found[row["method"], row["page"]], things)
        query = dict(parse_qsl(row["query"]))
        denied = row[column] in DENIED
        held = (held or contents(office.database)) if denied else None
        answer = client.open(
            path,
            method=row["method"],
            query_string=query,
            data=query | {"csrf_token": token} if row["method"] == "POST" else None,
            buffered=True,  # a file that is sent is read and closed
        )
        said = answered(answer)
        if said != row[column] or answer.status_code >= 500 or answer.status_code in (400, 405):
            wrong.append((row["method"], path, row[column], answer.status_code))
        if denied and (now := contents(office.database)) != held:
            wrong.append((row["method"], path, "changed something"))
            held = now
    assert wrong == []


SAME = [
    ("GET", "/companies/{company}", {}),
    ("GET", "/companies/{company}/edit", {}),
    ("POST", "/companies/{company}/edit", {}),
    ("GET", "/companies/{company}/charge", {}),
    ("GET", "/companies/{company}/ripple?field=name", {}),
    ("POST", "/companies/{company}/ripple", {"field": "name", "act": "open"}),
    ("POST", "/licenses/{license}/goes-on", {}),
    ("POST", "/licenses/{license}/duties", {"deadline": "K-AR", "cycle": "2025"}),
    ("GET", "/licenses/{license}", {}),
    ("GET", "/licenses/new?company={company}", {}),
    ("POST", "/licenses/new?company={company}", {"number": "粤B2-1"}),
    ("GET", "/cases/{case}", {}),
    ("GET", "/cases/{case}/actions/withdraw", {}),
    ("POST", "/cases/{case}/actions/withdraw", {"reason": "x", "version": "1"}),
    ("POST", "/cases/{case}/materials/M-APP", {}),
    ("POST", "/cases/{case}/points/1", {}),
    ("GET", "/cases/{case}/assign", {}),
    ("GET", "/cases/{case}/facts", {}),
    ("GET", "/cases/{case}/files/{version}", {}),
]


@pytest.mark.parametrize(("method", "path", "answers"), SAME)
def test_it_answers_for_another_client_as_for_what_does_not_exist(
    office, things, method, path, answers
):
    client, token = person(office, "handler of others")
    known = {
        "company": 1, "license": 1, "case": things["number"], "version": things["version_id"],
    }  # fmt: skip
    unknown = {"company": 987, "license": 987, "case": "AP-2026-09999", "version": 987}
    data = answers | {"csrf_token": token} if method == "POST" else None
    bodies = []
    for names in (known, unknown):
        address = path.format(**names)
        answer = client.open(address, method=method, data=data, buffered=True)
        assert answer.status_code == 404
        bodies.append(_without_chance(answer.text, address))
    assert bodies[0] == bodies[1]


def _without_chance(text, address):
    """A page without its own address, the number asked for, its request number and its token."""
    text = text.replace(address.partition("?")[0], "ADDRESS")
    for number in re.findall(r"AP-[\d-]+", address):  # what was not found can be searched for
        text = text.replace(number, "NUMBER")
    text = re.sub(r"/cases/AP-[\d-]+\?", "ADDRESS?", text)  # the case a refused form belongs to
    text = re.sub(r"\?company=\d+&amp;", "?", text)
    text = re.sub(r'(name="csrf_token" value)="[^"]+"', r"\1", text)
    return re.sub(r"req-[0-9a-f]+", "REQUEST", text)


def test_it_lists_nothing_of_another_client(office, things):
    client, _ = person(office, "handler of others")
    for path in (
        "/cases", "/companies", "/licenses", "/radar", "/duties", "/messages", "/work",
        "/dashboard/cases", "/dashboard/export",
    ):  # fmt: skip
        text = client.get(path).text
        assert "广州示例" not in text
        assert things["number"] not in text
