"""The checkout itself: locks, set-up, license, decisions."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS = ("requirements.lock", "requirements-test.lock")
OLD_PYTHON = "#!/bin/sh\nexit 1\n"
BARE_PYTHON = '#!/bin/sh\ncase "$2" in *ensurepip*|*pip*) exit 1;; esac\nexit 0\n'


def _locked(name: str) -> dict[str, list[Requirement]]:
    text = (ROOT / name).read_text("utf-8")
    found: dict[str, list[Requirement]] = {}
    for line in re.findall(r"^[^\s#].*?(?= \\$|$)", text, re.MULTILINE):
        requirement = Requirement(line)
        found.setdefault(canonicalize_name(requirement.name), []).append(requirement)
    return found


@pytest.mark.parametrize("name", LOCKS)
def test_it_locks_without_addresses(name: str) -> None:
    assert "://" not in (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("name", LOCKS)
def test_it_locks_every_package_to_one_version_with_hashes(name: str) -> None:
    blocks = re.split(r"\n(?=\S)", (ROOT / name).read_text("utf-8").strip())
    assert len(blocks) > 1
    assert [block for block in blocks if "--hash=sha256:" not in block] == []
    pins = [requirement for found in _locked(name).values() for requirement in found]
    assert [str(pin) for pin in pins if not str(pin.specifier).startswith("==")] == []


def test_it_locks_the_same_versions_for_running_and_testing() -> None:
    run, test = map(_locked, LOCKS)
    assert {name: pins for name, pins in run.items() if test.get(name) != pins} == {}


def test_it_locks_what_the_project_asks_for() -> None:
    run, test = map(_locked, LOCKS)
    groups = PROJECT["dependency-groups"]
    asked = [(run, line) for line in PROJECT["project"]["dependencies"]]
    asked += [(test, line) for group in groups.values() for line in group]
    stale = [line for lock, line in asked if not _satisfied(lock, Requirement(line))]
    assert stale == [], "run `make lock`"


def _satisfied(lock: dict[str, list[Requirement]], asked: Requirement) -> bool:
    pins = lock.get(canonicalize_name(asked.name), [])
    versions = [str(pin.specifier).removeprefix("==") for pin in pins]
    return bool(versions) and all(asked.specifier.contains(version) for version in versions)


@pytest.mark.parametrize("name", ["uv.lock", "pylock.toml"])
def test_it_keeps_no_lock_that_records_addresses(name: str) -> None:
    if (ROOT / ".git").exists():
        tracked = subprocess.run(
            ["git", "ls-files", name], cwd=ROOT, check=True, capture_output=True, text=True
        )
        assert tracked.stdout == ""
    else:
        assert not (ROOT / name).exists()


@pytest.mark.parametrize(
    ("python", "sentence"),
    [
        (OLD_PYTHON, "License Desk: needs Python 3.11 or newer"),
        (BARE_PYTHON, "License Desk: needs python3-venv or python3-pip"),
    ],
    ids=["old", "bare"],
)
@pytest.mark.parametrize("target", ["run", "test"])
def test_it_names_in_one_line_what_the_machine_lacks(
    tmp_path: Path, python: str, sentence: str, target: str
) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("sh", "dirname", "cat", "cksum", "make", "rm"):
        (programs / name).symlink_to(shutil.which(name))
    (programs / "python3").write_text(python)
    (programs / "python3").chmod(0o755)
    for name in ("Makefile", *LOCKS, "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / ".ci", tmp_path / ".ci")
    done = subprocess.run(
        [programs / "make", target],
        cwd=tmp_path,
        env={"PATH": str(programs)},
        capture_output=True,
        text=True,
        check=False,
    )
    said = [line for line in done.stderr.splitlines() if not line.startswith("make")]
    assert done.returncode == 2
    assert len(said) == 1
    assert said[0].startswith(sentence)
    assert not (tmp_path / ".venv").exists()


def test_it_lists_its_commands() -> None:
    done = subprocess.run(["make", "help"], cwd=ROOT, check=True, capture_output=True, text=True)
    for target in ("run", "test", "check", "clean"):
        assert f"make {target} " in done.stdout


def test_it_builds_as_a_person_would() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert script.rstrip().endswith("exec make test")
    assert "LICENSE_DESK_TEST_REQUIRE=browser" in script
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


@pytest.mark.parametrize("record", sorted((ROOT / "docs/adr").glob("*.md")), ids=lambda p: p.stem)
def test_it_records_a_decision_on_one_page(record: Path) -> None:
    text = record.read_text("utf-8")
    assert re.match(r"# \d{4} ", text)
    assert record.name[:4] == text[2:6]
    for part in ("Context", "Decision", "Consequence"):
        assert f"\n## {part}\n" in text
    assert text.count("\n") <= 35
