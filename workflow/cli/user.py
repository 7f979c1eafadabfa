"""`license-desk user add NAME --role ROLE`: accounts from the command line."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime

import click

from workflow.domain.acting import SYSTEM, Moment
from workflow.services import account_admin, accounts
from workflow.services.database import open_database, upgrade
from workflow.settings import Settings, prepare_folder


@click.group("user", help="Add accounts.")
def command() -> None:
    """Add accounts."""


@command.command("add")
@click.argument("name")
@click.option("--role", required=True, type=click.Choice([r.value for r in accounts.PEOPLE]))
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@click.option("--display-name", default="", help="Shown on pages; the account name if left out.")
def add(name: str, role: str, *, password_stdin: bool, display_name: str) -> None:
    """Add an account with one role; asks for the password unless it comes on standard input."""
    settings = Settings.from_env(os.environ)
    prepare_folder(settings)
    password = (
        sys.stdin.readline().rstrip("\r\n")
        if password_stdin
        else click.prompt("Password", hide_input=True, confirmation_prompt=True)
    )
    upgrade(settings.owner_database_url)
    database = open_database(settings.database_url)
    try:
        with database.transaction() as tx:
            moment = Moment.of(datetime.now(UTC), settings.timezone)
            account_admin.add(
                tx, name, role, password, name=display_name, actor=SYSTEM, moment=moment
            )
    finally:
        database.close()
    click.echo(f"{name} ({role})")
