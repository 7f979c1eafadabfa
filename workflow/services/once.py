"""The same request twice is done once: the key keeps the answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.domain.errors import BadInput, KeyReused
from workflow.domain.procedure import Text
from workflow.services.sealing import Request
from workflow.storage import keys

LONGEST_KEY = 200


def once(
    tx: Session,
    key: str,
    content: Mapping[str, Any],
    act: Callable[[Request], Mapping[str, Any]],
    *,
    actor: Actor,
    moment: Moment,
    request_id: str = "",
) -> dict[str, Any]:
    """Run `act` and keep its answer under `key`, or return the answer given before.

    `content` is what was asked; the same key with other content raises KeyReused. An empty key
    always acts. A refusal (an exception) leaves no key behind: it rolls back with the rest.
    """
    if not key:
        return dict(act(Request(request_id)))
    if len(key) > LONGEST_KEY or not key.isprintable():
        raise BadInput("key", Text("请求标识不可用", "The idempotency key cannot be used"))
    request_hash = hashlib.sha256(
        json.dumps(content, ensure_ascii=False, sort_keys=True, default=str).encode()
    ).hexdigest()
    mine = keys.claim(tx, key=key, principal=actor.id, request_hash=request_hash, at=moment.stamp)
    if not mine:
        return _earlier(tx, key, actor, request_hash)
    key_hash = hashlib.sha256(key.encode()).hexdigest()
    answer = dict(act(Request(request_id, key_hash)))
    keys.keep_answer(tx, key=key, principal=actor.id, answer=json.dumps(answer, ensure_ascii=False))
    return answer


def _earlier(tx: Session, key: str, actor: Actor, request_hash: str) -> dict[str, Any]:
    stored = keys.answer_of(tx, key, actor.id)
    if stored is None or stored[0] != request_hash:
        raise KeyReused
    answer: dict[str, Any] = json.loads(stored[1])
    return answer
