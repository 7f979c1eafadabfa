"""What people do that moves no case, on their own chains: sign-ins, exports, reads, checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import SYSTEM, Actor, Moment
from workflow.services import accounts
from workflow.services.advance import record_about
from workflow.services.sealing import OFFICE, Request

_PERSONAL = frozenset({"address", "reason", "filter"})
"""A filter may be a person's name that was looked for."""


def signed_in(tx: Session, actor: Actor, moment: Moment, request: Request, address: str) -> None:
    """A person came in from a network address, which the trail only commits to."""
    _tell(tx, actor, "sign_in", moment, request, changes=_new("address", address))


def signed_out(tx: Session, actor: Actor, moment: Moment, request: Request) -> None:
    """A person went out by themselves."""
    _tell(tx, actor, "sign_out", moment, request)


def sign_in_failed(tx: Session, login: str, moment: Moment, request: Request, address: str) -> None:
    """A sign-in that was refused: on the account's chain, or on the office's for a name unknown.

    What was typed is not kept: a password typed into the wrong field is a password.
    """
    account = accounts.by_login(tx, login)
    record_about(
        tx,
        "account" if account else "office",
        account.id if account else OFFICE,
        "sign_in_failed",
        actor=SYSTEM,
        moment=moment,
        change=lambda: _new("address", address),
        personal=_PERSONAL,
        request=request,
    )


def exported(
    tx: Session,
    actor: Actor,
    moment: Moment,
    request: Request,
    *,
    what: str,
    lines: int,
    asked: str = "",
    company_id: int | None = None,
    files: Sequence[Mapping[str, Any]] = (),
) -> None:
    """A person took a file out: `lines` rows of it, by the filters `asked`.

    `files` are materials with their SHA-256, where files of cases leave.
    """
    _tell(
        tx, actor, "export", moment, request, given=_what(what, files) | {"lines": lines},
        changes=_new("filter", asked), company_id=company_id,
    )  # fmt: skip


def viewed(
    tx: Session,
    actor: Actor,
    moment: Moment,
    request: Request,
    *,
    what: str,
    company_id: int,
    file: Mapping[str, Any],
) -> None:
    """A person looked at a file of a client on the screen."""
    _tell(
        tx, actor, "view", moment, request,
        given=_what(what, (file,)), company_id=company_id,
    )  # fmt: skip


def revealed(
    tx: Session,
    actor: Actor,
    moment: Moment,
    request: Request,
    *,
    what: str,
    about: str,
    reason: str,
    company_id: int | None,
) -> None:
    """A person read personal values unmasked, for a reason that the trail only commits to.

    `what` is the sort of thing they belong to, `about` names it.
    """
    changes = _new("reason", reason)
    _tell(
        tx, actor, "reveal", moment, request,
        given={"what": what, "about": about}, changes=changes, company_id=company_id,
    )  # fmt: skip


def checked(tx: Session, actor: Actor, moment: Moment, figures: Mapping[str, Any]) -> None:
    """The trail was verified, by a person or by the nightly job."""
    _tell(tx, actor, "verify", moment, Request(), given=figures)


def _tell(
    tx: Session,
    actor: Actor,
    action: str,
    moment: Moment,
    request: Request,
    *,
    given: Mapping[str, Any] | None = None,
    changes: list[dict[str, Any]] | None = None,
    company_id: int | None = None,
) -> None:
    person = actor.id.isdecimal()
    record_about(
        tx,
        "account" if person else "office",
        int(actor.id) if person else OFFICE,
        action,
        actor=actor,
        moment=moment,
        change=lambda: changes or [],
        personal=_PERSONAL,
        company_id=company_id,
        fields={"given": dict(given)} if given else {},
        request=request,
    )


def _what(what: str, files: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Files that leave are no files handed in: they stand among the answers of the act."""
    return {"what": what, **({"taken": [dict(file) for file in files]} if files else {})}


def _new(field: str, value: str) -> list[dict[str, Any]]:
    return [{"field": field, "old": None, "new": value}] if value else []
