"""Facts about a license between its decisions: services opened, reports filed, changes noted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.domain.errors import BadInput, NotOffered, RoleMissing
from workflow.domain.procedure import Role, Text
from workflow.services.advance import record_about
from workflow.services.client_companies import check_license, judge_anew, number_taken
from workflow.services.intake import LicenseTold, told
from workflow.services.sealing import Request
from workflow.storage import reads, register

_WRITERS = (Role.HANDLER, Role.REVIEWER)
_IN_FACTS = ("annual_reports", "unreported_changes", "codes")


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
    """Record that a licensed kind went into service. Raises BadInput for a kind not licensed."""
    _may_write(actor)
    if set(given) - {"kind"} or not given.get("kind"):
        raise BadInput("kind", Text("请填写业务种类", "Enter the kind of service"))
    kind = str(given["kind"])

    def change() -> list[dict[str, Any]]:
        found = reads.license_row(tx, None, license_id)
        kinds, opened = (json.loads(found.kinds), json.loads(found.opened)) if found else ([], [])
        if kind not in kinds:
            raise BadInput("kind", Text(f"许可证不含 {kind}", f"The license does not cover {kind}"))
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
    """Change what we know of a license (not what a decision wrote): one event."""
    _may_write(actor)

    def change() -> list[dict[str, Any]]:
        before = _as_told(tx, license_id)
        checked = told(LicenseTold, {**before, **values})
        check_license(checked)
        after = checked.model_dump(exclude_unset=True)
        in_facts = checked.model_dump(mode="json", include=set(_IN_FACTS), exclude_unset=True)
        if after["number"] != before["number"] and register.number_taken(tx, after["number"]):
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
    found = reads.license_row(tx, None, license_id)
    if found:
        judge_anew(tx, found.company_id, scope=actor.scope, moment=moment)


def _as_told(tx: Session, license_id: int) -> dict[str, Any]:
    found = reads.license_row(tx, None, license_id)
    if found is None:
        return {}
    facts = json.loads(found.facts)
    return {
        "number": found.number,
        "kinds": json.loads(found.kinds),
        "items": json.loads(found.items),
        "coverage": json.loads(found.coverage),
        "valid_from": found.valid_from,
        "valid_to": found.valid_to,
        "status": found.status,
        "opened": json.loads(found.opened),
        **{name: facts[name] for name in _IN_FACTS if facts.get(name) is not None},
    }


def _may_write(actor: Actor) -> None:
    if actor.role not in _WRITERS:
        raise RoleMissing
