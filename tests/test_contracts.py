"""What tools hold: format, lint, types, import contracts, the law's own check, dependencies."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROGRAMS = Path(sysconfig.get_path("scripts"))
LAW_CHECK = "from workflow.cli.main import main; main()"
SOURCES = ["workflow", "web", "tests"]
CHECKS = {
    "format": [PROGRAMS / "ruff", "format", "--check", "--output-format=concise", *SOURCES],
    "lint": [PROGRAMS / "ruff", "check", "--output-format=concise", *SOURCES],
    "types": [PROGRAMS / "mypy"],
    "imports": [PROGRAMS / "lint-imports", "--no-logo"],
    "law": [sys.executable, "-c", LAW_CHECK, "law", "check"],
    "dependencies": [PROGRAMS / "deptry", "--no-ansi", "workflow", "web"],
}
#: For each contract: a module nobody has, and the one line in it that the contract forbids.
BREAKS = [
    ("boxes", "workflow/domain/planted.py", "import workflow.law"),
    ("boxes", "workflow/services/planted.py", "import web"),
    ("boxes", "workflow/law/planted.py", "import workflow.storage"),
    ("boxes", "workflow/jobs/planted.py", "import workflow.cli"),
    ("pure", "workflow/law/planted.py", "import flask"),
    ("pure", "workflow/domain/planted.py", "import sqlalchemy"),
    ("machine", "workflow/services/planted.py", "import transitions"),
    ("machine", "workflow/domain/planted.py", "from transitions.extensions import GraphMachine"),
    ("pen", "workflow/services/planted.py", "from workflow.storage import cases"),
    ("pen", "web/planted.py", "from workflow.storage.events import anything"),
    ("views", "web/planted.py", "from workflow.storage import database"),
]
CONTRACTS = {
    contract["id"]: contract["name"]
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"][
        "importlinter"
    ]["contracts"]
}


@pytest.mark.parametrize("check", CHECKS)
def test_it_passes(check: str) -> None:
    done = subprocess.run(
        CHECKS[check], cwd=ROOT, capture_output=True, text=True, check=False, timeout=300
    )
    if done.returncode:
        pytest.fail(f"{check}\n{done.stdout}{done.stderr}", pytrace=False)


@pytest.fixture(scope="module")
def said_of_planted(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What one run says of a copy in which every line of BREAKS stands in a module of its own."""
    copy = tmp_path_factory.mktemp("planted")
    shutil.copy(ROOT / "pyproject.toml", copy)
    for package in ("workflow", "web"):
        sources = [path.relative_to(ROOT) for path in (ROOT / package).rglob("*.py")]
        for source in sources:
            (copy / source).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / source, copy / source)
    for nth, (_, path, line) in enumerate(BREAKS):
        (copy / _planted(nth, path)).write_text(f"{line}\n")
    done = subprocess.run(
        [PROGRAMS / "lint-imports", "--no-logo", "--no-cache"],
        cwd=copy,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    return " ".join(done.stdout.split())


@pytest.mark.parametrize("nth", range(len(BREAKS)))
def test_it_sees_the_contract_broken(said_of_planted: str, nth: int) -> None:
    contract, path, _ = BREAKS[nth]
    name = CONTRACTS[contract]
    assert f"{name} BROKEN" in said_of_planted
    # below the list of contracts each broken one has a part of its own: its name, a rule, its lines
    part = re.split(rf"{re.escape(name)} -{{3,}}", said_of_planted)[1]
    others = "|".join(re.escape(other) for other in CONTRACTS.values())
    mine = re.split(rf"(?:{others}) -{{3,}}", part)[0]
    assert re.search(rf"\b{re.escape(_module(_planted(nth, path)))}\b", mine)


def _planted(nth: int, path: str) -> str:
    return path.replace("planted", f"planted_{nth}_")


def _module(path: str) -> str:
    return Path(path).with_suffix("").as_posix().replace("/", ".")


def test_it_breaks_each_of_the_five_contracts() -> None:
    assert {contract for contract, _, _ in BREAKS} == CONTRACTS.keys()
    assert len(CONTRACTS) == 5
