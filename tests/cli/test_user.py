"""`license-desk user add`: one role per account, and what cannot be an account."""

from __future__ import annotations

import pytest

from tests.support.cast import PASSWORD
from workflow.services import accounts
from workflow.services.database import open_database


def add(desk, *arguments, password=PASSWORD):
    return desk.run("user", "add", *arguments, "--password-stdin", stdin=f"{password}\n")


def everybody(url):
    database = open_database(url)
    try:
        with database.reading() as session:
            return accounts.everybody(session)
    finally:
        database.close()


@pytest.mark.parametrize("role", ["handler", "reviewer", "manager", "auditor", "admin"])
def test_it_adds_an_account_with_its_role(migrated_desk, sqlite_url, role):
    done = add(migrated_desk, "wang.fang", "--role", role, "--display-name", "王芳")
    assert (done.code, done.out, done.err) == (0, f"wang.fang ({role})\n", "")
    (account,) = everybody(sqlite_url)
    assert (account.login, account.name, account.role.value) == ("wang.fang", "王芳", role)
    assert accounts.password_fits(account, PASSWORD)
    assert PASSWORD not in account.password_hash


def test_it_sets_up_an_empty_data_folder_by_itself(desk):
    assert add(desk, "wang", "--role", "handler").code == 0
    found = list(desk.folder.rglob("*.db"))
    assert found
    assert desk.folder.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "wrong",
    [
        ("wang", "handler", PASSWORD, "already exists"),
        ("WANG", "handler", PASSWORD, "already exists"),
        ("li", "boss", PASSWORD, "is not one of"),
        ("li", "clock", PASSWORD, "is not one of"),
        ("li", "handler", "short", "12 to 256"),
        ("li", "handler", "", "12 to 256"),
        ("li", "handler", "x" * 257, "12 to 256"),
        ("王芳", "handler", PASSWORD, "starts with a letter"),
        ("l", "handler", PASSWORD, "starts with a letter"),
        ("../li", "handler", PASSWORD, "starts with a letter"),
    ],
)
def test_it_refuses(migrated_desk, sqlite_url, wrong):
    name, role, password, says = wrong
    add(migrated_desk, "wang", "--role", "handler")
    done = add(migrated_desk, name, "--role", role, password=password)
    assert (done.code, done.out) == (2, "")
    assert says in done.err
    assert done.err.count("\n") == 1
    assert [account.login for account in everybody(sqlite_url)] == ["wang"]


def test_it_needs_a_role(migrated_desk):
    done = migrated_desk.run("user", "add", "wang", "--password-stdin", stdin=PASSWORD)
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert "--role" in done.err
