"""The life of an import: a file is kept, checked, confirmed, entered, and can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.domain.errors import NotFound, NotOffered, RoleMissing
from workflow.domain.procedure import Role, Text
from workflow.services import long_work
from workflow.services.import_check import Fault, Findings, Row
from workflow.services.import_updates import Update
from workflow.services.sheet_in import Line, Sheet
from workflow.storage import imports
from workflow.storage.imports import Batch, BatchLine, Entry

__all__ = ["Batch", "BatchLine", "Entry"]
CHECK, ENTER, UNDO = "import_check", "import", "import_undo"
"""The kinds of long work: to check the rows of a file, to enter them, to take them back."""
_NONE = Text("没有可导入的行", "There is no row to enter")
_TICK = Text(
    "没有新的许可证可导入；要按文件更新已有的，请先勾选“同时按文件更新”",
    "There is no new license to enter. To change those that differ, tick the box first",
)
WRITERS = (Role.HANDLER, Role.REVIEWER)
UNDO_WITHIN = timedelta(hours=24)
DRAFTS_KEPT = timedelta(days=2)
MOST_LISTED = 20
_STAMP = "%Y-%m-%dT%H:%M:%S.%fZ"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import has come; `total` rows were good when it was confirmed."""

    total: int
    entered: int = 0
    updated: int = 0
    refused: int = 0
    undone: int = 0
    kept: int = 0
    new_companies: int = 0

    @property
    def done(self) -> int:
        """Rows with an outcome."""
        return self.entered + self.updated + self.refused + self.undone + self.kept

    @property
    def taken_back(self) -> int:
        """Rows that undoing has looked at."""
        return self.undone + self.kept


def start(
    tx: Session,
    sheet: Sheet,
    file_name: str,
    columns: Sequence[str],
    *,
    actor: Actor,
    moment: Moment,
) -> int:
    """Keep a file that was read; nothing of it is in the register. Returns the import's id."""
    _may_import(actor)
    account = int(actor.id)
    imports.drop_drafts(tx, account, (moment.at - DRAFTS_KEPT).strftime(_STAMP))
    return imports.open_batch(
        tx,
        account_id=account,
        file_name=file_name[-200:],
        head=sheet.head,
        lines=[[line.no, line.cells, line.note] for line in sheet.lines],
        columns=list(columns),
        checked={},
        made_at=moment.stamp,
    )


def mine(session: Session, ident: int, actor: Actor, *, lock: bool = False) -> Batch:
    """An import of this person. Raises NotFound for anybody else's."""
    found = imports.batch(session, ident, lock=lock)
    if found is None or str(found.account_id) != actor.id:
        raise NotFound
    return found


def recent(session: Session, actor: Actor) -> list[BatchLine]:
    """This person's newest imports."""
    return imports.batches(session, int(actor.id), MOST_LISTED)


def lines(batch: Batch) -> list[Line]:
    """The rows of the file."""
    return [Line(*parts) for parts in batch.lines]


def keep_check(
    tx: Session, ident: int, columns: Sequence[str], found: Findings, *, actor: Actor
) -> None:
    """Keep what the columns hold and what the check found."""
    _draft(tx, ident, actor)
    imports.change(tx, ident, columns=list(columns), checked=_as_kept(found))


def check_later(
    tx: Session, ident: int, columns: Sequence[str], *, actor: Actor, moment: Moment
) -> int:
    """Keep what the columns hold and ask for the check as long work; its id."""
    _draft(tx, ident, actor)
    asked = {"import": ident, "columns": list(columns)}
    work = long_work.ask(tx, CHECK, asked, actor=actor, moment=moment)
    imports.change(tx, ident, columns=list(columns), checked={"work": work, "read": 0})
    return work


def keep_part(tx: Session, ident: int, work: int, found: Findings, read: int | None) -> bool:
    """Keep how far a check has come, None: to its end. False when it is not wanted any more."""
    batch = imports.batch(tx, ident, lock=True)
    if batch is None or batch.state != "draft" or batch.checked.get("work") != work:
        return False
    rest = {} if read is None else {"work": work, "read": read}
    imports.change(tx, ident, checked=_as_kept(found) | rest)
    return True


def checking(batch: Batch) -> int | None:
    """The long work that checks this file and has not come to its end, or None."""
    work = batch.checked.get("work")
    return int(work) if work else None


def so_far(batch: Batch) -> Findings:
    """What a check has found."""
    return Findings(good_rows(batch), faults(batch), updates(batch))


def _as_kept(found: Findings) -> dict[str, Any]:
    return {
        "rows": [asdict(row) for row in found.rows],
        "faults": [[f.no, f.field, f.says.zh, f.says.en] for f in found.faults],
        "updates": [asdict(update) for update in found.updates],
    }


def good_rows(batch: Batch) -> list[Row]:
    """The rows to enter."""
    return [Row(**told) for told in batch.checked.get("rows", ())]


def updates(batch: Batch) -> list[Update]:
    """The licenses that rows of the file say something else of."""
    return [Update(**told) for told in batch.checked.get("updates", ())]


def to_update(batch: Batch) -> list[Update]:
    """Those that were confirmed to be changed."""
    return updates(batch) if batch.checked.get("apply") else []


def faults(batch: Batch) -> list[Fault]:
    """The rows with a fault, in the order of the file."""
    found = [
        Fault(no, field, Text(zh, en)) for no, field, zh, en in batch.checked.get("faults", ())
    ]
    return sorted(found, key=lambda fault: fault.no)


def confirm(tx: Session, ident: int, *, actor: Actor, moment: Moment, update: bool = False) -> None:
    """Ask for the good rows to be entered; asked again, what was stopped goes on.

    `update`: licenses that the file says something else of are changed as well.
    """
    _may_import(actor)
    batch = mine(tx, ident, actor, lock=True)
    wanted = good_rows(batch) or (update and updates(batch)) or to_update(batch)
    if batch.state not in ("draft", "running") or checking(batch) or not wanted:
        raise NotOffered(_TICK if updates(batch) and not update else _NONE)
    if batch.state == "draft":
        checked = batch.checked | {"apply": update}
        imports.change(tx, ident, state="running", confirmed_at=moment.stamp, checked=checked)
    long_work.ask(tx, ENTER, {"import": ident}, actor=actor, moment=moment)


def may_undo(batch: Batch, moment: Moment) -> bool:
    """True for 24 hours after it was confirmed; one that is still being entered stops there."""
    return (
        batch.state in ("running", "done", "undoing")
        and moment.at - _instant(batch.confirmed_at) <= UNDO_WITHIN
    )


def undo(tx: Session, ident: int, *, actor: Actor, moment: Moment) -> None:
    """Ask for every row to be taken back. Raises NotOffered when it is too late or was asked."""
    _may_import(actor)
    if not may_undo(mine(tx, ident, actor, lock=True), moment):
        raise NotOffered(
            Text(
                "这批导入现在不能撤销：确认后 24 小时内可以",
                "It cannot be undone now: that is open for 24 hours after it was confirmed",
            )
        )
    imports.change(tx, ident, state="undoing", undone_at=moment.stamp)
    long_work.ask(tx, UNDO, {"import": ident}, actor=actor, moment=moment)


def progress(session: Session, batch: Batch) -> Progress:
    """How far it has come."""
    total = len(batch.checked.get("rows", ())) + len(to_update(batch))
    return Progress(total=total, **imports.tally(session, batch.id))


def left_out(session: Session, ident: int) -> list[Entry]:
    """Rows that were good when checked and could not be entered, or not be taken back."""
    return [
        *imports.entries(session, ident, "refused", limit=200),
        *imports.entries(session, ident, "kept", limit=200),
    ]


def _draft(tx: Session, ident: int, actor: Actor) -> Batch:
    _may_import(actor)
    batch = mine(tx, ident, actor, lock=True)
    if batch.state != "draft":
        raise NotOffered(Text("这批导入已经确认", "This import has been confirmed already"))
    return batch


def _may_import(actor: Actor) -> None:
    if actor.role not in WRITERS:
        raise RoleMissing


def _instant(stamp: str) -> datetime:
    return datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
