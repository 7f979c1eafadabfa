"""`license-desk audit verify`: is the trail intact? 0 yes, 1 no (the first place), 2 could not."""

from __future__ import annotations

import os
import sys

import click

from workflow.services import trail
from workflow.services.database import is_current, open_database
from workflow.settings import Settings

BROKEN = 1


@click.group("audit", help="Verify the trail.")
def command() -> None:
    """Verify the trail."""


@command.command("verify")
def verify() -> None:
    """Walk every chain; exit 0 intact, 1 broken (the first place is named), 2 could not run."""
    database = open_database(Settings.from_env(os.environ).database_url)
    try:
        if not is_current(database):
            message = "the database is empty or of another version: run `license-desk migrate`"
            raise click.ClickException(message)
        with database.reading() as session:
            verdict = trail.verify(session)
    finally:
        database.close()
    counted = f"{verdict.chains} chains, {verdict.events} events"
    if verdict.intact:
        click.echo(f"intact: {counted}")
        return
    click.echo(f"broken at {verdict.place}: {verdict.why} ({counted} read)")
    sys.exit(BROKEN)
