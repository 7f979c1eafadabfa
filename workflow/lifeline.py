"""How a process ends: when it is asked to, and when its parent is gone, with all it started.

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
from types import FrameType

PIPE = "DESK_LIFELINE"
START = "DESK_START"
GRACE = 3.0
_PR_SET_PDEATHSIG = 1


class StopRequest:
    """Called, it is true once SIGTERM, Ctrl-C or a closed terminal asked this process to stop."""

    def __init__(self) -> None:
        self._asked = False
        for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(sign, self._ask)

    def __call__(self) -> bool:
        return self._asked

    def _ask(self, _sign: int, _frame: FrameType | None) -> None:
        self._asked = True


def hold(environ: MutableMapping[str, str]) -> None:
    """Hold the lifeline named in the environment, if there is one; call it first of all.

    When it is cut the process gets SIGTERM, and three seconds later its whole group SIGKILL.
    """
    given = environ.pop(PIPE, "")
    if given.isdecimal():
        die_with_parent(signal.SIGTERM)
        threading.Thread(target=_watch, args=(int(given),), name="lifeline", daemon=True).start()


def await_start(environ: MutableMapping[str, str]) -> None:
    """Wait for the parent's sign to begin, if it gives one: it closes the pipe named there.

    A child calls it when it has loaded, so that loading takes place while the parent prepares.
    """
    given = environ.pop(START, "")
    if given.isdecimal():
        while os.read(int(given), 1):
            pass


def die_with_parent(how: signal.Signals) -> None:
    """Ask the kernel to send `how` when the parent ends; where it cannot, a thread looks.

    The parent must have started us from its main thread: the kernel watches that thread.
    """
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
    if sys.platform != "linux":  # pragma: no cover - on Linux the kernel has sent it already
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)
    time.sleep(GRACE)
    if os.getpgrp() == os.getpid():
        os.killpg(os.getpgrp(), signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)


def _look(parent: int, how: signal.Signals) -> None:  # pragma: no cover
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), how)
