"""`license-desk scenario FILE...`: play scenario files, each in a fresh temporary database."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from workflow.services.database import open_database, upgrade
from workflow.services.scenario import play
from workflow.services.scenario_expect import Failure
from workflow.services.scenario_file import BadScenario, read_scenario

HELD, FAILED, INVALID = 0, 1, 2


@dataclass(slots=True)
class Played:
    """One file's outcome. `error` is set when it is not a valid scenario."""

    file: str
    title: str = ""
    steps: int = 0
    error: BadScenario | None = None
    failures: list[Failure] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """True when the file was valid and every expectation held."""
        return self.error is None and not self.failures

    def as_json(self) -> dict[str, Any]:
        """The form of contract section 1."""
        error = {"line": self.error.line, "reason": self.error.reason} if self.error else None
        return {
            "file": self.file,
            "title": self.title,
            "ok": self.ok,
            "steps": self.steps,
            "error": error,
            "failures": [failure.as_json() for failure in self.failures],
        }


@click.command("scenario", help="Play scenario files and check what they expect.")
@click.argument("files", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
def command(files: tuple[str, ...], *, as_json: bool) -> None:
    """Exit 0: all held; 1: some did not; 2: a file is not a valid scenario (2 beats 1 beats 0)."""
    with tempfile.TemporaryDirectory(prefix="license-desk-") as folder:
        empty = Path(folder) / "empty.db"
        upgrade(f"sqlite+pysqlite:///{empty}")
        played = [_play(Path(name), empty, Path(folder)) for name in files]
    if as_json:
        document = {"ok": all(p.ok for p in played), "files": [p.as_json() for p in played]}
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
    else:
        for outcome in played:
            _print(outcome)
    sys.exit(_code(played))


def _play(path: Path, empty: Path, folder: Path) -> Played:
    played = Played(str(path))
    try:
        scenario = read_scenario(path.read_text(encoding="utf-8"))
        played.title, played.steps = scenario.title, len(scenario.steps)
        copy = folder / "played.db"
        shutil.copyfile(empty, copy)
        database = open_database(f"sqlite+pysqlite:///{copy}")
        try:
            played.failures = play(database, scenario).failures
        finally:
            database.close()
            for left in folder.glob("played.db*"):
                left.unlink()
    except BadScenario as error:
        played.error, played.title = error, played.title or error.title
    except (OSError, UnicodeDecodeError) as error:
        played.error = BadScenario(1, f"cannot be read: {error}")
    return played


def _print(played: Played) -> None:
    if played.error:
        click.echo(f"{played.file}:{played.error.line}: {played.error.reason}", err=True)
        return
    click.echo(f"{'ok    ' if played.ok else 'FAILED'} {played.file}  {played.title}")
    for failure in played.failures:
        found = failure.as_json()
        click.echo(
            f"       step {failure.step}, {failure.key}: "
            f"expected {found['expected']}, actual {found['actual']}"
        )


def _code(played: list[Played]) -> int:
    if any(outcome.error for outcome in played):
        return INVALID
    return HELD if all(outcome.ok for outcome in played) else FAILED
