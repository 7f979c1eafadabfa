"""A page of the register reads a page, however many licenses there are, on both databases."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from workflow.domain.acting import Scope
from workflow.storage import around, dated, escalated, portfolio, radar, reminders, risks
from workflow.storage.database import open_database
from workflow.storage.portfolio import Asked
from workflow.storage.risks import Days
from workflow.storage.statements import row, rows, run

TODAY = date(2026, 3, 18)
MANY = 3000
DAYS = Days(TODAY + timedelta(90), TODAY + timedelta(180), TODAY + timedelta(365), 2025, False)
EVERYBODY = Scope()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def crowded(request, tmp_path_factory):
    """Three thousand licenses of six hundred clients, each with a finished case."""
    if request.param == "sqlite":
        copy = request.getfixturevalue("_sqlite_copies")
        url = copy(tmp_path_factory.mktemp("crowd") / "desk.db")
    else:
        url = request.getfixturevalue("_postgres_copies")()
    database = open_database(url)
    _fill(database)
    yield database
    database.close()


def _fill(database):
    with database.transaction() as tx:
        for n in range(600):
            run(tx, "INSERT INTO companies (name, initials, uscc, province, facts, version, head,"
                    " updated_at) VALUES (:n, '', :u, '44', '{}', 0, '', '')",
                n=f"示例{n}", u=f"91{n:016}")  # fmt: skip
        companies = [ident for (ident,) in rows(tx, "SELECT id FROM companies ORDER BY id")]
        for n in range(MANY):
            _license(tx, n, companies[n % len(companies)])
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as plain:
        plain.execute(sa.text("ANALYZE"))


def _license(tx, n, company):
    facts = {"unreported_changes": [{"change": "C-LREP"}]} if n % 100 == 0 else {}
    last = TODAY + timedelta(30 + n)
    found = row(
        tx,
        "INSERT INTO licenses (company_id, number, kinds, items, coverage, authority, valid_from,"
        " valid_to, status, opened, facts, version, head, updated_at, next_look) VALUES (:c, :n,"
        " '[\"ICP\"]', '{}', '[\"44\"]', '44', :first, :last, 'valid', '[]', :facts, 0, '', '',"
        " :look) RETURNING id",
        c=company, n=f"L{n}", first=date(2022, 1, 1), last=last,
        facts=json.dumps(facts, separators=(",", ":")), look=TODAY + timedelta(n),
    )  # fmt: skip
    run(
        tx,
        "INSERT INTO cases (company_id, license_id, number, procedure, state, version, head, kinds,"
        " items, coverage, facts, acts, pack, authority, opened_on, filed_on, handler_id, turn,"
        " blockers, updated_at) VALUES (:c, :l, :n, :p, 'rejected', 1, '', '[]', '{}', '[]', '{}',"
        " '[]', '{}', '44', :d, :d, '1', 'none', 0, '')",
        c=company, l=found[0], n=f"C{n}", p="renewal" if n % 10 == 0 else "change", d=TODAY,
    )  # fmt: skip


WEEK = TODAY + timedelta(7)
QUESTIONS = {
    "by client": lambda s: portfolio.page(s, EVERYBODY, Asked(status="valid"), order="client"),
    "by client, later": lambda s: portfolio.page(
        s, EVERYBODY, Asked(status="valid"), order="client", after=(300, TODAY, 1)
    ),
    "by term": lambda s: portfolio.page(s, EVERYBODY, Asked(status="valid")),
    "by term, later": lambda s: portfolio.page(
        s, EVERYBODY, Asked(status="valid"), after=(TODAY + timedelta(1500), 1)
    ),
    "too late": lambda s: portfolio.page(
        s, EVERYBODY, Asked(status="valid", risk="late", days=DAYS)
    ),
    "in the window": lambda s: portfolio.page(
        s, EVERYBODY, Asked(status="valid", risk="window", days=DAYS)
    ),
    "one client": lambda s: portfolio.page(s, EVERYBODY, Asked(company_id=7)),
    "open cases": lambda s: around.open_cases(s, range(1, 51)),
    "standings": lambda s: reminders.standings(s, range(1, 51)),
    "duties": lambda s: portfolio.to_look_at(s, EVERYBODY),
    "duties, later": lambda s: portfolio.to_look_at(
        s, EVERYBODY, after=(TODAY + timedelta(1000), 1)
    ),
    "days of cases": lambda s: dated.between(s, EVERYBODY, "", first=TODAY, last=WEEK, limit=200),
    "own days": lambda s: dated.between(s, EVERYBODY, "1", first=TODAY, last=WEEK, limit=200),
    "escalated": lambda s: escalated.since(s, 1, "2026-03-11", 500),
    "load": lambda s: radar.unstarted_by_handler(s, EVERYBODY, date.min, TODAY + timedelta(200)),
    "durations": lambda s: radar.durations(s, EVERYBODY, 200),
    "one license": lambda s: portfolio.one(s, EVERYBODY, 9),
    "its cases": lambda s: around.cases_on(s, 9),
    "meeting": lambda s: around.open_others(s, 7, 0),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_it_reads_a_page_and_not_the_register(crowded, name):
    with crowded.reading() as session:
        read = _rows_read(session) if crowded.dialect == "postgresql" else None
        plans = _plans(session, QUESTIONS[name]) if crowded.dialect == "sqlite" else []
        if read is not None:
            QUESTIONS[name](session)
            seen = {table: n - read.get(table, 0) for table, n in _rows_read(session).items()}
            assert seen.get("licenses", 0) <= 400, seen
            assert seen.get("cases", 0) <= 400, seen
    for step in plans:
        whole = step.startswith("SCAN") and step.split()[1] in ("l", "c", "licenses", "cases")
        walked = "USING INDEX" in step or "USING COVERING INDEX" in step
        assert not whole or (walked and name in WALKED), step


WALKED = {"duties", "by client", "by term", "durations"}
"""These walk an index from its start and stop at the end of the page."""


def _plans(session, ask):
    """How SQLite answers each statement the question asks, with its values filled in."""
    connection = session.connection().connection.driver_connection
    asked = []
    connection.set_trace_callback(asked.append)
    ask(session)
    connection.set_trace_callback(None)
    return [
        step[3]
        for sql in asked
        if sql.lstrip().upper().startswith("SELECT")
        for step in connection.execute(f"EXPLAIN QUERY PLAN {sql}")
    ]


def _rows_read(session):
    """Rows read so far in this transaction, by table: scanned, and fetched by an index."""
    return {
        table: int(scanned) + int(fetched)
        for table, scanned, fetched in rows(
            session,
            "SELECT relname, COALESCE(seq_tup_read, 0), COALESCE(idx_tup_fetch, 0)"
            " FROM pg_stat_xact_user_tables WHERE relname IN ('licenses', 'cases')",
        )
    }


def test_its_figures_are_those_of_the_lists(crowded):
    with crowded.reading() as session:
        found = risks.totals(session, EVERYBODY, DAYS)
        for risk in ("late", "window", "unreported", "reports"):
            number = getattr(found, risk)
            asked = Asked(status="valid", risk=risk, days=DAYS)
            assert portfolio.count(session, EVERYBODY, asked)[1] == number
    assert found.valid == MANY
    assert (found.late, found.window, found.unreported) == (60, 91, 30)
