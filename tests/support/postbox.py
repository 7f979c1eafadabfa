"""A real SMTP server on this machine that can be told to refuse, to be slow, or to be away."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from tests.support.desk_process import free_port


@dataclass
class Postbox:
    """What arrived.

    `refusals`: address to the answer it gets instead; `pause` in seconds; `trickle`: how many
    octets of an answer come, one every twentieth of a second, before the answer itself.
    """

    url: str = ""
    letters: list[EmailMessage] = field(default_factory=list)
    refusals: dict[str, str] = field(default_factory=dict)
    pause: float = 0
    trickle: int = 0

    async def handle_RCPT(  # noqa: N802 - the server calls it so
        self, server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        await asyncio.sleep(self.pause)
        for _ in range(self.trickle):
            server.transport.write(b"2")
            await asyncio.sleep(0.05)
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@contextmanager
def running() -> Iterator[Postbox]:
    """A server for the time of the block."""
    box, port = Postbox(), free_port()
    box.url = f"smtp://127.0.0.1:{port}"
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()
