"""What is kept and for how long: holds, lawful erasure by two persons, files after their term."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import SYSTEM, Actor, Moment
from workflow.domain.errors import BadInput, DeskError, NotFound, RoleMissing
from workflow.domain.procedure import Role, State, Text
from workflow.law.keeping import FILES, VALUES, Keeping, months_on
from workflow.services.advance import record_about
from workflow.services.files import Shelf
from workflow.services.sealing import OFFICE, Request
from workflow.storage import blanking
from workflow.storage import retention as rows
from workflow.storage.database import Database
from workflow.storage.retention import Asked, HoldLine

__all__ = ["Asked", "HoldLine", "Kept"]

_MAY = (Role.MANAGER, Role.ADMIN)
FINAL = ", ".join(f"'{s.value}'" for s in (State.APPROVED, State.REJECTED, State.WITHDRAWN))
_PERSONAL = frozenset({"reason", "ground"})


class Kept(DeskError):
    """This must still be kept."""

    code = "KEPT"


def standing(session: Session) -> tuple[list[HoldLine], list[Asked]]:
    """Holds that stand and requests that wait."""
    return rows.holds(session), rows.waiting(session)


def hold(tx: Session, company_id: int, number: str, reason: str, *, actor: Actor,
         moment: Moment, request: Request = Request()) -> int:  # noqa: B008  # fmt: skip
    """Put a client, or with a number one of its cases, on hold: nothing of it is removed.

    Raises NotFound, RoleMissing, and BadInput without a reason.
    """
    case = rows.case_of(tx, number) if number else None
    if number and (case is None or case[1] != company_id):
        raise NotFound
    reason = _checked(reason, "reason")
    told = [_change("hold", None, number or "client"), _change("reason", None, reason)]
    _tell(tx, "hold", told, (actor, moment, request), company_id)
    return rows.hold(
        tx, company_id=company_id, case_id=case[0] if case else None, reason=reason,
        by=actor.id, at=moment.stamp,
    )  # fmt: skip


def release(tx: Session, hold_id: int, reason: str, *, actor: Actor, moment: Moment,
            request: Request = Request()) -> None:  # noqa: B008  # fmt: skip
    """End a hold. Raises NotFound when it does not stand."""
    found = next((line for line in rows.holds(tx) if line.id == hold_id), None)
    if found is None:
        raise NotFound
    told = [
        _change("hold", found.case_number or "client", None),
        _change("reason", None, _checked(reason, "reason")),
    ]
    _tell(tx, "release_hold", told, (actor, moment, request), found.company_id)
    rows.release(tx, hold_id, by=actor.id, at=moment.stamp)


def ask(tx: Session, company_id: int, field: str, ground: str, *, actor: Actor,
        moment: Moment, request: Request = Request()) -> int:  # noqa: B008  # fmt: skip
    """Ask for the erasure of a client's personal values (of one field, or all when empty).

    Raises Kept while the term runs or a hold stands, BadInput without a ground.
    """
    ground = _checked(ground, "ground")
    _must_not_be_kept(tx, company_id, moment)
    told = [_change("field", None, field or "all"), _change("ground", None, ground)]
    _tell(tx, "ask_erasure", told, (actor, moment, request), company_id)
    return rows.ask(
        tx, company_id=company_id, field=field, ground=ground, by=actor.id, at=moment.stamp
    )


def decide(tx: Session, erasure_id: int, *, approve: bool, actor: Actor, moment: Moment,
           request: Request = Request()) -> int:  # noqa: B008  # fmt: skip
    """Approve or refuse a request as another person than who asked; how many values are gone.

    Value and salt go, the commitment stays: every chain stays valid. What client, licenses and
    cases say of it now is emptied with it, and so is every text that names the person. Sealed
    events that say the name in clear stay, and the event of the erasure says how many.
    """
    found = rows.asked(tx, erasure_id)
    if found is None or found.state != "asked":
        raise NotFound
    if found.requested_by == actor.id:
        raise BadInput(
            "approver",
            Text("申请人不能自己批准", "Whoever asked cannot decide; another person must"),
        )
    if not approve:
        _tell(tx, "refuse_erasure", [], (actor, moment, request), found.company_id)
        rows.decide(tx, erasure_id, state="refused", by=actor.id, at=moment.stamp)
        return 0
    _must_not_be_kept(tx, found.company_id, moment)
    gone = rows.values_of(tx, found.company_id, found.field)
    gone += blanking.naming(tx, found.company_id, gone)
    told = [_change("ground", None, found.ground)]
    given: dict[str, Any] = {
        "requester": found.requested_by,
        "approver": actor.id,
        "commitments": gone,
    }
    if left := blanking.in_clear(tx, found.company_id, gone):
        given["in_clear"] = left
    seq = _tell(tx, "erase", told, (actor, moment, request), found.company_id, given)
    wipe(tx, found.company_id, gone, day=moment.today, seq=seq)
    rows.decide(tx, erasure_id, state="done", by=actor.id, at=moment.stamp)
    return len(gone)


def wipe(
    tx: Session, company_id: int | None, commitments: Collection[str], *, day: date, seq: int
) -> None:
    """Take values away for good under the office's event `seq`; a tombstone stays for each.

    What a client's rows say of them goes first, while the values can still be read.
    """
    if company_id is not None:
        blanking.blank(tx, company_id, commitments)
    for commitment in commitments:
        rows.forget(tx, commitment)
        rows.remove(tx, "value", commitment, company_id=company_id, day=day, seq=seq)


def remove_files(database: Database, shelf: Shelf, moment: Moment) -> int:
    """Remove files whose term is over and that nothing holds; how many.

    The tombstone is committed first; a run that was cut short removes the rest next time.
    """
    before = ended_before(FILES, moment)
    removed = 0
    while True:
        with database.transaction() as tx:
            count = _bury(tx, before, moment)
        removed += count
        if not count:
            break
    with database.reading() as session:
        for file_hash in rows.removed_files(session):
            shelf.drop(file_hash)
    return removed


def ended_before(keeping: Keeping, moment: Moment) -> str:
    """The instant before which something ended whose term is over now."""
    day = months_on(moment.at.date(), -(keeping.months or 0))
    return replace(moment, at=datetime.combine(day, moment.at.timetz())).stamp


def _bury(tx: Session, before: str, moment: Moment) -> int:
    """Tombstones for one batch of files, under one event."""
    found = rows.ended_files(tx, before, FINAL)
    if found:
        given = {"rule": FILES.code, "files": [file.hash for file in found]}
        seq = _tell(tx, "remove_files", [], (SYSTEM, moment, Request()), None, given)
        for file in found:
            rows.remove(
                tx, "file", file.hash, company_id=file.company_id, day=moment.today, seq=seq
            )
    return len(found)


def _must_not_be_kept(tx: Session, company_id: int, moment: Moment) -> None:
    held = next((line for line in rows.holds(tx) if line.company_id == company_id), None)
    if held is not None:
        raise Kept(
            Text(
                f"第 {held.id} 号冻结未解除，什么都不能删除",
                f"hold {held.id} stands; nothing is removed under it",
            )
        )
    running, last = rows.open_or_last(tx, company_id, FINAL)
    if running:
        raise Kept(
            Text(f"还有 {running} 件未办结", f"{running} cases of this client are still open")
        )
    if last and moment.today <= (until := _until(VALUES, last)):
        raise Kept(
            Text(
                f"须保存到 {until}（{VALUES.cites.read('zh')}）",
                f"it must be kept until {until} ({VALUES.cites.read('en')})",
            )
        )


def _until(keeping: Keeping, stamp: str) -> date:
    return keeping.until(datetime.fromisoformat(stamp).date())


def _tell(  # noqa: PLR0917 - one private shape for every act
    tx: Session,
    action: str,
    told: list[dict[str, Any]],
    by: tuple[Actor, Moment, Request],
    company_id: int | None,
    given: dict[str, Any] | None = None,
) -> int:
    actor, moment, request = by
    if actor.role not in _MAY:
        raise RoleMissing
    return record_about(
        tx, "office", OFFICE, action, actor=actor, moment=moment, change=lambda: told,
        personal=_PERSONAL, company_id=company_id, fields={"given": given} if given else {},
        request=request,
    )  # fmt: skip


def _change(field: str, old: Any, new: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return {"field": field, "old": old, "new": new}


def _checked(words: str, field: str) -> str:
    if not words.strip():
        raise BadInput(field, Text("请写明原因", "Say why"))
    return words.strip()
