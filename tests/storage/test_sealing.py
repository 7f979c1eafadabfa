"""The one tree over all events and its signed checkpoints."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.storage.trail_rows import ask, attack, short_trail, unguarded
from tests.support.cast import TODAY, moment
from workflow.domain.audit import seal
from workflow.domain.checkpoint import parse, public_bytes, sign
from workflow.domain.tree import (
    consistency,
    frontier_of,
    inclusion,
    is_consistent,
    is_included,
    leaf_hash,
    root_of,
)
from workflow.services import (
    chain_walk,
    checkpoints,
    publishing,
    sequencing,
    trail,
    verifying,
)
from workflow.services.advance import record_about
from workflow.services.checkpoints import Signing, Unsealable
from workflow.storage import tree, triggers
from workflow.storage.tree import LeafMissing

KEY = Ed25519PrivateKey.generate()
NOON = moment(TODAY, 12)


ONE = (
    "INSERT INTO events (chain, subject_id, seq, at, actor, role, action, prev, hash, body)"
    " VALUES ({}, 1, 1, 't', 's', 'admin', 'hold', 'g', 'h', '{{}}')"
)


def later(**by):
    return replace(NOON, at=NOON.at + timedelta(**by))


def sealed(database, at=NOON, **more):
    sequencing.catch_up(database)
    return checkpoints.seal(database, more.pop("signing", Signing(KEY)), at, **more)


def test_it_gives_every_event_one_leaf_and_signs_the_root(database):
    cast, _, _ = short_trail(database)
    first = sealed(database)
    cast.open_case()
    second = sealed(database, later(minutes=2))
    events = ask(database, "SELECT id, body, hash FROM events ORDER BY id")
    leaves = [leaf_hash(body.encode(), hash_) for _, body, hash_ in events]
    assert ask(database, "SELECT idx, event_id FROM leaves ORDER BY idx") == [
        (i, event[0]) for i, event in enumerate(events)
    ]
    assert (second.size, second.root) == (len(events), root_of(leaves).hex())
    note = parse(second.note)
    assert note.signed_by(note.checkpoint.origin, public_bytes(KEY))
    assert note.checkpoint.previous == first.hash == parse(first.note).checkpoint.digest
    with database.reading() as session:
        nodes, root = tree.subtrees(session), bytes.fromhex(second.root)
        proof = consistency(first.size, second.size, nodes)
        assert is_consistent(first.size, second.size, bytes.fromhex(first.root), root, proof)
        for i, leaf in enumerate(leaves):
            assert is_included(leaf, i, second.size, inclusion(i, second.size, nodes), root)
        assert sequencing.lag(session, NOON) == sequencing.Lag(0, 0.0)


def test_it_reads_the_tree_from_stored_subtrees(sqlite_database):
    cast, _, _ = short_trail(sqlite_database)
    grow(sqlite_database, 700)
    sequencing.catch_up(sqlite_database)
    leaves = [bytes.fromhex(h) for (h,) in ask(sqlite_database, "SELECT hash FROM leaves")]
    assert ask(sqlite_database, "SELECT level, idx FROM tree_nodes") == [(8, 0), (8, 1)]
    with sqlite_database.reading() as session:
        for size in (1, 255, 256, 257, 511, 512, len(leaves)):
            assert tree_root(session, size) == root_of(leaves[:size])
    assert cast


def tree_root(session, size):
    return frontier_of(size, tree.subtrees(session)).root


def grow(database, count):
    """Events of the office, made in bulk."""
    with database.engine.begin() as connection:
        for seq in range(1, count + 1):
            connection.exec_driver_sql(
                "INSERT INTO events (chain, subject_id, seq, at, actor, role, action, prev, hash,"
                " body) VALUES ('office', 1, ?, 't', 's', 'admin', 'hold', ?, ?, '{}')",
                (seq, f"{seq - 1:064}", f"{seq:064}"),
            )


def test_it_takes_an_event_that_was_committed_late(postgres_database):
    """A smaller id that becomes visible after a larger one has its leaf already."""
    short_trail(postgres_database)
    late = postgres_database.engine.connect()
    try:
        late.exec_driver_sql(ONE.format("'office'"))
        attack(postgres_database, ONE.format("'account'"))
        before = sealed(postgres_database).size
        late.commit()
    finally:
        late.close()
    assert sequencing.catch_up(postgres_database) == 1
    last = ask(
        postgres_database,
        "SELECT l.idx, e.chain FROM leaves l JOIN events e ON e.id = l.event_id"
        " ORDER BY l.idx DESC LIMIT 1",
    )
    assert last == [(before, "office")]
    assert sealed(postgres_database, later(minutes=2)).size == before + 1


def test_it_takes_no_event_twice_when_several_sit_down_at_once(database):
    short_trail(database)
    rivals = [threading.Thread(target=sequencing.catch_up, args=(database,)) for _ in range(4)]
    for rival in rivals:
        rival.start()
    for rival in rivals:
        rival.join()
    events = ask(database, "SELECT count(*) FROM events")[0][0]
    assert ask(database, "SELECT count(*), MAX(idx) + 1 FROM leaves") == [(events, events)]


def test_it_goes_on_after_a_crash_between_leaf_and_commit(database, monkeypatch):
    short_trail(database)

    def crash(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(tree, "run_many", crash)
        with pytest.raises(KeyboardInterrupt):
            sequencing.catch_up(database)
    assert ask(database, "SELECT count(*) FROM leaves") == [(0,)]
    assert sequencing.catch_up(database) > 0


def test_it_seals_every_minute_when_something_changed_and_else_once_a_day(database):
    cast, _, _ = short_trail(database)

    def due(at):
        with database.reading() as session:
            return checkpoints.is_due(session, at)

    assert not due(NOON)
    sealed(database)
    assert not due(later(minutes=5))
    assert due(later(days=1))
    cast.open_case()
    sequencing.catch_up(database)
    assert (due(later(seconds=59)), due(later(seconds=60))) == (False, True)


def test_it_appends_each_checkpoint_to_the_file_outside(database, tmp_path):
    file = tmp_path / "checkpoints.txt"
    cast, _, _ = short_trail(database)
    sealed(database)
    told = [sealed(database, later(minutes=1), published=file)]
    cast.open_case()
    told.append(sealed(database, later(minutes=2), published=file))
    assert [n.checkpoint.digest for n in publishing.notes(file)][1:] == [k.hash for k in told]
    with file.open("ab") as cut:  # as after a power cut
        cut.write(told[0].note[:90].encode())
    told.append(sealed(database, later(minutes=3), published=file))
    assert [n.checkpoint.digest for n in publishing.notes(file)][1:] == [k.hash for k in told]


def test_it_does_not_sign_over_a_changed_tree(database):
    short_trail(database)
    sealed(database)
    with unguarded(database, "leaves"):
        attack(database, "UPDATE leaves SET hash = :h WHERE idx = 2", h="0" * 64)
        refused(database, "checkpoint 1 sealed")
        attack(database, "DELETE FROM leaves WHERE idx = 2")
        with pytest.raises(LeafMissing):
            sealed(database, later(hours=1))


def test_it_names_a_clock_set_back_and_a_key_that_is_another(database):
    short_trail(database)
    sealed(database)
    refused(database, "the clock is behind checkpoint 1", at=later(seconds=-1))
    refused(database, "not the key that signed", signing=Signing(Ed25519PrivateKey.generate()))
    assert ask(database, "SELECT count(*) FROM checkpoints") == [(1,)]


def test_it_names_an_old_database_and_a_second_history(database, tmp_path):
    file = tmp_path / "checkpoints.txt"
    cast, _, _ = short_trail(database)
    sealed(database, published=file)
    yesterday = ask(database, "SELECT MAX(id) FROM events")[0][0]
    cast.open_case()
    sealed(database, later(hours=20), published=file)
    restore(database, yesterday)
    refused(database, "an old backup may have been restored", published=file)
    sealed(database, later(hours=30))
    refused(database, "two histories", at=later(hours=31), published=file)


def restore(database, last):
    """As it was when `last` was the newest event."""
    for table, gone in (
        ("leaves", f"event_id > {last}"), ("checkpoints", "id > 1"),
    ):  # fmt: skip
        with unguarded(database, table):
            attack(database, f"DELETE FROM {table} WHERE {gone}")  # noqa: S608
    with unguarded(database):
        attack(database, f"DELETE FROM events WHERE id > {last}")  # noqa: S608


def refused(database, why, at=None, **more):
    with pytest.raises(Unsealable, match=why):
        sealed(database, at or later(hours=21), **more)


def verdict(database, *files):
    with database.reading() as session:
        found = trail.verify(session, published=files)
    return found.place, found.why


def test_it_counts_what_is_not_yet_sealed(database):
    cast, _, _ = short_trail(database)
    sealed(database)
    with database.reading() as session:
        before = trail.verify(session)
        cast.open_case()
        after = trail.verify(session)
    with database.reading() as session:
        after = trail.verify(session)
        lag = sequencing.lag(session, later(days=1))
    assert (lag.events, lag.unsealed, lag.seconds > 3600) == (1, 1, True)
    assert (before.place, before.unsealed, before.sealed) == ("", 0, before.events)
    assert (after.place, after.unsealed, after.sealed) == ("", 1, before.events)


#: What is done behind the chains' back, on what table, and what is then found.
BEHIND = {
    "a rewritten chain": ("events", [
        "UPDATE events SET body = '{}', hash = :forged WHERE id = :last",
        "UPDATE cases SET head = :forged WHERE id = :case",
    ], "case:{number}:{seq}", "rewritten"),
    "a whole case": ("events", [
        "DELETE FROM correction_points", "DELETE FROM material_versions", "DELETE FROM outbox",
        "DELETE FROM messages", "DELETE FROM events WHERE case_id = :case",
        "DELETE FROM waivers", "DELETE FROM cases WHERE id = :case",
    ], "leaf:", "removed"),
    "a leaf": ("leaves", ["DELETE FROM leaves WHERE idx = 3"], "leaf:3", "hole"),
    "another leaf": ("leaves", ["UPDATE leaves SET hash = :forged, event_id = 0 WHERE idx = 3"],
                     "checkpoint:1", "root"),
    "the last leaves": ("leaves", ["DELETE FROM leaves WHERE idx > 3"], "leaf:4", "truncated"),
    "a checkpoint's root": ("checkpoints", ["UPDATE checkpoints SET root = :forged"],
                            "checkpoint:1", "altered"),
    "a checkpoint's note": ("checkpoints", [
        "UPDATE checkpoints SET note = replace(note, 'license-desk', 'licence-desk')"
    ], "checkpoint:1", "altered"),
    "a checkpoint's key": ("checkpoints", ["UPDATE checkpoints SET key = :forged"],
                           "checkpoint:1", "signature"),
}  # fmt: skip


@pytest.mark.parametrize("name", BEHIND)
def test_it_names_what_was_done_behind_the_chains(database, name):
    table, statements, place, why = BEHIND[name]
    _, number, events = short_trail(database)
    sealed(database)
    forged = seal(events[-2][3], "{}")
    case = ask(database, "SELECT id FROM cases WHERE number = :n", n=number)[0][0]
    with unguarded(database, table, "cases"):
        attack(database, *statements, forged=forged, last=events[-1][0], case=case)
        found = verdict(database)
    assert found[1] == why
    assert found[0].startswith(place.format(number=number, seq=len(events)))


def test_it_tells_an_old_database_from_another_history(database, tmp_path):
    file = tmp_path / "checkpoints.txt"
    cast, _, _ = short_trail(database)
    sealed(database, published=file)
    yesterday = ask(database, "SELECT MAX(id) FROM events")[0][0]
    number = cast.open_case()
    newest = sealed(database, later(hours=20), published=file)
    assert verdict(database, file) == ("", "")
    restore(database, yesterday)
    with unguarded(database):
        attack(database, "DELETE FROM cases WHERE number = :n", n=number)
    assert verdict(database) == ("", "")  # by itself an old backup is a whole trail
    assert verdict(database, file) == (f"published:{newest.at}", "older")
    cast.open_case(coverage=("11",), day=TODAY)
    sealed(database, later(hours=30))
    assert verdict(database, file) == (f"published:{newest.at}", "forked")


def test_it_tells_a_strange_and_a_forged_checkpoint(sqlite_database, tmp_path):
    short_trail(sqlite_database)
    kept = sealed(sqlite_database)
    told = parse(kept.note).checkpoint
    forged = sign(told, told.origin, Ed25519PrivateKey.generate())
    strange = sign(replace(told, origin="elsewhere"), "elsewhere", KEY)
    for note, why in ((forged, "signature"), (strange, "origin")):
        (file := tmp_path / why).write_text(note.text, encoding="utf-8")
        assert verdict(sqlite_database, file) == (f"published:{kept.at}", why)


def test_it_reports_a_trigger_that_is_missing_off_or_changed(database):
    short_trail(database)
    sealed(database)
    for table in ("events", "leaves", "tree_nodes", "checkpoints", "removals", "cases"):
        with unguarded(database, table):
            place, why = verdict(database)
            assert (place.startswith(f"trigger:{table}"), why) == (True, "unguarded")
    assert verdict(database) == ("", "")
    if database.dialect == "postgresql":
        told = "CREATE OR REPLACE TRIGGER cases_told AFTER UPDATE {} ON cases FOR EACH ROW {}"
        for narrowed in (("", "WHEN (false)"), ("OF number", "")):
            attack(database, f"{told.format(*narrowed)} EXECUTE FUNCTION require_told_case()")
            assert verdict(database) == ("trigger:cases_told", "unguarded")
        attack(database, f"{told.format('', '')} EXECUTE FUNCTION require_told_case()")
        attack(database, "CREATE OR REPLACE FUNCTION refuse_trail_change() RETURNS trigger"
               " LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'")  # fmt: skip
        assert verdict(database) == ("trigger:refuse_trail_change", "unguarded")
        attack(database, "CREATE RULE swallow AS ON INSERT TO events DO INSTEAD NOTHING")
        changed, gone = ["refuse_trail_change", "swallow"], "DROP RULE swallow ON events"
    else:
        weak = "CREATE TRIGGER events_no_update BEFORE UPDATE ON events BEGIN SELECT 1; END"
        attack(database, "DROP TRIGGER events_no_update", weak)
        assert verdict(database) == ("trigger:events_no_update", "unguarded")
        attack(database, "CREATE TRIGGER swallow BEFORE INSERT ON events"
               " BEGIN SELECT RAISE(IGNORE); END")  # fmt: skip
        changed, gone = ["events_no_update", "swallow"], "DROP TRIGGER swallow"
    with database.transaction() as tx:
        assert list(dict.fromkeys(triggers.restore(tx))) == changed
        assert list(triggers.faults(tx)) == ["swallow"]
    attack(database, gone)
    assert verdict(database) == ("", "")


def test_it_knows_whole_guards_at_a_glance(database, monkeypatch):
    """A start that finds all well need not load the migrations that made it so."""
    monkeypatch.setattr(triggers, "_made", None)
    with database.reading() as session:
        assert triggers.first_fault(session) == ""


def test_it_goes_on_with_a_verification_that_was_interrupted(database, monkeypatch):
    short_trail(database)
    sealed(database)
    monkeypatch.setattr(chain_walk, "PAGE", 4)
    with database.reading() as session:
        whole = trail.verify(session)
        cursors = [step.cursor for step in verifying.walk(session)]
        for cursor in cursors:
            steps = verifying.walk(session, cursor=cursor)
            assert collected(steps) == whole
    assert len(cursors) > whole.events // 4


def collected(steps):
    while True:
        try:
            next(steps)
        except StopIteration as ended:
            return ended.value


def test_it_notices_a_clock_that_was_set_back(database):
    cast, _, _ = short_trail(database)
    for hour in (9, 8):
        with database.transaction() as tx:
            record_about(tx, "account", 5, "sign_in", actor=cast["wang"],
                         moment=moment(TODAY, hour), change=list)  # fmt: skip
    with database.reading() as session:
        found = trail.verify(session)
    assert (found.intact, found.notices) == (True, (("clock_back", "account:5:2"),))
