"""Materials handed in and correction points answered: recorded, never overwritten."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.domain.errors import BadInput, NotOffered, RoleMissing
from workflow.domain.procedure import Role, State, Text
from workflow.law import catalogue
from workflow.law.kinds import EVALUATED
from workflow.services.advance import Moved, record
from workflow.services.sealing import Request
from workflow.services.step import Step
from workflow.storage import paperwork, register
from workflow.storage.paperwork import FileOnDisk

PACK_OPEN = (State.DRAFT, State.MATERIAL_PREP, State.CORRECTION_REQUESTED)
_WRITERS = (Role.HANDLER, Role.REVIEWER)


def provide(
    tx: Session,
    number: str,
    code: str,
    *,
    actor: Actor,
    moment: Moment,
    file: FileOnDisk | None = None,
    valid_until: date | None = None,
    version: int | None = None,
    request: Request = Request(),  # noqa: B008
) -> Moved:
    """Hand in a new version of a material; the sign-off lapses.

    Raises NotOffered when the pack is closed, BadInput for an unknown material or one that holds
    these very bytes already.
    """
    may_write(actor)
    if code not in catalogue.LAW.materials:
        raise BadInput("material", Text(f"没有材料 {code}", f"There is no material {code}"))

    def change(step: Step) -> None:
        late = _evaluation_after_approval(step, code)
        if not late:
            _pack_open(step)
        _not_twice(step, code, file)
        made = paperwork.add_version(
            step.tx,
            company_id=step.case.company_id,
            case_id=step.case.id,
            code=code,
            seq=step.seq,
            file=file,
            valid_until=valid_until,
            by=actor.name,
            on=step.on,
        )
        step.given = {
            "material": code,
            "version": made,
            "valid_until": valid_until.isoformat() if valid_until else None,
        }
        if file:
            step.files = [{"material": code, "version": made, "sha256": file.hash}]
        step.changed(f"material.{code}", made - 1 or None, made)
        if not late:
            step.touch_pack()
        elif step.case.license_id is not None:
            register.close_follow_ups(step.tx, step.case.license_id, "T-EVAL", step.on)

    return record(
        tx,
        number,
        "provide",
        actor=actor,
        moment=moment,
        change=change,
        version=version,
        request=request,
    )


def answer(
    tx: Session,
    number: str,
    points: list[int] | None,
    *,
    actor: Actor,
    moment: Moment,
    text: str = "",
    version: int | None = None,
    request: Request = Request(),  # noqa: B008
) -> Moved:
    """Answer points of the open round (None: all of them); the sign-off lapses.

    Raises NotOffered without an open round, BadInput for a point that does not exist.
    """
    may_write(actor)

    def change(step: Step) -> None:
        if step.case.state != State.CORRECTION_REQUESTED:
            raise NotOffered
        known = paperwork.point_numbers(step.tx, step.case.id)
        wanted = known if points is None else points
        for no in wanted:
            if no not in known:
                raise BadInput("point", Text(f"没有第 {no} 条意见", f"There is no point {no}"))
            paperwork.answer_point(
                step.tx, step.case.id, no, answer=text, by=actor.name, on=step.on
            )
            step.changed(f"point.{no}", None, "answered")
        step.given = {"points_answered": wanted, **({"text": text} if text else {})}
        step.touch_pack()

    return record(
        tx,
        number,
        "answer",
        actor=actor,
        moment=moment,
        change=change,
        version=version,
        request=request,
    )


def may_write(actor: Actor) -> None:
    """Only handlers and reviewers touch the filing pack."""
    if actor.role not in _WRITERS:
        raise RoleMissing


def _evaluation_after_approval(step: Step, code: str) -> bool:
    """The technical evaluation follows the license: its report is no part of the pack."""
    approved = step.case.state == State.APPROVED
    return approved and code == "M-EVAL" and bool(set(step.case.kinds) & EVALUATED)


def _pack_open(step: Step) -> None:
    if step.case.state not in PACK_OPEN:
        raise NotOffered(
            Text(
                "材料已锁定：这个状态不能再交材料",
                "The pack is locked: no materials can be handed in now",
            )
        )


def _not_twice(step: Step, code: str, file: FileOnDisk | None) -> None:
    if file is None:
        return
    twin = paperwork.same_file(step.tx, step.case.id, file.hash)
    if twin and twin[0] == code:
        raise BadInput(
            "file",
            Text(
                f"这个文件已经是{catalogue.material_name(code).zh}第 {twin[1]} 版",
                f"This very file is already version {twin[1]} of "
                f"{catalogue.material_name(code).en}",
            ),
        )
