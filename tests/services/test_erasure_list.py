"""A backup brings erased values back; the list beside the checkpoints takes them away again."""

from __future__ import annotations

from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.storage.trail_rows import ask, attack, unguarded
from tests.support.cast import gather, moment
from workflow.services import checkpoints, erasure_list, retention, sequencing, trail
from workflow.services.checkpoints import Signing
from workflow.services.erasure_list import Again

KEY = Ed25519PrivateKey.generate()
LATER, AFTER = date(2027, 3, 18), date(2027, 3, 19)
HERE = (
    "SELECT commitment, value, salt FROM personal_values"
    " WHERE company_id = :c AND value IS NOT NULL"
)


@pytest.fixture
def erased(database, tmp_path):
    """Sealed, erased by two persons, sealed again, and the backup of the day before restored."""
    cast, published = gather(database), tmp_path / "checkpoints.txt"
    cast.do(cast.open_case(), "withdraw", given={"reason": "企业改变计划"})
    seal(database, moment(), published)
    backup, last = ask(database, HERE, c=cast.company), newest(database)
    with database.transaction() as tx:
        asked = retention.ask(
            tx, cast.company, "legal_representative", "本人要求", actor=cast["zhao"],
            moment=moment(LATER),
        )  # fmt: skip
    with database.transaction() as tx:
        gone = retention.decide(tx, asked, approve=True, actor=cast["admin"], moment=moment(LATER))
    seal(database, moment(LATER), published)
    erasure_list.publish(database, tmp_path / "forged.jsonl", Ed25519PrivateKey.generate())
    restore(database, backup, last)
    return cast, gone, erasure_list.beside(published)


def seal(database, at, published):
    sequencing.catch_up(database, whole=True)
    checkpoints.seal(database, Signing(KEY), at, published=published)


def newest(database):
    return ask(database, "SELECT MAX(id) FROM events")[0][0]


def restore(database, backup, last):
    for table, gone in (
        ("removals", "1 = 1"), ("leaves", f"event_id > {last}"), ("checkpoints", "id > 1"),
        ("events", f"id > {last}"),
    ):  # fmt: skip
        with unguarded(database, table):
            attack(database, f"DELETE FROM {table} WHERE {gone}")  # noqa: S608
    attack(
        database,
        "UPDATE heads SET version = (SELECT COALESCE(MAX(seq), 0) FROM events e WHERE"
        " e.chain = heads.chain AND e.subject_id = heads.subject_id), head = COALESCE((SELECT hash"
        " FROM events e WHERE e.chain = heads.chain AND e.subject_id = heads.subject_id"
        " ORDER BY seq DESC LIMIT 1), '')",
    )
    put_back(database, backup)


def put_back(database, backup):
    for commitment, value, salt in backup:
        attack(
            database, "UPDATE personal_values SET value = :v, salt = :s WHERE commitment = :c",
            v=value, s=salt, c=commitment,
        )  # fmt: skip


def again(database, path):
    return erasure_list.reapply(database, path, moment(AFTER))


def test_it_erases_again_what_a_backup_brought_back_and_says_so(database, erased):
    cast, gone, path = erased
    brought_back = ask(database, HERE, c=cast.company)
    assert "示例" not in path.read_text("utf-8")
    assert again(database, path) == Again(erased=gone)
    assert again(database, path) == Again()
    assert len(ask(database, HERE, c=cast.company)) == len(brought_back) - gone
    with database.reading() as session:
        found = trail.verify(session)
    assert found.place == ""
    [(body,)] = ask(database, "SELECT body FROM events WHERE action = 'erase'")
    for told in (f'"requester":"{cast["zhao"].id}"', f'"approver":"{cast["admin"].id}"', '"again"'):
        assert told in body
    put_back(database, brought_back)  # the table of values alone, without its tombstones
    assert again(database, path) == Again(erased=gone)


def test_it_erases_nothing_under_a_hold_and_nothing_that_a_stranger_signed(database, erased):
    cast, gone, path = erased
    genuine = path.read_bytes()
    with database.transaction() as tx:
        held = retention.hold(
            tx, cast.company, "", "诉讼", actor=cast["zhao"], moment=moment(LATER)
        )
    assert again(database, path) == Again(held=gone)
    with database.transaction() as tx:
        retention.release(tx, held, "结案", actor=cast["zhao"], moment=moment(LATER))
    strange = path.with_name("forged.jsonl").read_bytes()
    for forged in (genuine.replace(b'"approver":"', b'"approver":"9'), strange):
        path.write_bytes(forged)
        assert again(database, path) == Again(unknown=1)
    path.write_bytes(genuine[:40] + b"\n" + genuine)  # a crash left a piece of a line
    assert again(database, path) == Again(erased=gone)
    assert erasure_list.publish(database, path, KEY) == 1
    assert erasure_list.publish(database, path, KEY) == 0
