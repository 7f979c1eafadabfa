"""`license-desk audit export` and `audit replay`: hand the trail out, and rebuild from it."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from workflow.domain.acting import Actor, Moment
from workflow.domain.checkpoint import NoteInvalid, parse
from workflow.domain.procedure import Role
from workflow.services import exporting, replaying
from workflow.services.auditing import audit_verify
from workflow.services.database import Database, is_current, open_database
from workflow.services.files import shelf_at
from workflow.settings import Settings

OPERATOR = Actor("command", "命令行", Role.ADMIN, kind="system")
DIFFERENT = BROKEN = 1
_DAY = click.DateTime(["%Y-%m-%d"])
_FILE = click.Path(path_type=Path, dir_okay=False)
_YEARS = (1900, 9998)
"""No trail is older, and a day after the last one still has to be a day."""


@click.command("export")
@click.option("--case", "number", help="One case, by its number.")
@click.option("--company", "company_id", type=int, help="One client, by its id.")
@click.option("--from", "first", type=_DAY, help="From this day (needs --to).")
@click.option("--to", "last", type=_DAY, help="To this day, itself included.")
@click.option("--all", "everything", is_flag=True, help="The whole trail.")
@click.option("-o", "path", type=_FILE, required=True, help="The proof pack to write.")
@click.option("--full", is_flag=True, help="With personal values; needs --reason.")
@click.option("--reason", default="", help="Why; kept on the trail.")
@click.option("--kept", multiple=True, type=_FILE, help="A checkpoint the auditor holds.")
def export(  # noqa: PLR0917 - one option each
    number: str | None,
    company_id: int | None,
    first: datetime | None,
    last: datetime | None,
    everything: bool,
    path: Path,
    full: bool,
    reason: str,
    kept: tuple[Path, ...],
) -> None:
    """Write a proof pack, and the stand-alone verifier beside it.

    The export is itself on the trail.
    """
    settings = Settings.from_env(os.environ)
    said(("--case", number), ("-o", path.name))
    days = first is not None and last is not None
    if (first is None) is not (last is None) or sum(
        (number is not None, company_id is not None, days, everything)
    ) != 1:
        message = "say one of --case N, --company N, --from D --to D, --all"
        raise click.UsageError(message)
    if full and not reason.strip():
        message = "--full hands out personal values: say why with --reason"
        raise click.UsageError(message)
    extent = exporting.Extent(number or "", company_id)
    if first and last:
        extent = exporting.Extent("", None, *_instants(first, last, settings.timezone))
    moment = Moment.of(datetime.now(UTC), settings.timezone)
    pack = exporting.Pack(extent, moment.stamp, OPERATOR.id, full, _sizes(kept))
    database = _opened(settings)
    try:
        _check(database, extent)
        with database.transaction() as tx:
            exporting.announce(tx, pack, reason.strip(), actor=OPERATOR, moment=moment)
        with database.reading() as session:
            made = exporting.export(session, path, pack, shelf_at(settings.files_url))
    except OSError as error:
        message = f"{path} cannot be written: {error.strerror}"
        raise click.ClickException(message) from error
    finally:
        database.close()
    click.echo(
        f"{path}: {made.events} events, {made.unsealed} not yet sealed; "
        f"check it with {path.with_name(audit_verify.NAME)}"
    )


@click.command("replay")
def replay() -> None:
    """Rebuild the tables from the trail alone: 0 equal, 1 differences, 2 could not run."""
    settings = Settings.from_env(os.environ)
    database = _opened(settings)
    try:
        with database.reading() as session:
            found = replaying.replay(session)
        with database.transaction() as tx:
            replaying.keep(tx, found, Moment.of(datetime.now(UTC), settings.timezone))
    finally:
        database.close()
    for one in found.found:
        click.echo(f"{one.subject} {one.field}: trail {one.trail}, table {one.table}")
    counted = f"{found.cases} cases, {found.licenses} licenses"
    older = f"; {found.older} cases in part, begun before 0014" if found.older else ""
    if found.differences:
        click.echo(f"{found.differences} differences ({counted}{older})")
        sys.exit(DIFFERENT)
    click.echo(f"equal: {counted}{older}")


def verify_pack(path: Path, kept: tuple[Path, ...]) -> None:
    """Check a proof pack as its stand-alone verifier does; ends the process with its answer."""
    language = "zh" if Settings.from_env(os.environ).language == "zh" else "en"
    own = [part for note in kept for part in ("--kept", str(note))]
    sys.exit(audit_verify.main([str(path), "--lang", language, *own]))


def said(*options: tuple[str, str | None]) -> None:
    """Refuse an option that was given with nothing in it: it would mean another thing."""
    for name, value in options:
        if value is not None and not value.strip():
            message = f"{name} is empty"
            raise click.UsageError(message)


def _opened(settings: Settings) -> Database:
    database = open_database(settings.database_url)
    if not is_current(database):
        database.close()
        message = "the database is empty or of another version: run `license-desk migrate`"
        raise click.ClickException(message)
    return database


def _check(database: Database, extent: exporting.Extent) -> None:
    with database.reading() as session:
        missing = exporting.missing(session, extent)
    if missing:
        raise click.ClickException(missing.en)


def _instants(first: datetime, last: datetime, zone: str) -> tuple[str, str]:
    """The days as instants (UTC): from the start of the first to before the end of the last."""
    own = ZoneInfo(zone)
    if not _YEARS[0] <= first.year <= last.year <= _YEARS[1] and first <= last:
        message = f"--from and --to are days of the years {_YEARS[0]} to {_YEARS[1]}"
        raise click.UsageError(message)
    ends = (first.replace(tzinfo=own), last.replace(tzinfo=own) + timedelta(1))
    if ends[0] >= ends[1]:
        message = "--to is before --from"
        raise click.UsageError(message)
    since, until = (Moment.of(end, zone).stamp for end in ends)
    return since, until


def _sizes(paths: tuple[Path, ...]) -> list[int]:
    try:
        texts = [path.read_bytes().decode() for path in paths]
        notes = [note for text in texts for note in audit_verify.notes_in(text)]
        return [parse(note).checkpoint.size for note in notes]
    except (OSError, UnicodeDecodeError, NoteInvalid) as error:
        message = f"not a checkpoint: {error}"
        raise click.UsageError(message) from error
