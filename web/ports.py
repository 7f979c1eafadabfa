"""What the pages are handed when the program starts: settings, database, clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import current_app, g

from workflow.domain.acting import Moment
from workflow.services.database import Database
from workflow.settings import Settings


@dataclass(frozen=True)
class Desk:
    """Everything a view may reach.

    `ring` presses the doorbell after a commit that left something in the outbox.
    """

    settings: Settings
    database: Database
    clock: Callable[[], datetime]
    ring: Callable[[], None] | None = None


def desk() -> Desk:
    """The desk of the running application."""
    return cast("Desk", current_app.extensions["license_desk"])


def ring() -> None:
    """Press the doorbell, where there is one: something was left in the outbox."""
    press = desk().ring
    if press is not None:
        press()


def now() -> Moment:
    """The moment of this request; one request sees one moment."""
    if "moment" not in g:
        g.moment = Moment.of(desk().clock(), desk().settings.timezone)
    return cast("Moment", g.moment)
