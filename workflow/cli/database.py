"""The `migrate` command: the current schema, and every guard of the trail in its place."""

from __future__ import annotations

import os
from urllib.parse import unquote, urlsplit

import click

from workflow.services import guarding
from workflow.services.database import grant, open_database, upgrade
from workflow.settings import Settings, prepare_folder


@click.command("migrate")
def migrate() -> None:
    """Bring the database to the current schema; nothing happens when it is.

    A guard of the trail that was taken away or changed is put back, and named.
    """
    settings = Settings.from_env(os.environ)
    prepare_folder(settings)
    same = settings.owner_database_url == settings.database_url
    if same and not settings.embedded_database:
        click.echo(
            "LICENSE_DESK_OWNER_DATABASE_URL is not set: the owner of the tables also runs the "
            "desk and could change the trail",
            err=True,
        )
    click.echo(f"schema {upgrade(settings.owner_database_url)}")
    for name in guarding.restore(settings.owner_database_url):
        click.echo(
            f"the trigger {name} that guards the trail was missing, changed or off; it is back: "
            "run license-desk audit verify",
            err=True,
        )
    role = urlsplit(settings.database_url).username
    if role and not settings.embedded_database and not same:
        owner = open_database(settings.owner_database_url)
        try:
            grant(owner, unquote(role))
        finally:
            owner.close()
        click.echo(f"{unquote(role)} may append to the trail and not change it")
