"""The lifeline of a child process: when its parent is gone, it ends, and what it started ends.

The parent keeps the write end of a pipe and gives the read end to the child. However the parent
dies, the pipe closes. On Linux the kernel is asked to send a signal as well.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import MutableMapping

PIPE = "DESK_LIFELINE"
GRACE = 3.0
_PR_SET_PDEATHSIG = 1


def hold(environ: MutableMapping[str, str]) -> None:
    """Hold the lifeline named in the environment, if there is one; call it first of all.

    When it is cut the process gets SIGTERM, and three seconds later its whole group SIGKILL.
    """
    given = environ.pop(PIPE, "")
    if given.isdecimal():
        die_with_parent(signal.SIGTERM)
        threading.Thread(target=_watch, args=(int(given),), name="lifeline", daemon=True).start()


def die_with_parent(how: signal.Signals) -> None:
    """Ask the kernel to send `how` when the parent ends; where it cannot, a thread looks."""
    parent = os.getppid()
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, int(how))
        if os.getppid() != parent:
            os.kill(os.getpid(), how)
    else:  # pragma: no cover - the tests run on Linux
        threading.Thread(target=_look, args=(parent, how), name="lifeline", daemon=True).start()


def _watch(pipe: int) -> None:
    while os.read(pipe, 1):
        pass
    _tell_main_thread()
    time.sleep(GRACE)
    if os.getpgrp() == os.getpid():
        os.killpg(os.getpgrp(), signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)


def _tell_main_thread() -> None:
    signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)


def _look(parent: int, how: signal.Signals) -> None:  # pragma: no cover
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), how)
