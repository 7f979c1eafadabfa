"""One share of long work: from its last report, until it is done, cancelled or time is up.

An edge, like a tick: it opens the transactions. Whoever is killed loses what was not reported.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from typing import Literal

from workflow.domain.acting import Actor, Moment
from workflow.services import accounts
from workflow.services.delivery import Claim
from workflow.services.long_kinds import KINDS
from workflow.services.long_work import Errand, Kind, Report
from workflow.storage import long_work
from workflow.storage.database import Database
from workflow.storage.long_work import WorkRow
from workflow.storage.rows import compact

Ending = Literal["ended", "more"]
QUIET = 0.4
"""Seconds between two reports that are written, unless one brings a part."""


def go_on(
    database: Database,
    claim: Claim,
    now: Callable[[], Moment],
    *,
    enough: Callable[[], bool] = lambda: False,
) -> Ending:
    """Carry the work of this claim on; "more" when there is still something to do.

    Ended is also what was cancelled, or is carried on by a later claim. What fails is raised and
    stays where its last report was.
    """
    with database.transaction() as tx:
        row = long_work.start(tx, claim.id, fence=claim.fence, at=now().stamp)
    if row is None:
        return "ended"
    kind, errand = KINDS[row.kind], _errand(database, row, now())
    written, last = time.monotonic(), None
    with closing(kind.run(database, errand)) as reports:
        for report in reports:
            if report.part is None and time.monotonic() - written < QUIET and not enough():
                last = report
                continue
            last, written = None, time.monotonic()
            if not _keep(database, row, claim, report, now()):
                return "ended"
            if enough():
                return "more"
    if last is not None and not _keep(database, row, claim, last, now()):
        return "ended"
    _finish(database, row, kind, claim, now())
    return "ended"


def _errand(database: Database, row: WorkRow, moment: Moment) -> Errand:
    return Errand(
        row.id,
        json.loads(row.given),
        _asker(database, row),
        moment,
        row.cursor,
        row.done,
        row.total,
        json.loads(row.figures),
    )


def _asker(database: Database, row: WorkRow) -> Actor | None:
    """Who asked, with the role and clients of now. Raises PermissionError for a locked account."""
    if row.account_id is None:
        return None
    with database.reading() as session:
        account = accounts.by_id(session, row.account_id)
        if account is None or not account.active:
            message = "the account that asked is locked"
            raise PermissionError(message)
        return accounts.actor(session, account)


def _keep(database: Database, row: WorkRow, claim: Claim, report: Report, moment: Moment) -> bool:
    with database.transaction() as tx:
        return long_work.report(
            tx,
            row.id,
            fence=claim.fence,
            done=report.done,
            total=report.total,
            cursor=report.cursor,
            figures=compact(report.figures),
            part=report.part,
            at=moment.stamp,
        )


def _finish(database: Database, row: WorkRow, kind: Kind, claim: Claim, moment: Moment) -> None:
    until = replace(moment, at=moment.at + kind.kept).stamp
    with database.transaction() as tx:
        if long_work.finish(tx, row.id, fence=claim.fence, at=moment.stamp, expires_at=until):
            long_work.tell(tx, row.id, at=moment.stamp)
