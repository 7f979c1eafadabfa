"""`license-desk retention`: holds and erasures from the command line."""

from __future__ import annotations

import pytest

from tests.storage.trail_rows import attack
from tests.support.cast import gather
from workflow.storage.database import open_database


@pytest.fixture
def kept(migrated_desk, sqlite_url):
    database = open_database(sqlite_url)
    yield migrated_desk, gather(database), database
    database.close()


def test_it_holds_asks_and_has_another_person_decide(kept):
    desk, cast, _ = kept
    client, said = str(cast.company), ("--reason", "示例：诉讼", "--by", "zhao")
    assert desk.run("retention", "hold", client, *said).out == "hold 1\n"
    assert desk.run("retention", "show").out.startswith("hold 1: 广州示例信息服务有限公司")
    asking = ("retention", "ask", client, "--ground", "示例：本人要求", "--by", "zhao")
    refused = desk.run(*asking)
    assert (refused.code, refused.out, refused.err.count("\n")) == (2, "", 1)
    assert desk.run("retention", "release", "1", *said).code == 0
    assert desk.run(*asking).out == "erasure 1 waits for another person\n"
    assert desk.run("retention", "decide", "1", "--approve", "--by", "zhao").code == 2
    assert "values erased" in desk.run("retention", "decide", "1", "--approve", "--by", "admin").out
    assert desk.run("audit", "verify").code == 0
    assert desk.run("retention", "run").out == "0 files removed\n"


def test_it_knows_only_accounts_that_may_act(kept):
    desk, cast, database = kept
    attack(database, "UPDATE accounts SET active = 0 WHERE login = 'admin'")
    for login in ("nobody", "admin", "wang"):
        done = desk.run("retention", "hold", str(cast.company), "--reason", "x", "--by", login)
        assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
