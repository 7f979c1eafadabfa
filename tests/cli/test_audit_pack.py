"""`license-desk audit export` and `replay`, and the verifier on a machine without the product."""

from __future__ import annotations

import subprocess
import venv
import zipfile

import pytest

from tests.storage.trail_rows import ask, attack, short_trail
from workflow.services.auditing import audit_verify
from workflow.storage.database import open_database


@pytest.fixture
def told(migrated_desk, sqlite_url):
    database = open_database(sqlite_url)
    _, number, _ = short_trail(database)
    yield migrated_desk, database, number
    database.close()


def test_it_exports_a_case_and_says_so_on_the_trail(told, tmp_path):
    desk, database, number = told
    desk.run("audit", "seal")
    pack = tmp_path / "pack.zip"
    done = desk.run("audit", "export", "--case", number, "-o", pack)
    assert (done.code, done.err) == (0, "")
    assert "0 not yet sealed; check it with" in done.out
    assert (tmp_path / "audit_verify.py").exists()
    assert not list(tmp_path.glob("*.part"))
    assert ask(database, "SELECT chain, action FROM events ORDER BY id DESC LIMIT 1") == [
        ("office", "export")
    ]
    assert desk.run("audit", "verify", "--bundle", pack).code == 0
    assert desk.run("audit", "verify").code == 0


def test_it_masks_personal_values_unless_a_reason_is_given(told, tmp_path):
    desk, _, number = told
    pack = tmp_path / "pack.zip"
    desk.run("audit", "export", "--case", number, "-o", pack)
    assert "王芳" not in in_it(pack)
    refused = desk.run("audit", "export", "--case", number, "-o", pack, "--full")
    assert (refused.code, refused.err.count("\n")) == (2, 1)
    asked = ("--full", "--reason", "年度审计")
    assert desk.run("audit", "export", "--case", number, "-o", pack, *asked).code == 0
    assert "王芳" in in_it(pack)


def in_it(pack):
    with zipfile.ZipFile(pack) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


@pytest.mark.parametrize(
    "asked",
    [
        [],
        ["--all", "--company", "1"],
        ["--from", "2026-03-18"],
        ["--from", "2026-03-19", "--to", "2026-03-18"],
        ["--from", "today", "--to", "2026-03-18"],
        ["--case", "AP-2026-99999"],
        ["--company", "99"],
        ["--company", "9" * 26],
        ["--company", ""],
        ["--case", ""],
        ["--case", " "],
        ["--from", "", "--to", "2026-03-18"],
        ["--from", "2026-03-18", "--to", ""],
        ["--from", "0001-01-01", "--to", "9999-12-31"],
        ["--all", "--kept", "nowhere.txt"],
    ],
)
def test_it_refuses_in_one_line(told, tmp_path, asked):
    desk, _, _ = told
    done = desk.run("audit", "export", *asked, "-o", tmp_path / "pack.zip")
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert "too large" not in done.err
    assert "out of range" not in done.err
    assert not list(tmp_path.glob("pack*"))


def test_it_says_when_the_pack_cannot_be_written(told, tmp_path):
    desk, _, _ = told
    done = desk.run("audit", "export", "--all", "-o", tmp_path / "none" / "pack.zip")
    assert (done.code, done.err.count("\n")) == (2, 1)


def test_it_replays(told):
    desk, database, number = told
    done = desk.run("audit", "replay")
    assert (done.code, done.out) == (0, "equal: 2 cases, 0 licenses\n")
    attack(database, "UPDATE cases SET next_due = '2031-01-01' WHERE number = :n", n=number)
    done = desk.run("audit", "replay")
    assert done.code == 1
    assert f"case:{number} next_due: trail " in done.out
    desk.set("DATABASE_URL", "sqlite:////nowhere/at/all/desk.db")
    assert desk.run("audit", "replay").code == 2


def test_it_says_when_a_pack_cannot_be_read(migrated_desk, tmp_path):
    assert migrated_desk.run("audit", "verify", "--bundle", tmp_path / "none.zip").code == 2
    (tmp_path / "cut.zip").write_bytes(b"PK\x03\x04 and no more")
    done = migrated_desk.run("audit", "verify", "--bundle", tmp_path / "cut.zip")
    assert (done.code, "cut" in done.out) == (1, True)
    (tmp_path / "letter.txt").write_text("root:x:0:0", "utf-8")
    done = migrated_desk.run("audit", "verify", "--bundle", tmp_path / "letter.txt")
    assert (done.code, "[alien]" in done.out, done.out.count("\n")) == (2, True, 1)


def test_the_demo_case_is_verified_on_a_machine_without_the_product(
    migrated_desk, sqlite_url, tmp_path
):
    """A bare virtual environment, no package in it, isolated from everything around."""
    venv.create(tmp_path / "bare", with_pip=False, symlinks=True)
    desk = migrated_desk
    assert desk.run("seed").code == 0
    desk.run("audit", "seal")
    pack, kept = tmp_path / "pack.zip", desk.folder / "checkpoints.txt"
    assert desk.run("audit", "export", "--all", "-o", pack).code == 0
    key = tmp_path / "key.txt"
    with zipfile.ZipFile(pack) as archive:
        key.write_text(archive.read("keys.json").decode().split('"public":"')[1][:64], "utf-8")

    def verify(*more):
        command = [tmp_path / "bare/bin/python", "-I", tmp_path / "audit_verify.py", pack, *more]
        return subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)

    done = verify("--key", key, "--kept", kept, "--lang", "en")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("intact\n")
    number = one_case(sqlite_url)
    assert desk.run("audit", "export", "--case", number, "--kept", kept, "-o", pack).code == 0
    done = verify("--key", key, "--kept", kept, "--lang", "en")
    assert (done.returncode, done.stderr, done.stdout[-7:]) == (0, "", "intact\n"), done.stdout
    missing = subprocess.run(
        [tmp_path / "bare/bin/python", "-I", "-c", "import cryptography"],
        capture_output=True, check=False,
    )  # fmt: skip
    assert missing.returncode == 1, "the environment is not bare"
    pack.write_bytes(pack.read_bytes()[:-1000])
    done = verify("--lang", "zh")
    assert (done.returncode, "被截断" in done.stdout) == (1, True)


def one_case(url):
    """The demo case with the longest story."""
    database = open_database(url)
    found = ask(database, "SELECT number FROM cases ORDER BY version DESC, id LIMIT 1")
    database.close()
    return found[0][0]


def test_plain_arithmetic_agrees_with_the_library():
    """RFC 8032, 7.1, test 2, and what is wrong with it by one bit."""
    public = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
    signature = bytes.fromhex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    assert audit_verify.plain_ed25519(public, signature, b"\x72")
    for wrong in (signature[:-1], bytes(64), signature[:31] + b"\x00" + signature[32:]):
        assert not audit_verify.plain_ed25519(public, wrong, b"\x72")
    assert not audit_verify.plain_ed25519(public, signature, b"\x73")
    assert not audit_verify.plain_ed25519(b"\xff" * 32, signature, b"\x72")
