"""`license-desk retention`: holds, erasure by two persons, files after their term."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import click
from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.services import accounts, erasure_list, retention
from workflow.services.database import Database, is_current, open_database
from workflow.services.files import shelf_at
from workflow.settings import Settings

_BY = click.option("--by", "login", required=True, help="The account that acts.")
_WHY = click.option("--reason", required=True, help="Why; kept beside the trail.")


@click.group("retention", help="Hold, erase and remove what is kept.")
def command() -> None:
    """Hold, erase and remove what is kept."""


@command.command("show")
def show() -> None:
    """Holds that stand and erasures that wait for a decision."""
    with _desk() as (database, *_), database.reading() as session:
        holds, waiting = retention.standing(session)
    for line in holds:
        click.echo(f"hold {line.id}: {line.company} {line.case_number} ({line.reason})")
    for asked in waiting:
        what = asked.field or "every field"
        click.echo(f"erasure {asked.id}: client {asked.company_id}, {what} ({asked.ground})")


@command.command("hold")
@click.argument("company", type=int)
@click.option("--case", "number", default="", help="Only this case of the client.")
@_WHY
@_BY
def hold(company: int, number: str, reason: str, login: str) -> None:
    """Nothing of this client, or of one case, is removed until the hold is released."""
    with _desk() as (database, moment, _), database.transaction() as tx:
        actor = _actor(tx, login)
        made = retention.hold(tx, company, number, reason, actor=actor, moment=moment)
    click.echo(f"hold {made}")


@command.command("release")
@click.argument("hold_id", type=int)
@_WHY
@_BY
def release(hold_id: int, reason: str, login: str) -> None:
    """End a hold."""
    with _desk() as (database, moment, _), database.transaction() as tx:
        retention.release(tx, hold_id, reason, actor=_actor(tx, login), moment=moment)
    click.echo(f"hold {hold_id} released")


@command.command("ask")
@click.argument("company", type=int)
@click.option("--field", default="", help="One kind of value; all of them if left out.")
@click.option("--ground", required=True, help="The legal ground.")
@_BY
def ask(company: int, field: str, ground: str, login: str) -> None:
    """Ask for the erasure of a client's personal values; another account decides."""
    with _desk() as (database, moment, _), database.transaction() as tx:
        actor = _actor(tx, login)
        made = retention.ask(tx, company, field, ground, actor=actor, moment=moment)
    click.echo(f"erasure {made} waits for another person")


@command.command("decide")
@click.argument("erasure_id", type=int)
@click.option("--approve/--refuse", required=True)
@_BY
def decide(erasure_id: int, *, approve: bool, login: str) -> None:
    """Approve or refuse an erasure."""
    with _desk() as (database, moment, _), database.transaction() as tx:
        actor = _actor(tx, login)
        gone = retention.decide(tx, erasure_id, approve=approve, actor=actor, moment=moment)
    click.echo(f"{gone} values erased" if approve else "refused")


@command.command("run")
def run() -> None:
    """Remove files whose term is over and that nothing holds."""
    with _desk() as (database, moment, settings):
        gone = retention.remove_files(database, shelf_at(settings.files_url), moment)
    click.echo(f"{gone} files removed")


@command.command("reapply")
def reapply() -> None:
    """Erase again what an old backup brought back, from the list beside the checkpoints."""
    with _desk() as (database, moment, settings):
        click.echo(again(database, settings, moment))


def again(database: Database, settings: Settings, moment: Moment) -> str:
    """Erase again, and say what was found."""
    path = erasure_list.beside(settings.checkpoint_path)
    found = erasure_list.reapply(database, path, moment)
    said = f"{found.erased} values that a backup brought back erased again"
    if found.held:
        said += f"; {found.held} stay under a hold"
    if found.unknown:
        said += f"; {found.unknown} lines of {path} are signed by a key this database does not know"
    return said


def _actor(tx: Session, login: str) -> Actor:
    account = accounts.by_login(tx, login)
    if account is None or not account.active:
        message = f"no account {login!r}"
        raise click.ClickException(message)
    return accounts.actor(tx, account)


@contextmanager
def _desk() -> Iterator[tuple[Database, Moment, Settings]]:
    settings = Settings.from_env(os.environ)
    database = open_database(settings.database_url)
    try:
        if not is_current(database):
            message = "the database is empty or of another version: run `license-desk migrate`"
            raise click.ClickException(message)
        yield database, Moment.of(datetime.now(UTC), settings.timezone), settings
    finally:
        database.close()
