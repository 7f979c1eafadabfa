"""Long work: whatever takes longer than a second is asked for here and done by a job.

How to use it. The kind of work is one line of `long_kinds.KINDS`: a `Kind` with a generator

    def run(database: Database, errand: Errand) -> Generator[Report]: ...

that reads in transactions of its own and yields a `Report` at least every five seconds: how much
is `done` of `total`, the `cursor` from which another run would go on, perhaps the next `part` of
the file and the `figures` that came out. Part and cursor are kept in one transaction, so a run that
was killed, or ran twice, goes on behind its last report: begin at `errand.cursor` with
`errand.done`. A view asks in its transaction, rings, and sends the person to the page of the work:

    work_id = long_work.ask(tx, "trail_export", given, actor=actor, moment=now(), file=(name, type))
    return redirect(url_for("long_work.show", work_id=work_id), 303)   # /progress/<id>

Bar, count, cancel, download (`/progress/<id>/file`), expiry and failure are the page's business.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, Literal

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.domain.errors import NotFound
from workflow.domain.procedure import Role, Text
from workflow.storage import incidents, long_work, outbox
from workflow.storage.database import Database
from workflow.storage.long_work import WorkRow
from workflow.storage.rows import compact

WORK = "work"
"""The kind of outbox row that belongs to long work."""
KEPT = timedelta(days=7)
SILENT = timedelta(seconds=90)
PAGE = 20
Stage = Literal["waiting", "running", "interrupted", "failed", "cancelled", "finished"]


@dataclass(frozen=True, slots=True)
class Errand:
    """What a run is handed: what was asked, by whom, and where an earlier run came to."""

    id: int
    given: Mapping[str, Any]
    actor: Actor | None
    moment: Moment
    cursor: str = ""
    done: int = 0
    total: int | None = None
    figures: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """How far a run has come. `total` None: not known; `figures` replace the earlier ones."""

    done: int
    total: int | None = None
    cursor: str = ""
    part: bytes | None = None
    figures: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of long work: what people call it, what it counts, and who does it.

    `says` turns the figures into the sentence of the result; `kept` is how long a file stays.
    """

    label: Text
    unit: Text
    run: Callable[[Database, Errand], Generator[Report, None, None]]
    says: Callable[[Mapping[str, Any]], Text] | None = None
    kept: timedelta = KEPT


@dataclass(frozen=True, slots=True)
class Work:
    """One piece of long work as its page shows it. Stamps are UTC, empty when not reached."""

    id: int
    kind: str
    account_id: int | None
    given: Mapping[str, Any]
    stage: Stage
    done: int
    total: int | None
    figures: Mapping[str, Any]
    file_name: str
    file_type: str
    size: int
    has_file: bool
    asked_at: str
    started_at: str
    ended_at: str
    expires_at: str
    attempts: int
    error: str

    @property
    def live(self) -> bool:
        """True while it may still move."""
        return self.stage in ("waiting", "running", "interrupted")

    @property
    def percent(self) -> int | None:
        """How much is done; None while nobody knows how much there is."""
        return None if not self.total else min(100, 100 * self.done // self.total)


def ask(
    tx: Session,
    kind: str,
    given: Mapping[str, Any],
    *,
    actor: Actor | None,
    moment: Moment,
    file: tuple[str, str] = ("", ""),
) -> int:
    """Ask for work in the caller's transaction; the id of its page.

    The same work of the same person that has not ended is not begun twice. `file` is the name and
    type of what it makes; `actor` None: the system itself asks.
    """
    account = int(actor.id) if actor and actor.id.isdigit() else None
    asked = compact(given)
    earlier = long_work.live(tx, kind, account, asked)
    if earlier is not None:
        return earlier
    return long_work.insert(
        tx,
        outbox_id=outbox.ask(tx, WORK, at=moment.stamp),
        kind=kind,
        account_id=account,
        grounds=grounds(actor) if actor else "",
        given=asked,
        file_name=file[0],
        file_type=file[1],
        at=moment.stamp,
    )


def show(session: Session, work_id: int, *, actor: Actor, moment: Moment) -> Work:
    """One's own work; an administrator sees everybody's. Raises NotFound for any other."""
    return _work(_open(session, work_id, actor), moment)


def recent(
    session: Session, actor: Actor | None, moment: Moment, *, before: int | None = None
) -> list[Work]:
    """One's own work (None: everybody's), the newest first."""
    account = int(actor.id) if actor else None
    found = long_work.of_account(session, account, before=before, limit=PAGE)
    return [_work(row, moment) for row in found]


def newest(session: Session, kind: str, moment: Moment) -> Work | None:
    """The newest work of a kind, whoever asked for it."""
    found = long_work.newest(session, kind)
    return _work(found, moment) if found else None


def cancel(tx: Session, work_id: int, *, actor: Actor, moment: Moment) -> bool:
    """End it where it is; what was made of its file goes. False when it has ended already."""
    _open(tx, work_id, actor)
    return long_work.cancel(tx, work_id, at=moment.stamp)


def retry(tx: Session, work_id: int, *, actor: Actor) -> bool:
    """Try failed work again from its last report. False when it has not failed."""
    found = _open(tx, work_id, actor)
    if found.sent != "incident":
        return False
    incidents.reopen(tx, found.outbox_id)
    return True


def file_of(session: Session, work_id: int, *, actor: Actor, moment: Moment) -> Work:
    """Work with a file this person may have now.

    Raises NotFound when there is none, it has expired, it is somebody else's, or the person's
    role or clients have changed since it was asked for: then it is asked for anew.
    """
    found = long_work.by_id(session, work_id)
    mine = found is not None and str(found.account_id) == actor.id
    if not mine or found is None or found.grounds != grounds(actor):
        raise NotFound
    work = _work(found, moment)
    if not work.has_file:
        raise NotFound
    return work


def parts(database: Database, work_id: int) -> Iterator[bytes]:
    """The file, part by part; memory holds one of them."""
    with database.reading() as session:
        yield from long_work.parts_of(session, work_id)


def drop_expired(tx: Session, moment: Moment) -> int:
    """Remove the files whose day has come; how many."""
    ids = long_work.expired(tx, now=moment.stamp)
    if ids:
        long_work.drop_parts(tx, ids)
    return len(ids)


def grounds(actor: Actor) -> str:
    """The role and clients that a file was made for."""
    companies = actor.scope.companies
    return compact([actor.role.value, None if companies is None else sorted(companies)])


def _open(session: Session, work_id: int, actor: Actor) -> WorkRow:
    found = long_work.by_id(session, work_id)
    if found is None or (actor.role is not Role.ADMIN and str(found.account_id) != actor.id):
        raise NotFound
    return found


def _work(row: WorkRow, moment: Moment) -> Work:
    return Work(
        id=row.id,
        kind=row.kind,
        account_id=row.account_id,
        given=json.loads(row.given),
        stage=_stage(row, moment),
        done=row.done,
        total=row.total,
        figures=json.loads(row.figures),
        file_name=row.file_name,
        file_type=row.file_type,
        size=row.size,
        has_file=row.state == "finished" and row.parts > 0 and row.expires_at > moment.stamp,
        asked_at=row.asked_at,
        started_at=row.started_at,
        ended_at=row.ended_at,
        expires_at=row.expires_at,
        attempts=row.attempt,
        error=row.error,
    )


def _stage(row: WorkRow, moment: Moment) -> Stage:
    """As kept; failed when the outbox gave it up, interrupted when nobody reported for long."""
    if row.state in ("cancelled", "finished"):
        return "cancelled" if row.state == "cancelled" else "finished"
    if row.sent == "incident":
        return "failed"
    if row.state == "waiting":
        return "waiting"
    silent = replace(moment, at=moment.at - SILENT).stamp
    return "interrupted" if row.beat_at <= silent else "running"
