"""The doorbell: where the broker listens, and the ring that says there is something to send.

Nobody depends on a ring. It is pressed after the commit, gives up at once when nobody opens, and
never raises; without it a message leaves within the second.
"""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from redis import Redis

BELL = "desk:doorbell"
LONGEST_SOCKET_PATH = 100
PATIENCE = 0.2
REST = 5.0
_OWNER_ONLY = 0o700


def connect(url: str, *, patience: float | None = None) -> Redis:
    """A connection to the broker; `patience` bounds each answer, in seconds."""
    from redis import Redis  # noqa: PLC0415 - the web loads it with its first ring

    return Redis.from_url(url, socket_timeout=patience, socket_connect_timeout=patience or 5)


def ringer(url: str) -> Callable[[], None]:
    """What to call after a commit that left something in the outbox.

    A broker that does not answer within 0.2 s is left alone for 5 s.
    """
    quiet_until = 0.0

    def ring() -> None:
        nonlocal quiet_until
        if time.monotonic() < quiet_until:
            return
        from redis.exceptions import RedisError  # noqa: PLC0415

        try:
            with _impatient(url).pipeline(transaction=False) as both:
                both.lpush(BELL, 1)
                both.ltrim(BELL, 0, 0)
                both.execute()
        except (RedisError, OSError):
            quiet_until = time.monotonic() + REST

    return ring


@cache
def _impatient(url: str) -> Redis:
    """One connection pool per process that gives up at once."""
    from redis import Redis  # noqa: PLC0415
    from redis.backoff import NoBackoff  # noqa: PLC0415
    from redis.retry import Retry  # noqa: PLC0415

    return Redis.from_url(
        url,
        socket_timeout=PATIENCE,
        socket_connect_timeout=PATIENCE,
        retry=Retry(NoBackoff(), 0),
    )


def broker_url(configured: str | None, data_dir: Path) -> str:
    """The configured address, else that of the embedded broker of this data folder."""
    return configured or f"unix://{quote(str(socket_path(data_dir)))}"


def socket_path(data_dir: Path) -> Path:
    """Where the embedded broker of this data folder listens; the folder it is in is ours alone.

    A socket path may have some hundred bytes: under a longer data folder the socket lies in a
    private temporary folder, whose name is kept in the data folder.
    """
    folder = data_dir / "broker"
    folder.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
    near = folder / "socket"
    if len(os.fsencode(near)) <= LONGEST_SOCKET_PATH:
        return near
    note = folder / "socket.path"
    return (_noted(note) or _note(note)) / "socket"


def _noted(note: Path) -> Path | None:
    with contextlib.suppress(OSError, ValueError):
        folder = Path(note.read_text(encoding="utf-8"))
        found = folder.lstat()
        private = stat.S_IMODE(found.st_mode) == _OWNER_ONLY and found.st_uid == os.getuid()
        if stat.S_ISDIR(found.st_mode) and private:
            return folder
    return None


def _note(note: Path) -> Path:
    home = tempfile.gettempdir()
    if len(os.fsencode(home)) > LONGEST_SOCKET_PATH // 2:
        home = "/tmp"  # noqa: S108 - mkdtemp makes a private folder in it
    folder = tempfile.mkdtemp(prefix="desk-", dir=home)
    draft = note.with_suffix(f".{os.getpid()}")
    draft.write_text(folder, encoding="utf-8")
    draft.replace(note)
    return Path(folder)
