"""Long work on the trail: verification with progress, from where an interrupted run came to."""

from __future__ import annotations

import time
from collections.abc import Generator, Mapping
from pathlib import Path
from typing import Any

from workflow.domain.acting import SYSTEM
from workflow.domain.procedure import Text
from workflow.law import catalogue
from workflow.services import trail, trail_export, verifying
from workflow.services.long_work import Errand, Report
from workflow.services.trail_export import Export, Reached
from workflow.services.verifying import Progress
from workflow.storage.database import Database

VERIFY, EXPORT = "verify_trail", "export_trail"
EVENTS = Text("条记录", "events")


def verify(database: Database, errand: Errand) -> Generator[Report, None, None]:
    """Walk the whole trail and keep the verdict; `given` names files of published checkpoints."""
    published = [Path(path) for path in errand.given.get("published", ())]
    begun = time.monotonic() - float(errand.figures.get("seconds", 0))
    with database.reading() as session:
        steps = _Steps(verifying.walk(session, published=published, cursor=errand.cursor))
        for step in steps:
            yield Report(step.done, step.total, step.cursor, figures=_seconds(begun))
    verdict = steps.verdict
    with database.transaction() as tx:
        trail.keep(tx, verdict, errand.moment, errand.actor or SYSTEM)
    told = {"place": verdict.place, "why": verdict.why, "unsealed": verdict.unsealed}
    yield Report(verdict.events, verdict.events, figures=_seconds(begun) | told)


def export(database: Database, errand: Errand) -> Generator[Report, None, None]:
    """Write the trail as filtered, batch by batch, for who asked."""
    if errand.actor is None:
        message = "an export is for a person"
        raise PermissionError(message)
    at, event_id = errand.given["below"]
    wanted = Export.from_given(errand.given)
    reached = trail_export.resumed(errand.cursor, (at, event_id))
    for part in trail_export.parts(database, wanted, errand.actor, errand.moment, reached):
        yield Report(reached.count, None, trail_export.cursor_of(reached), part, _told(reached))


def _told(reached: Reached) -> dict[str, Any]:
    return {"count": reached.count}


def exported(figures: Mapping[str, Any]) -> Text:
    """How much was written."""
    count = figures.get("count", 0)
    return Text(f"导出 {count:,} 条记录", f"{count:,} events exported")


class _Steps:
    """The steps of a walk, and its verdict once they have ended."""

    verdict: trail.Verdict

    def __init__(self, steps: Generator[Progress, None, trail.Verdict]) -> None:
        self._steps = steps

    def __iter__(self) -> Generator[Progress, None, None]:
        self.verdict = yield from self._steps


def _seconds(begun: float) -> dict[str, Any]:
    return {"seconds": round(time.monotonic() - begun, 1)}


def verified(figures: Mapping[str, Any]) -> Text:
    """What came out, in one sentence."""
    if not figures.get("place"):
        return Text("完整，未发现改动", "Intact, no change found")
    why = catalogue.label_of("break", figures["why"])
    return Text(
        f"记录链断开：{figures['place']}，{why.zh}", f"Chain broken at {figures['place']}: {why.en}"
    )
