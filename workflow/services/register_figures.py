"""The figures at the head of the register: counted at every look while that is quick, else kept.

A register of many licenses is counted once a quarter of an hour; what is kept says when.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime

from workflow.domain.acting import Actor, Moment, Scope
from workflow.services.board import ATTENDED, STALE, STAMP
from workflow.services.desk import case_scope
from workflow.services.portfolio import Totals, risk_days
from workflow.storage import risks, roll_ups
from workflow.storage.database import Database
from workflow.storage.rows import compact

COUNTED_AT_ONCE = 5_000
"""Licenses in force up to which every look counts anew."""
_MARK = '{"register":'


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures and the instant they were counted at; None when that was this very look."""

    totals: Totals
    at: datetime | None = None


def open_figures(database: Database, actor: Actor, moment: Moment) -> Figures:
    """The figures of what this person may see; yesterday's, or an hour old, are counted anew."""
    scope = case_scope(actor)
    with database.reading() as session:
        kept = roll_ups.find(session, _view(scope))
        found = _read(kept[0], kept[1], moment) if kept else None
        totals = found.totals if found else risks.totals(session, scope, risk_days(moment.today))
    looked = replace(moment, at=moment.at - STALE).stamp
    if found is None and totals.valid > COUNTED_AT_ONCE:
        _keep(database, scope, totals, moment)
    elif found and kept and kept[2] < looked:
        with database.transaction() as tx:
            roll_ups.look(tx, _view(scope), at=moment.stamp)
    return found or Figures(totals)


def refresh(database: Database, now: Callable[[], Moment]) -> int:
    """Count anew what somebody looked at within a day; how many views."""
    moment = now()
    with database.reading() as session:
        since = replace(moment, at=moment.at - ATTENDED).stamp
        views = roll_ups.looked_at_since(session, since, _MARK)
    for view in views:
        companies, moment = json.loads(view)["register"], now()
        scope = Scope(None if companies is None else frozenset(companies))
        with database.reading() as session:
            totals = risks.totals(session, scope, risk_days(moment.today))
        with database.transaction() as tx:
            roll_ups.renew(tx, view, _content(totals, moment.today), at=moment.stamp)
    return len(views)


def _view(scope: Scope) -> str:
    return compact({"register": None if scope.companies is None else sorted(scope.companies)})


def _content(totals: Totals, today: date) -> str:
    nearest = totals.nearest.isoformat() if totals.nearest else None
    return compact({"day": today.isoformat(), "totals": asdict(totals) | {"nearest": nearest}})


def _keep(database: Database, scope: Scope, totals: Totals, moment: Moment) -> None:
    with database.transaction() as tx:
        roll_ups.keep(tx, _view(scope), _content(totals, moment.today), at=moment.stamp)


def _read(content: str, computed: str, moment: Moment) -> Figures | None:
    at = datetime.strptime(computed, STAMP).replace(tzinfo=UTC)
    told = json.loads(content)
    if moment.at - at > STALE or told["day"] != moment.today.isoformat():
        return None
    nearest = told["totals"]["nearest"]
    totals = told["totals"] | {"nearest": date.fromisoformat(nearest) if nearest else None}
    return Figures(Totals(**totals), at)
