"""Every kind of long work, by the name it is asked for; a new one is a line here."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Mapping

from workflow.domain.procedure import Text
from workflow.services import (
    calendars,
    import_dry_run,
    import_work,
    importing,
    recounting,
    trail_work,
)
from workflow.services.long_work import Errand, Kind, Report
from workflow.storage.database import Database

SHARE = 1.0
"""Seconds of recounting between two reports."""


def follow_calendar(database: Database, errand: Errand) -> Generator[Report, None, None]:
    """Let every open case follow the holiday notices in use; each case keeps that it did."""
    moved = int(errand.figures.get("moved", 0))
    while True:
        outcome = recounting.go_on(database, errand.moment, enough=_in(SHARE))
        moved += outcome.moved
        with database.reading() as session:
            progress = calendars.progress(session)
        yield Report(progress.done, progress.total, figures={"moved": moved})
        if outcome.failed:
            message = f"{outcome.failed} cases could not follow"
            raise RuntimeError(message)
        if outcome.ended:
            return


def _in(seconds: float) -> Callable[[], bool]:
    until = time.monotonic() + seconds
    return lambda: time.monotonic() > until


def _followed(figures: Mapping[str, int]) -> Text:
    moved = figures.get("moved", 0)
    return Text(
        f"{moved} 件案件的期限有变动，都已写进案件的审计追踪",
        f"Deadlines moved in {moved} cases; each change is on the trail of its case",
    )


CASES = Text("件", "cases")
ROWS = Text("行", "rows")
KINDS: Mapping[str, Kind] = {
    calendars.RECOUNT: Kind(
        Text("按放假安排重算期限", "Deadlines recomputed after a holiday notice"),
        CASES,
        follow_calendar,
        _followed,
    ),
    importing.CHECK: Kind(
        Text("校验要导入的文件", "Check of a file to be read in"),
        ROWS,
        import_dry_run.run,
        import_dry_run.says,
    ),
    importing.ENTER: Kind(Text("登记导入的许可证", "Licenses read in"), ROWS, import_work.run),
    importing.UNDO: Kind(Text("撤销导入", "An import undone"), ROWS, import_work.run),
    trail_work.VERIFY: Kind(
        Text("验证审计追踪", "Verification of the trail"),
        trail_work.EVENTS,
        trail_work.verify,
        trail_work.verified,
    ),
    trail_work.EXPORT: Kind(
        Text("导出审计追踪", "Export of the trail"),
        trail_work.EVENTS,
        trail_work.export,
        trail_work.exported,
    ),
}
