"""Who an event is of: a person, or what acted without being one; whose sign-in failed."""

from __future__ import annotations

from workflow.domain.procedure import Text
from workflow.law import catalogue
from workflow.services.lists import TrailPage
from workflow.storage.stories import EventLine

UNKNOWN_NAME = Text("没有这个账号名", "Unknown account name")
_WITH_A_NAME = ("person", "api")


def kind(event: EventLine) -> Text:
    """The kind of actor: a person, a background job, an API client, a program."""
    return catalogue.label_of("actor_kind", event.body.get("actor_kind") or "person")


def program(event: EventLine) -> Text | None:
    """What acted, where it has no name of its own: the clock, the system, the command line."""
    if event.body.get("actor_kind") in _WITH_A_NAME:
        return None
    return catalogue.label_of("program", event.actor)


def capacity(event: EventLine) -> Text:
    """A person's role at that time; of anything else what kind of actor it is."""
    is_person = event.body.get("actor_kind") == "person"
    return catalogue.label_of("role", event.role) if is_person else kind(event)


def account(event: EventLine, page: TrailPage) -> str:
    """The name on the account whose chain the event is on; empty on any other chain."""
    if event.chain != "account":
        return ""
    owner = str(event.body["subject"])
    return page.names.get(owner, (owner, ""))[0]


def tried_unknown(event: EventLine) -> bool:
    """True for a sign-in that failed because nobody has that account name."""
    return event.action == "sign_in_failed" and event.chain != "account"
