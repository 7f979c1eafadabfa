"""`license-desk audit verify`: 0 intact, 1 broken with the place, 2 could not run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.storage.trail_rows import ask, attack, short_trail, unguarded
from tests.support.cast import moment
from tests.support.desk_process import free_port
from workflow.domain.acting import SYSTEM
from workflow.domain.checkpoint import public_bytes
from workflow.sealing_key import sealing_key
from workflow.services import account_acts, publishing
from workflow.storage.database import open_database


@pytest.fixture
def told(migrated_desk, sqlite_url):
    database = open_database(sqlite_url)
    _, number, events = short_trail(database)
    yield migrated_desk, database, number, events
    database.close()


@pytest.fixture
def told_on_each(desk, database_url, database):
    """The same on each database in turn."""
    desk.set("DATABASE_URL", database_url)
    desk.set("SECRET_KEY", "示例密钥" * 10)
    short_trail(database)
    return desk, database


def test_it_says_intact(told):
    desk, *_ = told
    done = desk.run("audit", "verify")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("intact: 4 chains, ")


def test_it_names_the_first_broken_place(told):
    desk, database, number, events = told
    with unguarded(database):
        attack(database, "UPDATE events SET body = body || ' ' WHERE id = :i", i=events[4][0])
        attack(database, "UPDATE events SET body = body || ' ' WHERE id = :i", i=events[2][0])
    done = desk.run("audit", "verify")
    assert done.code == 1
    assert done.out.startswith(f"broken at case:{number}:3: altered")


def test_it_refuses_what_is_empty_instead_of_taking_it_for_something_else(told, tmp_path):
    """A file without a checkpoint compares with nothing; a loss without a reason says nothing."""
    desk, *_ = told
    empty = tmp_path / "kept.txt"
    empty.write_text("\n\n", "utf-8")
    for arguments in (
        ("verify", "--checkpoint", empty),
        ("seal", "--key-lost", ""),
        ("seal", "--after-restore", " "),
    ):
        done = desk.run("audit", *arguments)
        assert (done.code, done.out, done.err.count("\n")) == (2, "", 1), arguments


def test_it_says_intact_of_nothing(migrated_desk):
    done = migrated_desk.run("audit", "verify")
    assert (done.code, done.out) == (0, "intact: 0 chains, 0 events, not yet sealed: 0\n")


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:////nowhere/at/all/desk.db",
        "postgresql+psycopg://nobody@localhost:1/nothing",
    ],
)
def test_it_says_when_it_could_not_run(migrated_desk, url):
    migrated_desk.set("DATABASE_URL", url)
    done = migrated_desk.run("audit", "verify")
    assert (done.code, done.out) == (2, "")
    assert done.err.count("\n") == 1


def test_it_could_not_run_on_what_is_no_database(desk, tmp_path):
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"no database" * 1000)
    desk.set("DATABASE_URL", f"sqlite:///{broken}")
    desk.set("SECRET_KEY", "示例密钥" * 10)
    done = desk.run("audit", "verify")
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)


def test_it_could_not_run_before_there_is_a_trail(desk):
    desk.folder.mkdir()
    done = desk.run("audit", "verify")
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert "license-desk migrate" in done.err


def test_it_seals_the_trail_and_publishes_the_checkpoint(told_on_each):
    desk, database = told_on_each
    events = ask(database, "SELECT count(*) FROM events")[0][0]
    done = desk.run("audit", "seal")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"checkpoint 1: {events} events\n")
    key, notes = desk.folder / "sealing_key", desk.folder / "checkpoints.txt"
    assert key.stat().st_mode & 0o777 == 0o600
    note = next(publishing.notes(notes))
    assert note.signed_by(note.checkpoint.origin, public_bytes(sealing_key(key)))


def test_it_does_not_seal_with_a_key_that_others_may_read(told):
    desk, *_ = told
    desk.run("audit", "seal")
    (desk.folder / "sealing_key").chmod(0o640)
    done = desk.run("audit", "seal")
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert "0600" in done.err


def test_it_rotates_its_key_with_both_signatures_and_finishes_what_was_cut_short(told_on_each):
    desk, database = told_on_each
    desk.run("audit", "seal")
    key = desk.folder / "sealing_key"
    first = key.read_bytes()
    assert desk.run("audit", "seal", "--rotate-key").code == 0
    assert key.read_bytes() != first
    verified = desk.run("audit", "verify")
    assert verified.out.startswith("notice: The key was rotated by both keys (checkpoint:2)")
    key.rename(desk.folder / "sealing_key.next")  # as if killed before the new key took over
    key.write_bytes(first)
    key.chmod(0o600)
    assert desk.run("audit", "seal").code == 0
    assert ask(database, "SELECT count(DISTINCT key), count(*) FROM checkpoints") == [(2, 3)]


def test_it_takes_another_key_only_when_told_that_the_old_one_is_lost(told_on_each):
    desk, _ = told_on_each
    desk.run("audit", "seal")
    assert desk.run("audit", "seal", "--key-lost", "示例").code == 2
    (desk.folder / "sealing_key").unlink()
    refused = desk.run("audit", "seal")
    assert (refused.code, "--key-lost" in refused.err) == (2, True)
    assert desk.run("audit", "seal", "--key-lost", "示例：硬盘损坏").code == 0
    verified = desk.run("audit", "verify")
    assert (verified.code, "the new one signed alone (checkpoint:2)" in verified.out) == (0, True)


def test_it_goes_on_after_an_old_backup_and_never_forgets_it(told, sqlite_url):
    desk, database, *_ = told
    desk.run("audit", "seal")
    database.close()
    path = Path(sqlite_url.partition("///")[2])
    yesterday = path.read_bytes()
    with database.transaction() as tx:
        account_acts.checked(tx, SYSTEM, moment(), {"chains": 1})
    desk.run("audit", "seal")
    database.close()
    path.write_bytes(yesterday)
    for left in path.parent.glob("*.db-*"):
        left.unlink()
    verified = desk.run("audit", "verify")
    assert (verified.code, "an old backup may have been restored" in verified.out) == (1, True)
    assert desk.run("audit", "seal").code == 2
    assert desk.run("audit", "seal", "--after-restore", "示例：服务器更换").code == 0
    verified = desk.run("audit", "verify")
    assert (verified.code, "the events between are lost (checkpoint:2)" in verified.out) == (
        0,
        True,
    )
    assert desk.run("audit", "seal", "--after-restore", "again").code == 2


def test_it_starts_nothing_on_a_trail_that_is_not_guarded_and_migrate_puts_the_guard_back(told):
    desk, database, *_ = told
    attack(database, "DROP TRIGGER events_no_delete")
    for arguments in (("web", "--port", "1"), ("worker",), ("run", "--port", str(free_port()))):
        done = desk.run(*arguments)
        assert (done.code, done.out, "events_no_delete" in done.err) == (2, "", True), arguments
    restored = desk.run("migrate")
    assert (restored.code, "events_no_delete" in restored.err) == (0, True)
    assert desk.run("migrate").err == ""
    assert desk.run("audit", "verify").code == 0
