"""The worklist as a file: the rows of the address, or the ticked ones, as CSV or XLSX."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlmodel import Session

from web import downloads
from web.access import current_actor
from web.case_words import clock_name, coverage_line, kinds_line, word
from web.downloads import Leaving
from web.i18n import language
from web.ports import desk, now
from web.worklist_filters import in_order, wanted_of
from web.worklist_overview import GROUPS
from workflow.services import accounts, worklists
from workflow.services.desk import Entry, entries_named
from workflow.services.sheet_out import Row

MOST = 20_000
"""Rows of one file."""


def export() -> ResponseReturnValue:
    """Exactly what the list shows, in its order; ticked cases alone when some are ticked."""
    with desk().database.reading() as session:
        rows = _rows(session)
    leaving = Leaving("worklist", len(rows), downloads.asked())
    title = f"{gettext('工作台')}-{now().today}"
    return downloads.table(leaving, downloads.form_asked(), title, _head(), rows)


def _rows(session: Session) -> list[Row]:
    actor, ticked = current_actor(), request.values.getlist("case")
    if ticked:
        entries = entries_named(session, actor, now(), list(dict.fromkeys(ticked))[:200])
    else:
        wanted = wanted_of(request.args)
        found = worklists.every(session, actor, now(), wanted, MOST)
        entries = in_order(found, request.args)
    names = {str(account.id): account.name for account in accounts.everybody(session)}
    return [_row(entry, names) for entry in entries]


def _head() -> list[str]:
    return [
        gettext("案件编号"), gettext("企业"), gettext("事项"), gettext("业务"), gettext("省份"),
        gettext("状态"), gettext("紧急程度"), gettext("期限"), gettext("期限名称"),
        gettext("责任方"), gettext("已等天数"), gettext("卡点"), gettext("第一项卡点"),
        gettext("承办"),
    ]  # fmt: skip


def _row(entry: Entry, names: dict[str, str]) -> Row:
    line, told = entry.line, language()
    guard = word("guard", line.first_blocker).read(told) if line.first_blocker else ""
    clock = clock_name(line.next_clock).read(told) if line.next_clock else ""
    return [
        line.number, line.company, word("procedure", line.procedure).read(told),
        kinds_line(line.kinds), coverage_line(line.coverage), word("state", line.state).read(told),
        str(GROUPS[entry.bucket][0]), line.next_due, clock,
        word("turn", line.turn).read(told) if line.turn != "none" else "", entry.days_waiting,
        line.blockers, guard, names.get(line.handler_id, line.handler_id),
    ]  # fmt: skip
