"""One `run` per data folder: a lock that lasts as long as its process, and says who holds it."""

from __future__ import annotations

import fcntl
import json
import os
from pathlib import Path

from workflow.domain.errors import DeskError
from workflow.domain.procedure import Text


class FolderTaken(DeskError):
    """Another run is at work on this data folder."""

    code = "TAKEN"


class FolderLock:
    """The lock on `run.lock` in the data folder. Its text is `{"pid", "address"}` of the holder."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir
        self._file = os.fdopen(os.open(data_dir / "run.lock", os.O_RDWR | os.O_CREAT, 0o600), "r+")
        self.left_behind = False

    def take(self, address: str) -> None:
        """Take the lock, or raise FolderTaken with who holds it.

        `left_behind` is true afterwards when the run before this one did not end by itself.
        """
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise FolderTaken(_who(self._file.read(), self._folder)) from error
        self.left_behind = bool(self._file.read())
        self._write(json.dumps({"pid": os.getpid(), "address": address}))

    def give_back(self) -> None:
        """Say that the run ended by itself, and let go."""
        self._write("")
        self._file.close()

    def _write(self, text: str) -> None:
        self._file.seek(0)
        self._file.truncate()
        self._file.write(text)
        self._file.flush()


def _who(text: str, folder: Path) -> Text:
    try:
        held = json.loads(text)
        pid, address = held["pid"], held["address"]
    except (ValueError, KeyError, TypeError):
        pid, address = "?", "?"
    return Text(
        f"许可办理台已在运行：进程 {pid}，{address}，数据文件夹 {folder}",
        f"License Desk is running already: process {pid}, {address}, data folder {folder}",
    )
