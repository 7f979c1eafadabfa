"""`license-desk bench transition`: the shape of what it measures."""

from __future__ import annotations

import json

from tests.support.cast import moment as at
from workflow.services import measuring
from workflow.services.database import open_database
from workflow.services.trail import verify
from workflow.storage.statements import row


def test_it_measures_the_pen_beside_the_bare_driver(migrated_desk, sqlite_url):
    done = migrated_desk.run("bench", "transition", "--json", "--submits", "10")
    assert (done.code, done.err) == (0, "")
    document = json.loads(done.out)
    assert set(document) == {"name", "figures", "ratio", "machine"}
    assert document["name"] == "transition"
    assert set(document["ratio"]) == {"vs_driver"}
    assert 0 < document["ratio"]["vs_driver"] < 2
    assert (document["figures"]["submits"], document["figures"]["clients"]) == (10, 1)
    assert document["figures"]["pen_us"] > document["figures"]["driver_us"] * 0.5 > 0
    database = open_database(sqlite_url)
    with database.reading() as session:
        assert row(session, "SELECT count(*) FROM cases") == (0,)  # it measures beside the desk
    database.close()


def test_it_refuses_what_it_does_not_measure(migrated_desk):
    for name, says in (("job", "not built yet"), ("speed", "unknown")):
        done = migrated_desk.run("bench", name, "--json")
        assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
        assert says in done.err


def test_it_counts_judging_in_bare_moves(migrated_desk):
    done = migrated_desk.run("bench", "judging", "--json")
    found = json.loads(done.out)
    assert done.code == 0
    assert found["figures"]["guards"] == 16
    assert found["figures"]["materials"] > 10
    assert found["ratio"]["vs_trigger"] > 0


def test_it_measures_verification_beside_bare_hashing(migrated_desk):
    done = migrated_desk.run("bench", "audit", "--json", "--events", "1000")
    found = json.loads(done.out)
    assert (done.code, set(found["ratio"])) == (0, {"vs_sha256"})
    assert found["figures"]["events"] > 100
    assert found["figures"]["bytes_per_event"] > 500
    assert 0 < found["ratio"]["vs_sha256"] < 1
    assert 0 <= found["figures"]["verifier_vs_sha256"] < 1


def test_it_lets_the_bare_driver_write_the_very_same_rows(database):
    moment = at()
    numbers = measuring.make_cases(database, 4, moment)
    times = measuring.measure(database, numbers, moment)
    assert (len(times.pen), len(times.driver)) == (2, 2)
    with database.reading() as session:
        assert row(session, "SELECT count(*) FROM cases WHERE state = 'submitted'") == (4,)
        assert verify(session).intact
