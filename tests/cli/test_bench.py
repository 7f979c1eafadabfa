"""`license-desk bench`: the shape of what it measures."""

from __future__ import annotations

import json

from tests.support.cast import moment as at
from web import measuring as pages
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
    done = migrated_desk.run("bench", "speed", "--json")
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert "unknown" in done.err


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


def test_it_measures_the_way_to_a_job_beside_a_bare_enqueue(migrated_desk):
    done = migrated_desk.run("bench", "job", "--json", "--jobs", "2")
    found = json.loads(done.out)
    assert (done.code, found["name"], set(found["ratio"])) == (0, "job", {"vs_rq"})
    assert found["ratio"]["vs_rq"] > 0
    figures = found["figures"]
    assert 0 < figures["outbox_p50_ms"] <= figures["outbox_p95_ms"]
    assert 0 < figures["rq_p50_ms"] <= figures["rq_p95_ms"]
    assert figures["jobs_per_second"] > 0


PAGES = {"worklist", "case", "dashboard", "register", "trail", "search"}


def test_it_measures_pages_beside_their_templates(migrated_desk):
    done = migrated_desk.run("bench", "page", "--json", "--cases", "100")
    found = json.loads(done.out)
    assert (done.code, set(found["ratio"])) == (0, {"vs_memory"})
    assert set(found["ratio"]["vs_memory"]) == PAGES
    assert all(found["figures"][page]["page_ms"] > 0 for page in PAGES)


def test_it_measures_a_large_desk_beside_a_small_one(database, tmp_path, monkeypatch):
    monkeypatch.setattr(pages, "ROUNDS", 1)
    monkeypatch.setattr(pages, "WARM", 0)
    small = pages.prepare(database, tmp_path, 100, at())
    number = small["case"].path.rpartition("/")[2]
    found = pages.measure({"10": small, "100": pages.pages_of(small["case"].app, number)})
    assert set(found) == {"10", "100"}
    assert set(found["10"]) == PAGES
    rows = small["worklist"].client.get("/work").text.count('role="row"')
    assert rows > 5, "the worklist that is measured holds cases"


def test_it_lets_the_bare_driver_write_the_very_same_rows(database):
    moment = at()
    numbers = measuring.make_cases(database, 4, moment)
    times = measuring.measure(database, numbers, moment)
    assert (len(times.pen), len(times.driver)) == (2, 2)
    with database.reading() as session:
        assert row(session, "SELECT count(*) FROM cases WHERE state = 'submitted'") == (4,)
        assert verify(session).intact
