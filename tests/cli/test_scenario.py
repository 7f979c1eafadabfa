"""`license-desk scenario`: exit codes, the JSON document, what a person reads."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest

STORY = """\
title: 一步
as_of: 2026-03-02
companies:
  gz: {name: 广州示例信息服务有限公司, uscc: 91440106MA0DEM101C, province: "44"}
cases:
  c1: {company: gz, procedure: new, kinds: [ICP], coverage: ["44"]}
steps:
  - {do: prepare, expect: {state: material_prep}}
  - {provide: all}
  - {do: sign_off, by: reviewer}
  - {do: submit, expect: {clocks: {K-CORR: {due: 2026-03-09}}}}
"""
FILED = {"title": "一步", "steps": 4, "error": None}


@pytest.fixture
def files(tmp_path):
    """One file that holds, one that does not, one that is none."""
    good, wrong, bad = (tmp_path / name for name in ("good.yaml", "wrong.yaml", "bad.yaml"))
    good.write_text(STORY, "utf-8")
    wrong.write_text(STORY.replace("2026-03-09", "2026-03-10"), "utf-8")
    bad.write_text(STORY.replace("do: submit", "do: sumbit"), "utf-8")
    return good, wrong, bad


@pytest.mark.parametrize(
    ("chosen", "code"),
    [("g", 0), ("w", 1), ("b", 2), ("gw", 1), ("wb", 2), ("bw", 2), ("gb", 2), ("gg", 0)],
)
def test_it_exits_with_the_worst(desk, files, chosen, code):
    named = dict(zip("gwb", files, strict=True))
    assert desk.run("scenario", *(named[letter] for letter in chosen)).code == code


def test_it_prints_one_json_document(desk, files):
    good, wrong, bad = files
    done = desk.run("scenario", "--json", *files)
    assert (done.code, done.err) == (2, "")
    document = json.loads(done.out)
    line = {"line": 11, "reason": "there is no trigger sumbit"}
    failure = {
        "step": 4, "key": "clocks.K-CORR.due", "expected": "2026-03-10", "actual": "2026-03-09",
    }  # fmt: skip
    assert document == {
        "ok": False,
        "files": [
            {"file": str(good), "ok": True, "failures": [], **FILED},
            {"file": str(wrong), "ok": False, "failures": [failure], **FILED},
            {"file": str(bad), "title": "一步", "ok": False, "steps": 0, "error": line,
             "failures": []},
        ],
    }  # fmt: skip
    assert json.loads(desk.run("scenario", "--json", good).out)["ok"] is True


def test_it_tells_a_person_file_step_expected_and_actual(desk, files):
    good, wrong, bad = files
    done = desk.run("scenario", *files)
    assert f"ok     {good}  一步" in done.out
    assert f"FAILED {wrong}  一步" in done.out
    assert "step 4, clocks.K-CORR.due: expected 2026-03-10, actual 2026-03-09" in done.out
    assert done.err == f"{bad}:11: there is no trigger sumbit\n"


@pytest.mark.parametrize(
    "fault",
    [
        ("[ICP]", "[XYZ]", 6, "XYZ"),
        ("procedure: new", "procedure: change", 6, "is about a license"),
        ("state: material_prep", "clocks: {K-NONE: {due: 2026-03-02}}", 8, "no clock K-NONE"),
        (
            "state: material_prep",
            "clocks: {K-REV: {latest: 2026-03-02}}",
            8,
            "a clock of the authority",
        ),
        ("title: 一步", "title: 一步\ntitle: 两步", 2, "duplicate key"),
        ("as_of: 2026-03-02", "as_of: 2026-02-31", 2, "not a date"),
        ("{do: prepare,", "{on: 2026-03-01, do: prepare,", 8, "does not go back"),
    ],
    ids=lambda fault: fault[1],
)
def test_it_does_not_call_what_it_cannot_play_a_success(desk, files, fault):
    good, *_ = files
    was, instead, line, reason = fault
    good.write_text(STORY.replace(was, instead), "utf-8")
    done = desk.run("scenario", "--json", good)
    error = json.loads(done.out)["files"][0]["error"]
    assert (done.code, error["line"]) == (2, line)
    assert reason in error["reason"]


def test_it_plays_the_others_when_a_file_cannot_be_read(desk, files, tmp_path):
    binary = tmp_path / "picture.yaml"
    binary.write_bytes(b"\xff\xd8\xff\xe0 not text")
    done = desk.run("scenario", "--json", tmp_path / "none.yaml", binary, tmp_path, files[0])
    found = json.loads(done.out)["files"]
    assert done.code == 2
    assert [played["ok"] for played in found] == [False, False, False, True]
    assert all("cannot be read" in played["error"]["reason"] for played in found[:3])


def test_it_leaves_nothing_behind_and_needs_no_data_folder(desk, files, monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    desk.run("scenario", *files)
    assert list((tmp_path / "tmp").iterdir()) == []
    assert not desk.folder.exists()


def test_it_needs_a_file(desk):
    done = desk.run("scenario")
    assert (done.code, done.out) == (2, "")
    assert done.err.count("\n") == 1


def test_it_plays_what_comes_with_the_product(desk):
    folder = Path(__file__).parents[2] / "fixtures" / "scenarios"
    done = desk.run("scenario", "--json", *sorted(folder.glob("*.yaml")))
    assert done.code == 0, done.out
    assert all(played["steps"] > 0 for played in json.loads(done.out)["files"])
