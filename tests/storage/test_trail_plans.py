"""A page of the trail reads a page by an index, whichever filter, on both databases."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.plans import rows_read, steps_of
from workflow.domain.acting import Scope
from workflow.storage import trail_search
from workflow.storage.crowd import Crowd, fill
from workflow.storage.database import open_database
from workflow.storage.statements import row, rows
from workflow.storage.trail_search import Asked

TODAY = date(2026, 11, 23)
EVENTS = 6_000
EVERYBODY = Scope()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def crowded(request, tmp_path_factory):
    """Six thousand events of six hundred cases of two hundred clients."""
    if request.param == "sqlite":
        copy = request.getfixturevalue("_sqlite_copies")
        url = copy(tmp_path_factory.mktemp("trail") / "desk.db")
    else:
        url = request.getfixturevalue("_postgres_copies")()
    database = open_database(url)
    fill(database, Crowd(600, 600, EVENTS, TODAY, handlers=("1", "2", "3")))
    yield database
    database.close()


ALONE = {
    "nothing": Asked(),
    "days": Asked(since="2024-01-01", until="2025-01-01"),
    "person": Asked(actor="2"),
    "company": Asked(company_id=7),
    "case": Asked(case_id=70),
    "license": Asked(license_id=9),
    "kind": Asked(actions=frozenset({"submit", "accept", "open"})),
    "waivers or corrected": Asked(risky=frozenset({"waive", "rectify"})),
    "out of hours": Asked(marks=frozenset({"off_hours"})),
    "two presets": Asked(risky=frozenset({"waive"}), marks=frozenset({"off_hours"})),
    "kind and corrected": Asked(actions=frozenset({"submit"}), risky=frozenset({"rectify"})),
    "person and days": Asked(actor="2", since="2024-01-01", until="2025-01-01"),
}


@pytest.mark.parametrize("oldest", [False, True], ids=["first page", "last page"])
@pytest.mark.parametrize("name", ALONE)
def test_it_reads_a_page_and_not_the_trail(crowded, name, oldest):
    def ask(session):
        return trail_search.find(session, EVERYBODY, ALONE[name], oldest=oldest, limit=51)

    with crowded.reading() as session:
        if crowded.dialect == "sqlite":
            for step in steps_of(session, ask):
                assert not step.startswith(("SCAN e", "SCAN events")) or "INDEX" in step, step
        else:
            before = rows_read(session, "events", "event_marks")
            ask(session)
            read = rows_read(session, "events", "event_marks") - before
            assert read <= 4 * 51, read


TOGETHER = {
    "person and kind": Asked(actor="2", actions=frozenset({"submit"})),
    "company and person": Asked(company_id=7, actor="2"),
    "person and preset": Asked(actor="2", marks=frozenset({"off_hours"})),
    "several presets and kind": Asked(
        actions=frozenset({"submit"}), marks=frozenset({"off_hours", "same_person"})
    ),
}


@pytest.mark.parametrize("name", [*ALONE, *TOGETHER])
def test_it_finds_what_a_plain_question_finds(crowded, name):
    """Page by page, both ways: every event once, in order, and none that does not match."""
    asked = (ALONE | TOGETHER)[name]
    with crowded.reading() as session:
        expected = _plainly(session, asked)
        for oldest in (False, True):
            found, start = [], None
            while True:
                hits = trail_search.find(
                    session, EVERYBODY, asked, start=start, oldest=oldest, limit=400
                )
                found += hits.places
                start = hits.reached or (hits.places[-1] if hits.places else None)
                if not hits.reached and len(hits.places) < 400:
                    break
            assert found == (expected if oldest else expected[::-1])
        counted = trail_search.count(session, EVERYBODY, asked, 1_001)
        assert counted in (None, min(len(expected), 1_001))


def _plainly(session, asked):
    """The same without any index in mind: every event, looked at."""
    marks = {}
    for mark, event_id in rows(session, "SELECT mark, id FROM event_marks"):
        marks.setdefault(event_id, set()).add(mark)
    owned = {c for (c,) in rows(session, "SELECT id FROM cases WHERE license_id = 9")}
    found = []
    for event_id, at, actor, action, company, case, chain in rows(
        session, "SELECT id, at, actor, action, company_id, case_id, chain FROM events"
    ):
        risky = asked.risky or asked.marks
        if (
            (not asked.since or asked.since <= at < asked.until)
            and asked.actor in ("", actor)
            and asked.company_id in (None, company)
            and asked.case_id in (None, case)
            and (asked.license_id is None or case in owned or chain == "license")
            and (not asked.actions or action in asked.actions)
            and (not risky or action in asked.risky or asked.marks & marks.get(event_id, set()))
        ):
            found.append((at, event_id))
    return sorted(found)


def test_it_stops_after_so_many_rows_and_goes_on_from_there(crowded, monkeypatch):
    monkeypatch.setattr(trail_search, "SPANS", (100, 200))
    asked = TOGETHER["person and kind"]
    with crowded.reading() as session:
        (old, last) = row(
            session, "SELECT at, id FROM events WHERE actor = '2' AND action = 'submit'"
            " ORDER BY at, id LIMIT 1"
        )  # fmt: skip
        narrow = Asked(actor="2", actions=asked.actions, until=old + "Z")
        never = Asked(actor="2", actions=frozenset({"deliver"}))
        hits = trail_search.find(session, EVERYBODY, never, limit=51)
        assert hits.places == []
        walked = 0
        while hits.reached:
            walked += 1
            hits = trail_search.find(session, EVERYBODY, never, start=hits.reached, limit=51)
        assert walked == EVENTS // 3 // 300
        assert trail_search.find(session, EVERYBODY, narrow, limit=51).places == [(old, last)]


def test_it_keeps_to_the_scope(crowded):
    seven = Scope(frozenset({7}))
    with crowded.reading() as session:
        found = trail_search.find(session, seven, Asked(), limit=500)
        theirs = {i for (i,) in rows(session, "SELECT id FROM events WHERE company_id = 7")}
        assert {event_id for _, event_id in found.places} == theirs
        elsewhere = trail_search.find(session, seven, Asked(company_id=8), limit=500)
        assert elsewhere.places == []
