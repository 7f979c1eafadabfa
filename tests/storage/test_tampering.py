"""Whoever switches the triggers off is found out, and the right place is named."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date

import pytest

from tests.storage.trail_rows import (
    COPY,
    NAMES,
    PLANTED,
    ask,
    attack,
    short_trail,
    undone,
    unguarded,
)
from tests.support.cast import gather, moment
from workflow.domain.audit import seal
from workflow.services import trail
from workflow.services.advance import record_about
from workflow.services.sealing import OFFICE

TWICE = f"INSERT INTO events {NAMES} " + COPY.format(
    id="id + 1000", seq="seq + 1", prev="hash", hash="hash"
).replace(":i", ":last")
SATURDAY = date(2026, 3, 21)
#: What is done to a case's events, and where and why the chain is then broken.
ATTACKS = {
    "a body": (["UPDATE events SET body = replace(body, 'submitted', 'approved') WHERE id = :last"],
               "last", "altered"),
    "a body by one space": (["UPDATE events SET body = body || ' ' WHERE id = :third"],
                            3, "altered"),
    "a hash": (["UPDATE events SET hash = prev WHERE id = :third"], 3, "altered"),
    "a link": (["UPDATE events SET prev = hash WHERE id = :third"], 3, "unlinked"),
    "the first": (["DELETE FROM events WHERE id = :first"], 1, "missing"),
    "the middle": (["DELETE FROM events WHERE id = :third"], 3, "missing"),
    "the last": (["DELETE FROM events WHERE id = :last"], "last", "cut"),
    "who acted": (["UPDATE events SET actor = 'nobody' WHERE id = :third"], 3, "altered"),
    "what was done": (["UPDATE events SET action = 'waive' WHERE id = :third"], 3, "altered"),
    "whose it is": (["""UPDATE events SET case_id = (SELECT MIN(id) FROM cases WHERE id <> :case)
                     WHERE id = :third"""], 3, "misplaced"),
    "all of them": (["DELETE FROM events WHERE case_id = :case"], 1, "missing"),
    "two swapped": ([
        "UPDATE events SET seq = 1000 WHERE id = :third",
        "UPDATE events SET seq = 3 WHERE id = :fourth",
        "UPDATE events SET seq = 4 WHERE id = :third",
    ], 3, "reordered"),
    "bodies swapped": ([
        "CREATE TABLE b AS SELECT id, body FROM events WHERE id IN (:third, :fourth)",
        """UPDATE events SET body = (SELECT b.body FROM b WHERE b.id <> events.id)
        WHERE id IN (:third, :fourth)""",
        "DROP TABLE b",
    ], 3, "reordered"),
    "one twice": ([
        TWICE,
        "UPDATE cases SET version = version + 1 WHERE id = :case",
    ], "end", "duplicated"),
    "a renumbered tail": (["UPDATE events SET seq = seq + 100 WHERE case_id = :case AND seq > 2"],
                          3, "missing"),
    "the head": (["UPDATE cases SET head = '' WHERE id = :case"], "end", "head"),
    "another head": (["""UPDATE cases SET head = (SELECT hash FROM events WHERE id = :third)
                      WHERE id = :case"""], "end", "head"),
    "a smaller version": (["UPDATE cases SET version = 2 WHERE id = :case"], 3, "head"),
    "a larger version": (["UPDATE cases SET version = version + 1 WHERE id = :case"],
                         "end", "cut"),
}  # fmt: skip


def verdict(database):
    """As the command verifies: a sweep over the bytes, and the walk where it stumbles."""
    return trail.verify_all(database)


def test_it_accuses_nobody_of_an_untouched_trail(database):
    cast, _, events = short_trail(database)
    found = verdict(database)
    assert (found.intact, found.place, found.why) == (True, "", "")
    assert found.events == ask(database, "SELECT count(*) FROM events")[0][0] > len(events)
    assert found.chains == 4
    cast.approved(coverage=("11",))
    assert verdict(database).intact


@pytest.mark.parametrize("name", ATTACKS)
def test_it_names_the_place(sqlite_database, name):
    check(sqlite_database, [name])


def test_it_names_the_place_on_postgresql_too(postgres_database):
    check(postgres_database, list(ATTACKS))


def check(database, names):
    _, number, events = short_trail(database)
    case = ask(database, "SELECT id FROM cases WHERE number = :n", n=number)[0][0]
    ids = dict(zip(("first", "second", "third", "fourth"), (e[0] for e in events), strict=False))
    for name in names:
        statements, place, why = ATTACKS[name]
        seq = {"last": len(events), "end": len(events) + 1}.get(place, place)
        with unguarded(database), undone(database):
            attack(database, *statements, case=case, last=events[-1][0], **ids)
            found = verdict(database)
            assert (found.place, found.why) == (f"case:{number}:{seq}", why), name
    assert len(names) == 1 or verdict(database).intact


def test_it_finds_a_forged_event_appended_with_a_right_hash(database):
    _, number, events = short_trail(database)
    last, seq, _, head = events[-1]
    body = '{"forged":true}'
    with unguarded(database):
        attack(
            database,
            "INSERT INTO events (chain, subject_id, seq, company_id, case_id, at, actor, role,"
            " action, prev, hash, body) SELECT chain, subject_id, seq + 1, company_id, case_id, at,"
            " actor, role, 'approve', hash, :hash, :body FROM events WHERE id = :last",
            last=last, body=body, hash=seal(head, body),
        )  # fmt: skip
    found = verdict(database)
    assert (found.place, found.why) == (f"case:{number}:{seq + 1}", "head")


def test_it_finds_a_case_that_nobody_opened(database):
    short_trail(database)
    attack(database, PLANTED)
    found = verdict(database)
    assert (found.place, found.why) == ("case:AP-2026-77777:1", "missing")


def test_it_finds_events_without_their_case(sqlite_database):
    _, number, events = short_trail(sqlite_database)
    case = ask(sqlite_database, "SELECT id FROM cases WHERE number = :n", n=number)[0][0]
    with sqlite_database.engine.connect() as connection:
        raw = connection.connection.driver_connection
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute("DELETE FROM cases WHERE id = ?", (case,))
        raw.execute("PRAGMA foreign_keys=ON")
    found = verdict(sqlite_database)
    assert (found.place, found.why) == (f"case:{case}:1", "orphan")
    assert events


def test_it_keeps_chains_of_accounts_and_of_the_office_and_names_their_breaks(database):
    cast, _, _ = short_trail(database)
    told = {"actor": cast["wang"], "moment": moment(), "change": list}
    with database.transaction() as tx:
        for version in (1, 2):
            assert record_about(tx, "account", 5, "sign_in", **told) == version
        record_about(tx, "office", OFFICE, "hold", company_id=cast.company, **told)
    assert ask(database, "SELECT chain, subject_id, seq, company_id FROM events"
               " WHERE chain IN ('account', 'office') ORDER BY id") == [
        ("account", 5, 1, None), ("account", 5, 2, None), ("office", 1, 1, cast.company),
    ]  # fmt: skip
    assert (verdict(database).intact, verdict(database).chains) == (True, 6)
    with unguarded(database):
        attack(database, "DELETE FROM events WHERE chain = 'account' AND seq = 2")
        assert verdict(database).place == "account:5:2"
        attack(database, "DELETE FROM heads WHERE chain = 'account'")
        assert (verdict(database).place, verdict(database).why) == ("account:5:1", "orphan")


def test_it_finds_a_whole_trail_under_another_name_or_where_nobody_looks(database):
    cast, number, _ = short_trail(database)
    with database.transaction() as tx:
        for account in (5, 6):
            record_about(tx, "account", account, "sign_in", actor=cast["wang"], moment=moment(),
                         change=list)  # fmt: skip
    as_number = "UPDATE {} SET subject_id = {} WHERE chain = 'account' AND subject_id = {}"
    moved = [as_number.format(table, *step) for table in ("events", "heads")
             for step in ((7, 5), (5, 6), (6, 7))]  # fmt: skip
    hidden = [as_number.format(table, -5, 5) for table in ("events", "heads")]
    with unguarded(database):
        attack(database, "UPDATE cases SET number = 'AP-2026-09999' WHERE number = :n", n=number)
        assert (verdict(database).place, verdict(database).why) == (
            "case:AP-2026-09999:1", "misplaced",
        )  # fmt: skip
        attack(database, "UPDATE cases SET number = :n WHERE number = 'AP-2026-09999'", n=number)
        assert verdict(database).why == "unguarded"
        attack(database, *moved)
        assert (verdict(database).place, verdict(database).why) == ("account:5:1", "misplaced")
        attack(database, *moved)
        assert verdict(database).why == "unguarded"
        attack(database, *hidden)
        assert (verdict(database).place, verdict(database).why) == ("account:-5:1", "misplaced")
        attack(database, "UPDATE events SET body = replace(body, 'sign_in', 'signed_in')"
               " WHERE subject_id = -5")  # fmt: skip
        assert (verdict(database).place, verdict(database).why) == ("account:-5:1", "altered")


def test_it_finds_a_personal_value_gone_with_its_row_and_a_tombstone_of_nothing(database):
    short_trail(database)
    named = ask(database, "SELECT commitment FROM personal_values WHERE field = 'actor_name'")[0][0]
    promised = ask(database, "SELECT commitment FROM personal_values"
                             " WHERE field LIKE '%legal_representative'")[0][0]  # fmt: skip
    attack(database, "CREATE TABLE kept_values AS SELECT * FROM personal_values")
    for value, place in ((named, "company:1:1"), (promised, "company:1:1")):
        attack(database, "DELETE FROM personal_values WHERE commitment = :c", c=value)
        assert (verdict(database).place, verdict(database).why) == (place, "forgotten")
        attack(database, "INSERT INTO personal_values SELECT * FROM kept_values"
                         " WHERE commitment = :c", c=value)  # fmt: skip
    assert verdict(database).intact
    attack(database, "INSERT INTO removals (kind, what, company_id, day, seq)"
                     " VALUES ('file', 'aa', NULL, '2026-03-20', 1)")  # fmt: skip
    assert (verdict(database).place, verdict(database).why) == ("file:aa", "unfounded")


def test_it_names_a_mark_that_the_event_was_not_sealed_with(database):
    """Marks are copies for the search: planted, taken away, moved or left over, each is named."""
    cast = gather(database)
    name = f"case:{cast.open_case(day=SATURDAY)}:1"
    assert verdict(database).intact
    event, at = ask(
        database, "SELECT e.id, e.at FROM events e JOIN event_marks m ON m.id = e.id"
        " WHERE e.action = 'open' AND m.mark = 'off_hours'",
    )[0]  # fmt: skip
    plain = ask(database, "SELECT MIN(id) FROM events WHERE chain = 'company'")[0][0]
    insert = "INSERT INTO event_marks (mark, at, id) VALUES ('large_export', '{at}', {id})"
    for attacked, place in (
        (insert.format(at=at, id=event), name),
        (insert.format(at=at, id=plain), "company:1:1"),
        ("UPDATE event_marks SET at = '2026'", name),
        ("DELETE FROM event_marks", name),
        (insert.format(at=at, id=99999), "event:99999"),
    ):
        with marks_kept(database):
            attack(database, attacked)
            assert (verdict(database).place, verdict(database).why) == (place, "marked"), attacked
    assert verdict(database).intact


@contextmanager
def marks_kept(database):
    attack(database, "CREATE TABLE kept_marks AS SELECT * FROM event_marks")
    yield
    attack(database, "DELETE FROM event_marks", "INSERT INTO event_marks SELECT * FROM kept_marks",
           "DROP TABLE kept_marks")  # fmt: skip


def test_it_finds_tampering_with_companies_and_licenses(sqlite_database):
    cast, _, _ = short_trail(sqlite_database)
    with unguarded(sqlite_database):
        attack(sqlite_database, "UPDATE events SET body = '{}' WHERE chain = 'company'"
               " AND subject_id = :i", i=cast.other)  # fmt: skip
    assert verdict(sqlite_database).place == f"company:{cast.other}:1"
