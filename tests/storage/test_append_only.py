"""The trail refuses everything but the next link, in the database itself."""
# ruff: noqa: S608 - statements written here

from __future__ import annotations

import pytest
import sqlalchemy as sa

from tests.storage.trail_rows import COPY, NAMES, ask, attack, short_trail, unguarded

EVERYTHING = "SELECT * FROM events ORDER BY id"


def refusing(database, *statements, **values):
    before = ask(database, EVERYTHING)
    with pytest.raises(sa.exc.DBAPIError):
        attack(database, *statements, **values)
    assert ask(database, EVERYTHING) == before


def copied(**columns):
    names = {"id": "id", "seq": "seq", "prev": "prev", "hash": "hash", **columns}
    return COPY.format(**names)


def test_it_refuses_to_change_or_remove_what_was_said(database):
    _, _, events = short_trail(database)
    middle = events[2][0]
    for column in ("body", "hash", "prev", "actor", "at", "action", "company_id"):
        refusing(database, f"UPDATE events SET {column} = {column} WHERE id = :i", i=middle)
    refusing(database, "UPDATE events SET seq = seq + 1000")
    refusing(database, "DELETE FROM events WHERE id = :i", i=middle)
    refusing(database, "DELETE FROM events WHERE id = :i", i=events[-1][0])
    refusing(database, "DELETE FROM events")
    if database.dialect == "postgresql":
        refusing(database, "TRUNCATE events CASCADE")
        refusing(database, "TRUNCATE companies CASCADE")


def test_it_refuses_to_put_another_event_in_the_place_of_one(database):
    _, _, events = short_trail(database)
    middle, last = events[2][0], events[-1][0]
    if database.dialect == "sqlite":
        for columns in ({}, {"id": "NULL"}, {"id": "id + 1000"}):
            event = f" INTO events {NAMES} {copied(**columns)}"
            refusing(database, "INSERT OR REPLACE" + event, i=middle)
            refusing(database, "REPLACE" + event, i=last)
    upsert = f"INSERT INTO events {NAMES} {copied(id='id + 1000')}"
    conflict = " ON CONFLICT (chain, subject_id, seq) DO UPDATE SET body = excluded.body"
    where = " AND 1 = 1" if database.dialect == "sqlite" else ""
    refusing(database, upsert + where + conflict, i=middle)
    refusing(
        database,
        f"INSERT INTO events {NAMES} {copied()}{where} ON CONFLICT (id) DO UPDATE SET body = ''",
        i=middle,
    )


def test_it_refuses_an_insert_that_is_not_the_next_link(database):
    _, _, events = short_trail(database)
    last, seq = events[-1][0], events[-1][1]
    insert = f"INSERT INTO events {NAMES} "
    for wrong in (
        {"seq": "seq"},
        {"seq": "seq - 1"},
        {"seq": "seq + 2", "prev": "hash"},
        {"seq": "seq + 1"},
        {"seq": "seq + 1", "prev": "'0'"},
        {"seq": "0"},
        {"seq": "-1"},
    ):
        refusing(database, insert + copied(id="id + 1000", **wrong), i=last)
    attack(database, insert + copied(id="id + 1000", seq="seq + 1", prev="hash"), i=last)
    assert ask(database, "SELECT MAX(seq) FROM events WHERE id > 1000") == [(seq + 1,)]


def test_it_refuses_to_move_a_case_that_no_event_tells_of(database):
    """Not by state, number of events or head; what the worklist reads may change by itself."""
    _, number, events = short_trail(database)
    case = f"WHERE number = '{number}'"
    last, seq = events[-1][:2]
    for change in (
        "state = 'approved'",
        "version = version + 1",
        "version = version - 1",
        f"head = '{events[-2][3]}'",
        "state = 'rejected', version = version + 1",
    ):
        with pytest.raises(sa.exc.DBAPIError, match="no event tells of this change"):
            attack(database, f"UPDATE cases SET {change} {case}")
    attack(database, f"UPDATE cases SET blockers = 9, state = state {case}")
    moved = f"UPDATE cases SET state = '{{}}', version = {seq + 1}, head = '{'f' * 64}' {case}"
    told = COPY.format(id="id + 1000", seq="seq + 1", prev="hash", hash=f"'{'f' * 64}'")
    attack(database, f"INSERT INTO events {NAMES} {told}", i=last)
    with pytest.raises(sa.exc.DBAPIError, match="no event tells of this change"):
        attack(database, moved.format("approved"))
    attack(database, moved.format("submitted"))
    assert ask(database, f"SELECT version, state, blockers FROM cases {case}") == [
        (seq + 1, "submitted", 9)
    ]


def test_it_is_the_triggers_that_refuse(database):
    _, _, events = short_trail(database)
    with unguarded(database):
        attack(database, "DELETE FROM events WHERE id = :i", i=events[2][0])
    assert len(ask(database, EVERYTHING)) > 10


TREE = {
    "leaves": "idx, event_id, hash",
    "tree_nodes": "level, idx, hash",
    "checkpoints": "id, size, root, at, previous, hash, key, note",
    "removals": "kind, what, company_id, day, seq",
}
ROWS = {
    "leaves": ["0, 1, 'a'", "1, 2, 'b'"],
    "tree_nodes": ["8, 0, 'a'", "8, 1, 'b'"],
    "checkpoints": ["1, 4, 'r', 't', '', 'h1', 'k', 'n'", "2, 4, 'r', 't', 'h1', 'h2', 'k', 'n'"],
    "removals": ["'file', 'a', NULL, '2026-07-01', 1", "'file', 'b', NULL, '2026-07-01', 1"],
}
#: What is not the next leaf or checkpoint, or is there already.
WRONG = {
    "leaves": ["1, 3, 'c'", "3, 3, 'c'", "2, 1, 'c'", "-1, 9, 'c'"],
    "tree_nodes": ["8, 0, 'c'"],
    "checkpoints": [
        "2, 5, 'r', 't', 'h1', 'h3', 'k', 'n'",
        "4, 5, 'r', 't', 'h2', 'h3', 'k', 'n'",
        "3, 3, 'r', 't', 'h2', 'h3', 'k', 'n'",
        "3, 5, 'r', 't', 'h1', 'h3', 'k', 'n'",
    ],
    "removals": ["'file', 'a', NULL, '2026-08-01', 2"],
}


def test_it_holds_leaves_checkpoints_and_removals_as_it_holds_events(database):
    inserts = ["INSERT"] + ["INSERT OR REPLACE"] * (database.dialect == "sqlite")
    for table, columns in TREE.items():
        into = f"INTO {table} ({columns}) VALUES"
        attack(database, *(f"INSERT {into} ({row})" for row in ROWS[table]))
        everything = f"SELECT * FROM {table}"
        before = ask(database, everything)
        first = columns.partition(",")[0]
        refused = [
            f"UPDATE {table} SET {first} = {first}",
            f"DELETE FROM {table}",
            *(f"{word} {into} ({row})" for row in WRONG[table] for word in inserts),
        ]
        upsert = f"ON CONFLICT ({keys(columns)}) DO UPDATE SET {first} = {table}.{first}"
        refused.append(f"INSERT {into} ({ROWS[table][0]}) {upsert}")
        if database.dialect == "postgresql":
            refused.append(f"TRUNCATE {table}")
        for statement in refused:
            with pytest.raises(sa.exc.DBAPIError):
                attack(database, statement)
        assert ask(database, everything) == before
        with unguarded(database, table):
            attack(database, f"DELETE FROM {table}")
        assert ask(database, everything) == []


def keys(columns):
    names = columns.split(", ")
    return ", ".join(names[:2] if names[0] in {"level", "kind"} else names[:1])
