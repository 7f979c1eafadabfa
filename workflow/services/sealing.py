"""An event of the trail: its fields, its canonical text, its seal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.domain.audit import ALGORITHM, FORMAT_VERSION, GENESIS, canonical, seal
from workflow.law import catalogue
from workflow.services import judging, marking
from workflow.services.step import Step
from workflow.storage import absences
from workflow.storage.rows import SealedEvent

PERSONAL = frozenset({"legal_representative"})
"""Facts that are a person's own: the trail holds only commitments of them."""
MARKS = {
    "will_not_renew": frozenset({"reason", "by"}),
    "late_notes": frozenset({"words", "by"}),
}
"""Facts of a license that somebody wrote about it: who, and in what words."""
OFFICE = 1
"""The one subject of the office's own chain: what is done to the trail and to everybody."""


@dataclass(frozen=True, slots=True)
class Request:
    """Where an act came from: the request's id and the hash of its idempotency key."""

    id: str = ""
    key_hash: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """The chain an event belongs to: a case, a company, a license, an account or the office."""

    chain: str
    id: int
    name: str
    company_id: int | None
    case_id: int | None = None


def sealed(
    tx: Session,
    subject: Subject,
    *,
    seq: int,
    prev: str,
    actor: Actor,
    moment: Moment,
    action: str,
    request: Request,
    fields: Mapping[str, Any],
) -> SealedEvent:
    """One event, ready to store; what is personal in `fields` must be a commitment already."""
    marks = marking.found(tx, subject.id, action, actor=actor, moment=moment, fields=fields)
    body = canonical(
        {
            "v": FORMAT_VERSION,
            "alg": ALGORITHM,
            "event_id": f"{subject.chain}:{subject.name}:{seq}",
            "chain": subject.chain,
            "subject": subject.name,
            "case_id": subject.name if subject.chain == "case" else None,
            "company_id": subject.company_id,
            "seq": seq,
            "prev": prev,
            "at": moment.stamp,
            "local": moment.local,
            "today": moment.today.isoformat(),
            "actor": actor.id,
            "actor_kind": actor.kind,
            "actor_name": actor.seal or None,
            "actor_role": actor.role.value,
            "on_behalf_of": actor.on_behalf_of or None,
            "action": action,
            "request_id": request.id or None,
            "idempotency_key_hash": request.key_hash or None,
            "calendar_version": judging.calendar_version(tx),
            **({"marks": list(marks)} if marks else {}),
            **fields,
        }
    )
    return SealedEvent(
        chain=subject.chain,
        subject_id=subject.id,
        seq=seq,
        company_id=subject.company_id,
        case_id=subject.case_id,
        at=moment.stamp,
        actor=actor.id,
        role=actor.role.value,
        action=action,
        source=fields.get("from"),
        target=fields.get("to"),
        prev=prev,
        hash=seal(prev, body),
        body=body,
        marks=marks,
    )


def case_event(step: Step, request: Request, commit: Callable[[str, str], str]) -> SealedEvent:
    """The event of one step of a case; `commit` keeps a personal value beside the trail."""
    case, commit, kept = step.case, cache(commit), step.rows_kept()
    fields = {
        "on": step.on.isoformat(),
        "from": step.source.value if step.source else None,
        "to": step.target.value,
        "given": _given(step, commit),
        "kept": committed("kept", kept, commit),
        "guard_results": [finding.as_record() for finding in step.findings],
        "changes": [
            sealed_change(change, frozenset(), commit)
            for change in (*step.changes, *_untold(step, kept))
        ],
        "material_hashes": step.files,
        "reason": {"commitment": commit("note", step.note)} if step.note else None,
        "definition_version": catalogue.VERSION,
        "on_behalf_of": _on_behalf_of(step),
    }
    return sealed(
        step.tx,
        Subject("case", case.id, case.number, case.company_id, case.id),
        seq=step.seq,
        prev=case.head or GENESIS,
        actor=step.actor,
        moment=step.moment,
        action=step.action,
        request=request,
        fields=fields,
    )


def _on_behalf_of(step: Step) -> str | None:
    """The handler the actor stands in for on that day, None when they act for themselves."""
    handler, actor = step.case.handler_id, step.actor
    if actor.kind != "person" or actor.id == handler or not (handler + actor.id).isdecimal():
        return None
    stand_ins = absences.stand_ins(step.tx, int(handler), step.moment.today)
    return handler if int(actor.id) in stand_ins else None


def committed(
    name: str,
    value: Any,  # noqa: ANN401 - JSON
    commit: Callable[[str, str], str],
    personal: frozenset[str] = PERSONAL,
) -> Any:  # noqa: ANN401
    """The value with everything of a person in it, by field, replaced by its commitment."""
    last = name.rpartition(".")[2]
    personal |= MARKS.get(last, frozenset())
    if isinstance(value, Mapping):
        outer = f"{last}." if last in MARKS else ""
        return {k: committed(f"{outer}{k}", part, commit, personal) for k, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [committed(name, part, commit, personal) for part in value]
    if last in personal and value is not None:
        return {"commitment": commit(name, str(value))}
    return value


def _given(step: Step, commit: Callable[[str, str], str]) -> dict[str, Any]:
    """The answers, with everything a person wrote freely replaced by its commitment."""
    free = {ask.name for ask in step.rule.asks if ask.personal} if step.rule else {"text"}
    given: dict[str, Any] = {}
    for name, value in step.given.items():
        if name == "points":
            given[name] = [
                {**point, "text": {"commitment": commit("point", point["text"])}} for point in value
            ]
        else:
            given[name] = {"commitment": commit(name, str(value))} if name in free else value
    return given


def sealed_change(
    change: dict[str, Any], personal: frozenset[str], commit: Callable[[str, str], str]
) -> dict[str, Any]:
    """One changed field as the trail may hold it: what is personal only as a commitment."""
    name = change["field"]
    return {
        side: value
        if side not in ("old", "new") or value is None
        else {"commitment": commit(name, str(value))}
        if name in personal
        else committed(name, value, commit)
        for side, value in change.items()
    }


def _untold(step: Step, kept: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Columns of the case that are different and that nobody reported: before and after."""
    told = {change["field"].partition(".")[0] for change in step.changes}
    return [
        {"field": name, "old": step.before.get(name), "new": value}
        for name, value in kept["case"].items()
        if name not in told and value != step.before.get(name)
    ]
