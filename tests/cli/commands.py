"""One command run in this process, with settings of its own."""

from __future__ import annotations

import io
import logging
import os
from dataclasses import dataclass

from workflow.cli.main import outcome


@dataclass(frozen=True)
class Run:
    """What a command left: its exit code and what it printed."""

    code: int
    out: str
    err: str


class Desk:
    """`license-desk` with a data folder and a database that nobody else uses."""

    def __init__(self, monkeypatch, capsys, folder):
        self._monkeypatch, self._capsys, self.folder = monkeypatch, capsys, folder
        for name in [name for name in os.environ if name.startswith("LICENSE_DESK_")]:
            monkeypatch.delenv(name)
        self.set("DATA_DIR", str(folder))
        self.set("LANGUAGE", "en")

    def set(self, name, value):
        """One setting."""
        self._monkeypatch.setenv(f"LICENSE_DESK_{name}", value)

    def run(self, *arguments, stdin=""):
        """Run it to its end."""
        self._monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        root = logging.getLogger()
        handlers, level = root.handlers[:], root.level
        try:
            code = outcome([str(argument) for argument in arguments])
        except SystemExit as ended:
            code = ended.code
        finally:  # a program that logs does so to this test's own standard error
            root.handlers[:] = handlers
            root.setLevel(level)
        printed = self._capsys.readouterr()
        return Run(code, printed.out, printed.err)
