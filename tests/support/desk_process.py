"""The whole desk as a person starts it: `license-desk run --demo` on a folder of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 90.0


@dataclass
class Desk:
    """A running desk: where it answers, and the demo's passwords by login."""

    address: str
    folder: Path
    process: subprocess.Popen[str]
    passwords: dict[str, str]

    def stop(self) -> int:
        """End it as Ctrl-C would; its exit code."""
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.communicate(timeout=40)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        return self.process.returncode


def free_port() -> int:
    """A port below the range other programs' connections take."""
    for port in range(20000 + os.getpid() % 5000, 32000):
        with socket.socket() as tried:
            try:
                tried.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    message = "no free port below 32000"
    raise RuntimeError(message)


def start(folder: Path) -> Desk:
    """Start the demo and wait until it has printed its address."""
    port = free_port()
    environ = {k: v for k, v in os.environ.items() if not k.startswith("LICENSE_DESK_")}
    environ["LICENSE_DESK_DATA_DIR"] = str(folder)
    process = subprocess.Popen(
        [sys.executable, "-m", "workflow.cli.main", "run", "--demo", "--port", str(port)],
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said, until = "", time.monotonic() + PATIENCE
    while "Ctrl-C" not in said:
        line = process.stdout.readline() if process.stdout else ""
        said += line
        if not line or time.monotonic() > until:
            process.kill()
            message = f"the desk did not start: {said}"
            raise RuntimeError(message)
    accounts = json.loads((folder / "demo-accounts.json").read_text("utf-8"))
    passwords = {login: password for login, _, password in accounts}
    return Desk(f"http://127.0.0.1:{port}", folder, process, passwords)
