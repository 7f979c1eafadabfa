"""The register as a file: exactly what the filters leave, soonest last day first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from flask.typing import ResponseReturnValue
from flask_babel import gettext

from web import downloads
from web.access import current_actor, needs
from web.bookmarks import carries
from web.downloads import Leaving
from web.i18n import language
from web.license_filters import read_filters
from web.license_page import READERS
from web.ports import desk, now
from workflow.domain.acting import Actor
from workflow.domain.errors import BadInput
from workflow.domain.procedure import Text
from workflow.services import accounts, portfolio, register_columns
from workflow.services.database import Database
from workflow.services.portfolio import Asked
from workflow.services.sheet_out import Row

MOST_IN_A_WORKBOOK = 20_000
"""A workbook is built whole before its first byte leaves; a CSV file streams however long."""


@needs(*READERS)
@carries({"form": downloads.FORMS}, file=True)
def export() -> ResponseReturnValue:
    """The licenses of this address as a file that can be read in again: CSV, or XLSX if asked."""
    form = downloads.form_asked()
    actor, today = current_actor(), now().today
    with desk().database.reading() as session:
        chosen = read_filters(accounts.names(session))
    told_in: register_columns.Language = "en" if language() == "en" else "zh"
    head = register_columns.head(told_in)
    rows = _rows(desk().database, actor, chosen.asked, today, told_in)
    with desk().database.reading() as session:
        _, licenses = portfolio.count(session, actor, chosen.asked)
    if form == "xlsx" and licenses > MOST_IN_A_WORKBOOK:
        raise _too_many(licenses)
    leaving = Leaving("register", licenses, downloads.asked())
    return downloads.table(leaving, form, f"{gettext('许可证台账')}-{today}", head, rows)


def _too_many(licenses: int) -> BadInput:
    return BadInput(
        "form",
        Text(
            f"XLSX 最多 {MOST_IN_A_WORKBOOK:,} 张，现在有 {licenses:,} 张：请缩小筛选，或导出 CSV",
            f"An XLSX file holds at most {MOST_IN_A_WORKBOOK:,} licenses, not {licenses:,}:"
            " narrow the filters or export CSV",
        ),
    )


def _rows(
    database: Database,
    actor: Actor,
    asked: Asked,
    today: date,
    told_in: register_columns.Language,
) -> Iterator[Row]:
    """Page by page, each in a reading of its own: a slow client holds no transaction open."""
    after: tuple[date, int] | None = None
    while True:
        with database.reading() as session:
            found = portfolio.page(session, actor, asked, today, after=after, duties=False)
        for held in found:
            yield register_columns.cells(held, told_in)
        if len(found) < portfolio.PAGE:
            return
        after = (found[-1].line.valid_to, found[-1].line.id)
