"""`license-desk calendar`: load a year's holiday notice, or see what it moves; show the years."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click

from workflow.domain.acting import Moment
from workflow.domain.errors import BadInput
from workflow.domain.procedure import Text
from workflow.law import catalogue
from workflow.services import calendars, notice_faults, recounting
from workflow.services.calendars import Impact
from workflow.services.database import Database, open_database, upgrade
from workflow.services.notice_file import LARGEST, NoticeFile, notice_of, read_file
from workflow.settings import Settings, prepare_folder

MOST_SHOWN = 50


@click.group("calendar", help="Load a year's holiday notice; show which notices count.")
def command() -> None:
    """Load a year's holiday notice; show which notices count."""


@command.command("load", help="Load one year's notice from a YAML or JSON file.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only show which open deadlines would move.")
def load(file: Path, *, dry_run: bool) -> None:
    """Show what moves; unless it is a dry run, load the notice and recompute every open case."""
    told = read_file(_content(file))
    notice = notice_of(told)
    with _desk() as (database, moment, language):
        with database.reading() as session:
            for fault in notice_faults.faults(notice, moment.today):
                raise fault
            calendars.refuse_the_same(session, notice)
            _show_impact(calendars.impact(session, notice, moment.today), language)
        if not dry_run:
            version = _load(database, told, moment)
            said = Text(
                f"{notice.year} 年第 {version} 版已载入", f"{notice.year} version {version} loaded"
            )
            click.echo(said.read(language))


@command.command("show", help="Show the years, their notices and whether they are provisional.")
def show() -> None:
    """One line a year: notice, days, version, last day it speaks for."""
    with _desk() as (database, moment, language), database.reading() as session:
        for line in calendars.years(session, moment.today):
            notice = line.notice
            standing = (
                Text("暂定", "provisional") if notice.provisional else Text("已发布", "published")
            )
            version = f"v{notice.version}" if notice.version else "-"
            click.echo(
                f"{notice.year}  {standing.read(language)}  {version}"
                f"  {len(notice.off)}/{len(notice.workdays)}  {notice.notice.zh}"
            )


def _load(database: Database, told: NoticeFile, moment: Moment) -> int:
    with database.transaction() as tx:
        version = calendars.load(
            tx, notice_of(told), source=told.source, by="system", moment=moment
        )
    outcome = recounting.go_on(database, moment)
    if outcome.failed:
        raise BadInput(
            "file",
            Text(
                f"已载入，但有 {outcome.failed} 件没有重算成功，请看日志",
                f"Loaded, but {outcome.failed} cases could not be recomputed; see the log",
            ),
        )
    return version


def _show_impact(impact: Impact, language: str) -> None:
    moved, past = len(impact.moves), len(impact.into_past)
    said = Text(
        f"{impact.cases} 件在办案件中，{moved} 个期限变动，其中 {past} 个变到今天之前",
        f"{moved} deadlines of {impact.cases} open cases move, {past} of them into the past",
    )
    click.echo(said.read(language))
    for move in impact.moves[:MOST_SHOWN]:
        name = catalogue.label_of("clock", move.code).read(language)
        click.echo(f"  {move.number}  {move.code} {name}  {move.old} → {move.new}")
    if moved > MOST_SHOWN:
        click.echo(f"  … {moved - MOST_SHOWN}")


def _content(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(LARGEST + 1)


@contextmanager
def _desk() -> Iterator[tuple[Database, Moment, str]]:
    """The configured database, this moment, the language of what is printed."""
    settings = Settings.from_env(os.environ)
    prepare_folder(settings)
    upgrade(settings.owner_database_url)
    database = open_database(settings.database_url)
    try:
        yield database, Moment.of(datetime.now(UTC), settings.timezone), settings.language
    finally:
        database.close()
