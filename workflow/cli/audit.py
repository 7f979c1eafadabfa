"""`license-desk audit`: verify the trail, or seal it with a checkpoint.

`verify` exits with 0 intact, 1 broken (the first place), 2 could not run; for a proof pack also 3,
nothing broken but something not proven.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from workflow.cli import audit_pack, audit_seal
from workflow.law import catalogue
from workflow.services import trail
from workflow.services.database import Database, is_current, open_database
from workflow.settings import Settings

BROKEN = 1


@click.group("audit", help="Verify and seal the trail.")
def command() -> None:
    """Verify and seal the trail."""


@command.command("verify")
@click.option(
    "--checkpoint",
    "kept",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A checkpoint you kept, or a file of them, to compare with.",
)
@click.option("--bundle", type=click.Path(path_type=Path), help="A proof pack instead.")
def verify(kept: tuple[Path, ...], bundle: Path | None) -> None:
    """Walk every chain and the tree; exit 0 intact, 1 broken (the place is named), 2 could not."""
    for path in kept:
        if not path.read_bytes().strip():
            message = f"{path} holds no checkpoint: there is nothing to compare with"
            raise click.UsageError(message)
    if bundle:
        audit_pack.verify_pack(bundle, kept)
    with _trail() as (database, settings):
        verdict = trail.verify_all(database, published=(settings.checkpoint_path, *kept))
    counted = f"{verdict.chains} chains, {verdict.events} events"
    for what, where in verdict.notices:
        click.echo(f"notice: {catalogue.label_of('notice', what).en} ({where})")
    if not verdict.intact:
        told = catalogue.label_of("break", verdict.why).en
        click.echo(f"broken at {verdict.place}: {verdict.why} ({told}; {counted} read)")
        sys.exit(BROKEN)
    click.echo(f"intact: {counted}, not yet sealed: {verdict.unsealed}")


command.add_command(audit_pack.export)
command.add_command(audit_pack.replay)


@command.command("seal")
@click.option("--rotate-key", "rotate", is_flag=True, help="Sign with a new key from now on.")
@click.option("--key-lost", help="Why the key is lost; a new one signs alone.")
@click.option("--after-restore", help="Why an old backup is gone on with.")
def seal(*, rotate: bool, key_lost: str | None, after_restore: str | None) -> None:
    """Give every event its leaf and sign a checkpoint over the tree, now."""
    audit_pack.said(("--key-lost", key_lost), ("--after-restore", after_restore))
    with _trail() as (database, settings):
        audit_seal.seal(
            database,
            settings,
            rotate=rotate,
            key_lost=key_lost or "",
            after_restore=after_restore or "",
        )


@contextmanager
def _trail() -> Iterator[tuple[Database, Settings]]:
    """The database, current and open, and the settings that led to it."""
    settings = Settings.from_env(os.environ)
    database = open_database(settings.database_url)
    try:
        if not is_current(database):
            message = "the database is empty or of another version: run `license-desk migrate`"
            raise click.ClickException(message)
        yield database, settings
    finally:
        database.close()
