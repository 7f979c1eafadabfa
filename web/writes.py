"""What every write of a page shares: once only, in one transaction, then the doorbell."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlmodel import Session

from web.access import current_actor
from web.forms import Answers, FormRefused
from web.headers import request_id
from web.ports import desk, now, ring
from workflow.domain.errors import BadInput, StaleCase
from workflow.domain.procedure import Text
from workflow.services import lists, once
from workflow.services.advance import Moved
from workflow.services.sealing import Request

MOST_CHANGES = 20

_NO_SUCH_VERSION = Text(
    "页面的版本与案件不符，没有办理。请核对后再提交",
    "The page does not match any version of this case. Nothing was done; check, then submit",
)
Act = Callable[[Session, Request], Mapping[str, Any]]


def fresh_key() -> str:
    """The key a form is rendered with: the same form sent twice is one act."""
    return uuid.uuid4().hex


def write_once(key: str, content: Mapping[str, Any], act: Act) -> dict[str, Any]:
    """Run `act` in a transaction under the form's key, then ring; the answer it gave.

    A repeated key with the same content gives the first answer again. Errors roll back all of it.
    """
    with desk().database.transaction() as tx:
        answer = once.once(
            tx,
            key,
            content,
            lambda request: act(tx, request),
            actor=current_actor(),
            moment=now(),
            request_id=request_id(),
        )
    with contextlib.suppress(Exception):  # a message leaves later; the act is done
        ring()
    return answer


def version_of(form: Answers) -> int | None:
    """The version of the case the form was made from; a form without one is refused."""
    typed = form.typed("version")
    if typed.isascii() and typed.isdigit():
        return int(typed)
    form.refuse(
        "version",
        Text(
            "页面不完整，请重新打开后再提交", "The page is incomplete. Open it again, then submit"
        ),
    )
    return None


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was done since a form was made; `mine` when by its own person elsewhere."""

    who: str
    action: str
    at: datetime
    mine: bool = False


class Refusal(NamedTuple):
    """Why a form of a case was not written: its status, and what others did when it is stale."""

    status: int
    changes: tuple[Change, ...] = ()


def write_form(
    form: Answers,
    number: str,
    content: Mapping[str, Any],
    act: Callable[..., Moved],
    *,
    version: int | None,
    field: str | None = None,
) -> Refusal | None:
    """Write once what a form of a case says; None when it is done, else why not.

    `act` takes the transaction and, by name, the actor, moment, version and request. What it
    refuses is noted on the form: at `field`, or without one where the fault says.
    """
    tail = {"actor": current_actor(), "moment": now(), "version": version}
    try:
        form.check()
        write_once(
            form.typed("once"),
            content,
            lambda tx, asked: {"version": act(tx, **tail, request=asked).version},
        )
    except FormRefused:
        return Refusal(422)
    except BadInput as error:
        form.refuse(field or error.field, error.says)
        return Refusal(422)
    except StaleCase:
        return Refusal(409, changes_since(number, version, form))
    return None


def changes_since(number: str, version: int | None, form: Answers) -> tuple[Change, ...]:
    """What happened to a case after `version`, newest first.

    A version the case never had is noted on the form: then there is nothing to show instead.
    """
    me = current_actor()
    with desk().database.reading() as session:
        page = lists.trail(session, me, case_number=number, limit=MOST_CHANGES)
    changes = tuple(
        Change(page.name(event), event.action, instant(event.at), event.actor == me.id)
        for event in page.events
        if version is None or event.seq > version
    )
    if not changes:
        form.refuse("version", _NO_SUCH_VERSION)
    return changes


def instant(stamp: str) -> datetime:
    """The instant a stamp on the trail names."""
    return datetime.strptime(stamp, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
