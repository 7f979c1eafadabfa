"""A search reads what it shows and not the tables, on both databases."""

from datetime import date

import pytest

from tests.storage.test_register_plans import _plans, _rows_read
from workflow.domain.acting import Actor, Moment, Scope
from workflow.domain.procedure import Role
from workflow.services import search
from workflow.storage import listings, register_lists
from workflow.storage.crowd import Crowd, fill
from workflow.storage.database import open_database
from workflow.storage.statements import run

TODAY = date(2026, 3, 18)
MANY = 3000
LIVES = 2 * MANY
WANG = Actor("1", "王芳", Role.HANDLER)
TYPED = ("示例人群77", "slrq77", "91440000000000C", "示B2-2000", "AP-2026-00", "77")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def crowded(request, tmp_path_factory):
    if request.param == "sqlite":
        copy = request.getfixturevalue("_sqlite_copies")
        url = copy(tmp_path_factory.mktemp("crowd") / "desk.db")
    else:
        url = request.getfixturevalue("_postgres_copies")()
    database = open_database(url)
    fill(database, Crowd(MANY, MANY, LIVES, TODAY))
    yield database
    database.close()


@pytest.fixture
def moment():
    from tests.support.cast import moment  # noqa: PLC0415

    return moment(TODAY)


def asked(typed: str, moment: Moment):
    return {
        "search": lambda s: search.find(s, WANG, moment, typed),
        "cases": lambda s: listings.cases_page(s, Scope(), words=typed),
        "clients": lambda s: register_lists.companies_page(s, Scope(), words=typed),
    }


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize("list_", ["search", "cases", "clients"])
def test_it_reads_ranges_and_not_tables(crowded, moment, typed, list_):
    ask = asked(typed, moment)[list_]
    with crowded.reading() as session:
        if crowded.dialect == "postgresql":
            run(session, "SET LOCAL enable_seqscan = off")  # so few rows are quicker read whole
            before = _rows_read(session)
            ask(session)
            seen = {t: n - before.get(t, 0) for t, n in _rows_read(session).items()}
            assert max(seen.values()) <= MANY * 0.6, seen
            return
        for step in _plans(session, ask):
            table = step.split()[1] if step.startswith("SCAN") else ""
            walked = "USING" in step or list_ == "clients"
            assert table not in ("w", "companies", "licenses", "cases"), step
            assert walked or table not in ("k", "c", "l"), step


def test_it_finds_what_is_there(crowded, moment):
    with crowded.reading() as session:
        found = search.find(session, WANG, moment, "slrq777")
        assert [hit.name for hit in found.clients] == ["示例人群777有限公司"]
        assert len(found.cases) == len(found.licenses) == 3
        assert search.find(session, WANG, moment, "示例人群").crowded
        assert len(search.find(session, WANG, moment, "示例人群").clients) == search.SHOWN
