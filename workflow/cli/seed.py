"""`license-desk seed`: play the demo files into an empty database."""

from __future__ import annotations

import os

import click

from workflow.cli import demo
from workflow.services.database import open_database, upgrade
from workflow.settings import Settings, prepare_folder


@click.command("seed", help="Play fixtures/demo into an empty database.")
def command() -> None:
    """Through the same services as the web; nothing is played into a database that has cases."""
    settings = Settings.from_env(os.environ)
    prepare_folder(settings)
    upgrade(settings.owner_database_url)
    database = open_database(settings.database_url)
    try:
        count = demo.seed(database, settings)
    finally:
        database.close()
    click.echo(f"{count} demo files played")
