"""`license-desk audit seal`: a checkpoint now; also with a new key, or after an old backup."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import click

from workflow.cli.retention import again
from workflow.domain.acting import SYSTEM, Moment
from workflow.sealing_key import key_in_use, next_key, take_over
from workflow.services import checkpoints, resealing, sequencing
from workflow.services.checkpoints import Signing
from workflow.services.database import Database
from workflow.settings import Settings, prepare_folder


def seal(
    database: Database, settings: Settings, *, rotate: bool, key_lost: str, after_restore: str
) -> None:
    """Sign a checkpoint over every event and say where it was published."""
    if sum(map(bool, (rotate, key_lost, after_restore))) > 1:
        message = "one of --rotate-key, --key-lost and --after-restore at a time"
        raise click.UsageError(message)
    prepare_folder(settings)
    key = key_in_use(settings.sealing_key_path, checkpoints.last_key(database))
    path, moment = settings.sealing_key_path, Moment.of(datetime.now(UTC), settings.timezone)
    told: dict[str, Any] = {
        "actor": SYSTEM, "moment": moment, "published": settings.checkpoint_path,
    }  # fmt: skip
    if rotate:
        kept = resealing.rotate(database, (key, next_key(path)), **told)
        take_over(path)
    elif key_lost:
        kept = resealing.replace_lost(database, key, reason=key_lost, **told)
    elif after_restore:
        kept = resealing.restart(database, key, reason=after_restore, **told)
        click.echo(again(database, settings, moment))
    else:
        sequencing.catch_up(database, whole=True)
        kept = checkpoints.seal(database, Signing(key), moment, published=settings.checkpoint_path)
    click.echo(f"checkpoint {kept.id}: {kept.size} events")
    click.echo(f"{kept.note}\npublished in {settings.checkpoint_path}")
