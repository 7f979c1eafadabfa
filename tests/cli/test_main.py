"""The command line itself: quick to start, one line for every error."""

from __future__ import annotations

import importlib
import subprocess
import sys

import click
import pytest

from tests.support.processes import ROOT, environment
from workflow.cli.main import COMMANDS, outcome


def license_desk(*arguments, **settings):
    """Run the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "workflow.cli.main", *arguments],
        check=False,
        capture_output=True,
        text=True,
        env=environment(settings),
        cwd=ROOT,
        timeout=60,
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_in_the_list_is_there(name):
    module, _, attribute = COMMANDS[name].target.partition(":")
    assert isinstance(getattr(importlib.import_module(module), attribute), click.Command)


def test_help_names_the_commands_and_loads_none_of_them():
    code = (
        "import sys; from workflow.cli.main import outcome; code = outcome(['--help']);"
        " print(*sorted({'sqlalchemy', 'flask', 'rq', 'redis'} & sys.modules.keys()),"
        " file=sys.stderr); sys.exit(code)"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, text=True, cwd=ROOT
    )
    assert shown.returncode == 0
    assert all(name in shown.stdout for name in ("run", "scenario", "law", "audit"))
    assert "rq-worker" not in shown.stdout
    assert shown.stderr.strip() == ""


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["frobnicate"], "frobnicate"),
        ([], "Missing command"),
        (["run", "--port", "99999999"], "--port"),
        (["run", "--prot", "1"], "--prot"),
    ],
)
def test_misuse_is_one_line_and_exit_2(arguments, word, capsys):
    assert outcome(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert word in said.err


def test_a_misspelt_setting_is_one_line_and_exit_2():
    answer = license_desk("migrate", DATABSE_URL="sqlite:///x")
    assert answer.returncode == 2
    assert answer.stderr.count("\n") == 1
    assert "LICENSE_DESK_DATABASE_URL" in answer.stderr


@pytest.mark.parametrize(("language", "word"), [("zh", "不能写入"), ("en", "cannot be written")])
def test_a_folder_that_cannot_be_written_is_said_in_the_chosen_language(tmp_path, language, word):
    (tmp_path / "file").touch()
    answer = license_desk("run", DATA_DIR=str(tmp_path / "file" / "data"), LANGUAGE=language)
    assert answer.returncode == 2
    assert answer.stderr.count("\n") == 1
    assert word in answer.stderr


def test_a_database_that_cannot_be_reached_is_one_line(tmp_path):
    answer = license_desk(
        "migrate", DATA_DIR=str(tmp_path), DATABASE_URL="postgresql://desk@127.0.0.1:1/desk"
    )
    assert answer.returncode == 2
    assert "Traceback" not in answer.stderr
    assert "license-desk: " in answer.stderr.splitlines()[-1]


def test_migrate_brings_the_schema_up_and_may_be_repeated(tmp_path):
    for _ in range(2):
        answer = license_desk("migrate", DATA_DIR=str(tmp_path))
        assert (answer.returncode, answer.stderr) == (0, "")
        assert answer.stdout.startswith("schema ")
