"""How long what is kept: holds, erasure by two persons, files after their term."""

from __future__ import annotations

import io
import json
from datetime import date

import pytest

from tests.storage.trail_rows import ask, attack
from tests.support.cast import TODAY, gather, moment
from workflow.domain.errors import BadInput, NotFound, RoleMissing
from workflow.jobs import schedule, tasks
from workflow.jobs.equipment import Equipment, equip
from workflow.services import (
    account_acts,
    keeping_view,
    license_marks,
    notes,
    paperwork,
    replaying,
    retention,
    trail,
)
from workflow.services.advance import record_about
from workflow.services.files import shelf_at
from workflow.services.retention import Kept
from workflow.services.sealing import Request
from workflow.storage.blanking import GONE
from workflow.storage.database import Database
from workflow.storage.paperwork import FileOnDisk

LATER, MUCH_LATER = date(2027, 3, 18), date(2037, 3, 18)
STILL = "SELECT count(*) FROM personal_values WHERE company_id = :c AND value IS NOT NULL"


def withdrawn(cast):
    number = cast.open_case()
    cast.do(number, "withdraw", given={"reason": "企业改变计划"})
    return number


def asked(database: Database, cast, day=LATER, field="legal_representative"):
    with database.transaction() as tx:
        return retention.ask(
            tx, cast.company, field, "示例：本人要求", actor=cast["zhao"], moment=moment(day)
        )


def decided(database, cast, request, by="admin", *, approve=True):
    with database.transaction() as tx:
        return retention.decide(tx, request, approve=approve, actor=cast[by], moment=moment(LATER))


def verdict(database):
    with database.reading() as session:
        found = trail.verify(session)
    return found.place, found.why


def test_it_erases_what_two_persons_agree_on_and_every_chain_stays_valid(database):
    cast = gather(database)
    before = ask(database, STILL, c=cast.company)[0][0]
    request = asked(database, cast)
    with pytest.raises(BadInput):
        decided(database, cast, request, by="zhao")
    gone = decided(database, cast, request)
    assert gone > 0
    with database.reading() as session:
        found = trail.verify(session)
    seq = ask(database, "SELECT seq FROM events WHERE action = 'erase'")[0][0]
    told = f"office:{seq}, {LATER}, {cast['admin'].id}, {gone}"
    assert (found.place, found.notices) == ("", (("erased", told),))
    body = json.loads(ask(database, "SELECT body FROM events WHERE action = 'erase'")[0][0])
    assert (body["actor"], body["company_id"]) == (cast["admin"].id, cast.company)
    assert body["given"]["requester"] == cast["zhao"].id
    assert len(body["given"]["commitments"]) == gone
    assert "本人要求" not in json.dumps(body, ensure_ascii=False)
    left = ask(database, "SELECT value, salt FROM personal_values WHERE commitment = :c",
               c=body["given"]["commitments"][0])  # fmt: skip
    assert left == [(None, None)]
    assert before >= gone
    with pytest.raises(NotFound):
        decided(database, cast, request)


def test_it_empties_what_the_register_says_of_it_and_the_replay_still_agrees(database):
    """What a handler wrote about a license is sealed as a promise too, and goes with the rest."""
    cast = gather(database)
    cast.approved()
    (license_id,) = ask(database, "SELECT id FROM licenses")[0]
    told = {"actor": cast["wang"], "moment": moment()}
    with database.transaction() as tx:
        license_marks.will_not_renew(tx, license_id, "王某退休", **told)
        license_marks.note_late_filing(tx, license_id, "电话答复王某", TODAY, **told)
    bodies = "".join(body for (body,) in ask(database, "SELECT body FROM events"))
    assert not [word for word in ("王某", "王芳") if word in bodies]
    facts = "SELECT facts FROM licenses UNION ALL SELECT facts FROM companies WHERE id = :c"
    assert "王某退休" in str(ask(database, facts, c=cast.company))
    with database.reading() as session:
        assert replaying.replay(session).found == []
    attack(database, "UPDATE cases SET updated_at = '2026-03-18T01:00:00.000000Z'")
    assert decided(database, cast, asked(database, cast, field="")) > 0
    left = str(ask(database, facts, c=cast.company))
    assert not [word for word in ("王某", "王芳", '"legal_representative": "周') if word in left]
    with database.reading() as session:
        assert (replaying.replay(session).found, trail.verify(session).place) == ([], "")


def test_it_takes_every_text_that_names_the_person_and_no_other(database):
    """Who is erased may stand in a point, an answer, a note, a review, a file name, a search."""
    cast = gather(database)
    number = cast.in_correction("周示例的身份证过期")
    told = {"actor": cast["wang"], "moment": moment()}
    with database.transaction() as tx:
        paperwork.answer(tx, number, [1], text="已换周示例的新证", **told)
        notes.write(tx, number, "已电话联系周示例", **told)
        notes.write(tx, number, "下周一送件", **told)
        file = FileOnDisk("ab" * 32, "周示例身份证.pdf", "application/pdf", 9)
        paperwork.provide(tx, number, "M-IDLR", file=file, **told)
        account_acts.exported(
            tx, cast["wang"], moment(), Request(), what="worklist", lines=1, asked="q=周示例"
        )
    cast.do(number, "withdraw", given={"reason": "周示例决定不办"})
    attack(database, "UPDATE cases SET updated_at = '2026-03-18T01:00:00.000000Z'")
    assert "周示例" in written(database)
    decided(database, cast, asked(database, cast))
    left = written(database)
    assert "周示例" not in left
    assert (left.count(GONE), left.count(f"{GONE}.pdf")) == (4, 1)
    assert "下周一送件" in left
    with database.reading() as session:
        assert (trail.verify(session).place, replaying.replay(session).found) == ("", [])


def test_it_says_how_many_sealed_events_keep_a_name_in_clear(database):
    """As events of the first formats do: nobody can change them."""
    cast = gather(database)
    with database.transaction() as tx:
        record_about(
            tx, "company", cast.company, "set_facts", actor=cast["wang"], moment=moment(),
            change=lambda: [{"field": "city", "old": None, "new": "周示例大厦"}],
        )  # fmt: skip
    decided(database, cast, asked(database, cast))
    body = json.loads(ask(database, "SELECT body FROM events WHERE action = 'erase'")[0][0])
    assert body["given"]["in_clear"] == 1
    with database.reading() as session:
        (gone,) = keeping_view.of(session, cast["zhao"], moment(LATER)).gone
    assert gone.in_clear == 1


def written(database):
    """Everything anybody wrote about cases, and what the trail keeps beside it."""
    columns = (
        ("correction_points", "text"), ("correction_points", "answer"), ("case_notes", "text"),
        ("item_reviews", "reason"), ("waivers", "reason"), ("material_versions", "file_name"),
        ("personal_values", "value"), ("companies", "facts"), ("cases", "facts"),
    )  # fmt: skip
    return "\n".join(
        str(text) for table, column in columns
        for (text,) in ask(database, f"SELECT {column} FROM {table}")  # noqa: S608 - our names
    )  # fmt: skip


def test_it_names_a_value_that_went_without_an_erasure_or_was_exchanged(database):
    cast = gather(database)
    attack(
        database, "UPDATE personal_values SET value = '李某' WHERE company_id = :c", c=cast.company
    )
    assert verdict(database)[1] == "unopened"
    attack(
        database, "UPDATE personal_values SET value = NULL WHERE company_id = :c", c=cast.company
    )
    assert verdict(database)[1] == "unbacked"


def test_it_keeps_what_is_held_open_or_within_its_term(database):
    cast = gather(database)
    number = cast.open_case()
    with pytest.raises(Kept, match="still open"):
        asked(database, cast)
    cast.do(number, "withdraw", given={"reason": "企业改变计划"})
    with pytest.raises(Kept, match="must be kept until"):
        asked(database, cast, day=TODAY)
    by = {"actor": cast["zhao"], "moment": moment(LATER)}
    with database.transaction() as tx:
        held = retention.hold(tx, cast.company, number, "示例：诉讼", **by)
    with pytest.raises(Kept, match=f"hold {held} stands"):
        asked(database, cast)
    with database.transaction() as tx:
        retention.release(tx, held, "示例：结案", **by)
    request = asked(database, cast)
    assert decided(database, cast, request, approve=False) == 0
    assert verdict(database) == ("", "")


def test_it_refuses_those_who_may_not_and_what_is_not_there(database):
    cast = gather(database)
    with database.transaction() as tx:
        with pytest.raises(RoleMissing):
            retention.hold(tx, cast.company, "", "示例", actor=cast["wang"], moment=moment())
        by = {"actor": cast["zhao"], "moment": moment()}
        for wrong, error in ((("", " "), BadInput), (("AP-2026-09999", "示例"), NotFound)):
            with pytest.raises(error):
                retention.hold(tx, cast.company, *wrong, **by)
        with pytest.raises(NotFound):
            retention.release(tx, 99, "示例", **by)


def with_a_file(database, cast, shelf):
    """A case that ended with a file; the hash of the file."""
    case = ask(database, "SELECT id FROM cases WHERE number = :n", n=withdrawn(cast))[0][0]
    with shelf.receive(io.BytesIO(b"%PDF-1.7 sample"), 1000) as incoming:
        shelf.keep(incoming)
    attack(
        database,
        "INSERT INTO material_versions (company_id, case_id, code, version, seq, file_hash,"
        " file_name, media_type, size, provided_by, provided_on)"
        " VALUES (:co, :case, 'M-X', 1, 1, :hash, 'a.pdf', 'application/pdf', 15, '1',"
        " '2026-03-18')",
        co=cast.company, case=case, hash=incoming.hash,
    )  # fmt: skip
    return incoming.hash


def test_it_removes_files_after_their_term_and_leaves_a_tombstone(database, tmp_path):
    cast, shelf = gather(database), shelf_at((tmp_path / "files").as_uri())
    kept = with_a_file(database, cast, shelf)
    by = {"actor": cast["zhao"], "moment": moment(MUCH_LATER)}
    assert retention.remove_files(database, shelf, moment(LATER)) == 0
    with database.transaction() as tx:
        held = retention.hold(tx, cast.company, "", "示例", **by)
    assert retention.remove_files(database, shelf, moment(MUCH_LATER)) == 0
    shelf.open(kept).close()
    with database.transaction() as tx:
        retention.release(tx, held, "示例", **by)
    assert retention.remove_files(database, shelf, moment(MUCH_LATER)) == 1
    assert retention.remove_files(database, shelf, moment(MUCH_LATER)) == 0
    with pytest.raises(FileNotFoundError):
        shelf.open(kept)
    told = ask(database, "SELECT body FROM events WHERE action = 'remove_files'")
    assert [json.loads(body)["given"]["files"] for (body,) in told] == [[kept]]
    assert ask(database, "SELECT file_hash FROM material_versions WHERE code = 'M-X'") == [(kept,)]
    assert verdict(database) == ("", "")


def test_it_goes_by_night_and_twice_does_no_more(database, tmp_path):
    cast, shelf = gather(database), (tmp_path / "files").as_uri()
    kept = with_a_file(database, cast, shelf_at(shelf))
    published = tmp_path / "checkpoints.txt"
    clock = lambda: moment(MUCH_LATER).at  # noqa: E731 - one line is enough
    desk = Equipment(database, "Asia/Shanghai", clock, files_url=shelf, published=published)
    equip(desk)
    try:
        for _ in range(2):
            tasks.keep_terms()
    finally:
        equip(None)
    assert ask(database, "SELECT kind, what FROM removals") == [("file", kept)]
    assert ask(database, "SELECT count(*) FROM events WHERE action = 'remove_files'") == [(1,)]
    assert schedule.ENTRIES[schedule.KEEP] == "45 1 * * *"
