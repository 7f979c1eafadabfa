"""Facts about a license between its decisions: services opened, reports filed, changes noted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import CLOCK, Actor, Moment
from workflow.domain.errors import BadInput, GuardsUnmet, NotFound, NotOffered, RoleMissing
from workflow.domain.guard import Finding, Result
from workflow.domain.procedure import Role, Severity, Text
from workflow.law.kinds import EVALUATED
from workflow.services.advance import record_about
from workflow.services.client_companies import check_license, judge_anew, number_taken
from workflow.services.intake import LicenseTold, told
from workflow.services.sealing import Request
from workflow.services.standing import license_columns
from workflow.storage import reads, register, snapshot

_WRITERS = (Role.HANDLER, Role.REVIEWER)
_IN_FACTS = ("annual_reports", "unreported_changes", "codes", "special")


def of_case(tx: Session, number: str) -> int:
    """The id of the license a case led to. Raises NotOffered while there is none."""
    found = reads.license_row(tx, number, None)
    if found is None:
        raise NotOffered
    return found.id


def open_service(
    tx: Session,
    license_id: int,
    given: Mapping[str, Any],
    *,
    actor: Actor,
    moment: Moment,
    request: Request = Request(),  # noqa: B008
) -> None:
    """Record that a licensed kind went into service.

    Raises BadInput for a kind not licensed, GuardsUnmet where the evaluation is still missing.
    """
    _may_write(actor)
    if set(given) - {"kind"} or not given.get("kind"):
        raise BadInput("kind", Text("请填写业务种类", "Enter the kind of service"))
    kind = str(given["kind"])

    def change() -> list[dict[str, Any]]:
        found = reads.license_row(tx, None, license_id)
        kinds, opened = (json.loads(found.kinds), json.loads(found.opened)) if found else ([], [])
        if kind not in kinds:
            raise BadInput("kind", Text(f"许可证不含 {kind}", f"The license does not cover {kind}"))
        if kind in EVALUATED and not _evaluated(tx, license_id, kind):
            raise GuardsUnmet(_not_evaluated(kind), papers=("M-EVAL",))
        after = [*opened, *([] if kind in opened else [kind])]
        register.change_facts(tx, license_id, {"opened": after})
        return [{"field": "opened", "old": opened, "new": after}]

    record_about(
        tx,
        "license",
        license_id,
        "open_service",
        actor=actor,
        moment=moment,
        change=change,
        request=request,
    )


def set_license_facts(
    tx: Session,
    license_id: int,
    values: Mapping[str, Any],
    *,
    actor: Actor,
    moment: Moment,
    request: Request = Request(),  # noqa: B008
) -> None:
    """Change what we know of a license (not what a decision wrote): one event.

    Raises BadInput at the field, NotFound for a license that is not in the person's scope.
    """
    _may_write(actor)
    held = reads.license_row(tx, None, license_id)
    if held is None or not actor.scope.allows(held.company_id):
        raise NotFound

    def change() -> list[dict[str, Any]]:
        before = _as_told(tx, license_id)
        checked = told(LicenseTold, {**before, **values})
        check_license(checked)
        after = checked.model_dump(exclude_unset=True)
        in_facts = checked.model_dump(mode="json", include=set(_IN_FACTS), exclude_unset=True)
        if after["number"] != before["number"] and register.number_taken(
            tx, after["number"], license_id
        ):
            raise number_taken(after["number"])
        columns = {name: after[name] for name in values if name not in _IN_FACTS}
        stored = reads.license_row(tx, None, license_id)
        kept = json.loads(stored.facts) if stored else {}
        register.change_facts(tx, license_id, {**columns, "facts": {**kept, **in_facts}})
        return [
            {"field": name, "old": str(before.get(name)), "new": str(after[name])}
            for name in values
            if before.get(name) != after[name]
        ]

    record_about(
        tx,
        "license",
        license_id,
        "set_facts",
        actor=actor,
        moment=moment,
        change=change,
        request=request,
    )
    judge_anew(tx, held.company_id, scope=actor.scope, moment=moment)


def pass_evaluation(tx: Session, license_id: int, *, actor: Actor, moment: Moment) -> None:
    """Record that the technical evaluation (M-EVAL) of a license's kinds is in hand."""
    _may_write(actor)

    def change() -> list[dict[str, Any]]:
        held = snapshot.held_license(tx, license_id)
        if held is None or not held.kinds & EVALUATED:
            raise BadInput(
                "material", Text("没有须评测的业务", "No kind here needs the evaluation")
            )
        after = sorted(held.evaluated | held.kinds & EVALUATED)
        facts = _facts(tx, license_id) | {"evaluated": after}
        register.change_facts(tx, license_id, {"facts": facts})
        register.close_follow_ups(tx, license_id, "T-EVAL", moment.today)
        return [{"field": "evaluated", "old": sorted(held.evaluated), "new": after}]

    record_about(
        tx, "license", license_id, "provide", actor=actor, moment=moment, change=change
    )  # fmt: skip


def lapse(tx: Session, license_id: int, moment: Moment) -> bool:
    """The license ended and nobody renewed it (行政许可法 70). False when it is no longer so."""
    if not snapshot.is_expired(tx, license_id, moment.today):
        return False

    def change() -> list[dict[str, Any]]:
        register.change_facts(tx, license_id, {"status": "lapsed"})
        return [{"field": "status", "old": "valid", "new": "lapsed"}]

    record_about(
        tx, "license", license_id, "set_facts", actor=CLOCK, moment=moment, change=change
    )  # fmt: skip
    return True


def void(
    tx: Session,
    license_id: int,
    *,
    actor: Actor,
    moment: Moment,
    request: Request = Request(),  # noqa: B008
) -> None:
    """Undo the entry of a license: its row and history stay, it counts nowhere any more."""
    _may_write(actor)
    found = reads.license_row(tx, None, license_id)
    if found is None:
        raise NotOffered

    def change() -> list[dict[str, Any]]:
        register.change_facts(tx, license_id, {"status": register.VOID})
        return [{"field": "status", "old": found.status, "new": register.VOID}]

    record_about(
        tx,
        "license",
        license_id,
        "set_facts",
        actor=actor,
        moment=moment,
        change=change,
        request=request,
    )
    judge_anew(tx, found.company_id, scope=actor.scope, moment=moment)


def _evaluated(tx: Session, license_id: int, kind: str) -> bool:
    held = snapshot.held_license(tx, license_id)
    noted = held is not None and kind in held.evaluated
    return noted or register.evaluation_in_hand(tx, license_id)


def _not_evaluated(kind: str) -> tuple[Finding, ...]:
    values = {"conditions": ["EVALUATION"], "kinds": [kind]}
    missing = {"missing": ["M-EVAL"], "expired": []}
    return (
        Finding("G-KINDSPEC", Result.FAIL, Severity.HARD, "fail", values),
        Finding("G-MATERIALS", Result.FAIL, Severity.HARD, "missing", missing),
    )


def _facts(tx: Session, license_id: int) -> dict[str, Any]:
    found = reads.license_row(tx, None, license_id)
    facts: dict[str, Any] = json.loads(found.facts) if found else {}
    return facts


def _as_told(tx: Session, license_id: int) -> dict[str, Any]:
    found = reads.license_row(tx, None, license_id)
    if found is None:
        return {}
    facts = json.loads(found.facts)
    return {
        **license_columns(found),
        "opened": json.loads(found.opened),
        **{name: facts[name] for name in _IN_FACTS if facts.get(name) is not None},
    }


def _may_write(actor: Actor) -> None:
    if actor.role not in _WRITERS:
        raise RoleMissing
