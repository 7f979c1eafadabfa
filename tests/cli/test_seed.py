"""`license-desk seed`: the demo files in an empty database, and only there."""

from __future__ import annotations

from workflow.services.database import open_database
from workflow.services.trail import verify
from workflow.storage.statements import row, rows


def test_it_plays_the_demo_once(migrated_desk, sqlite_url):
    done = migrated_desk.run("seed")
    assert (done.code, done.out, done.err) == (0, "3 demo files played\n", "")
    database = open_database(sqlite_url)
    with database.reading() as session:
        before = row(session, "SELECT count(*) FROM events")[0]
        states = {state for (state,) in rows(session, "SELECT DISTINCT state FROM cases")}
        assert verify(session).intact
    assert states >= {"draft", "material_prep", "submitted", "correction_requested", "approved"}
    again = migrated_desk.run("seed")
    assert (again.code, again.out) == (2, "")
    assert "the demo needs an empty one" in again.err
    assert again.err.count("\n") == 1
    with database.reading() as session:
        assert row(session, "SELECT count(*) FROM events")[0] == before
    database.close()
