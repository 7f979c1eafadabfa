"""An event of the trail: its fields, its canonical text, its seal. Values that are personal are
committed, never written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workflow.domain.acting import Actor, Moment
from workflow.domain.audit import ALGORITHM, FORMAT_VERSION, canonical, seal
from workflow.storage.rows import SealedEvent


@dataclass(frozen=True, slots=True)
class Request:
    """Where an act came from: the request's id and the hash of its idempotency key."""

    id: str = ""
    key_hash: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """The chain an event belongs to: a case, a company or a license."""

    chain: str
    id: int
    name: str
    company_id: int
    case_id: int | None = None


def sealed(
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
    """One event, ready to store. `fields`: on, from, to, given, changes, guard_results …"""
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
            "today": moment.today.isoformat(),
            "actor": actor.id,
            "actor_kind": actor.kind,
            "actor_name": actor.seal or None,
            "actor_role": actor.role.value,
            "on_behalf_of": None,
            "action": action,
            "request_id": request.id or None,
            "idempotency_key_hash": request.key_hash or None,
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
    )
