"""A row of the worklist unfolded in place: its next act taken there, or what stands in its way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, get_flashed_messages, url_for
from sqlmodel import Session

from web import actions
from web.access import current_actor
from web.action_form import Question, questions_of
from web.action_summary import next_words
from web.actions import Refusal
from web.case_guards import GuardLine, finding_lines
from web.case_page import DANGEROUS
from web.forms import Answers
from web.ports import now
from web.writes import fresh_key
from workflow.domain.errors import NotFound
from workflow.domain.procedure import Rule, Text
from workflow.services import case_view
from workflow.services.case_view import CaseView
from workflow.services.desk import Entry, entry_of

_IN_PLACE = frozenset({"text", "long_text", "license_number", "date", "choice"})
_DONE = "worked"
_OF_NO_ONE_ELSE = frozenset({"rectify", "waive"})


@dataclass(frozen=True, slots=True)
class Opened:
    """What an unfolded row shows. `rule` is the act that can be taken here, None when none can.

    `refusal` holds what was typed into a form that did not go through.
    """

    entry: Entry
    view: CaseView
    rule: Rule | None
    questions: list[Question]
    lines: list[GuardLine]
    others: list[tuple[Text, str]]
    next: Text | None
    key: str
    refusal: Refusal | None = None

    @property
    def open_lines(self) -> list[GuardLine]:
        """What stands in the way: as the pen said it, else as it is read now."""
        if self.refusal:
            return finding_lines(self.view, self.refusal.findings)
        unsigned = self.rule is not None and self.rule.trigger == "request_sign_off"
        return [
            line
            for line in self.lines
            if line.outcome in ("unmet", "unknown") and not (unsigned and line.code == "G-SIGNOFF")
        ]

    @property
    def met_lines(self) -> list[GuardLine]:
        """What is met already."""
        return [line for line in self.lines if line.outcome == "met"]

    @property
    def form(self) -> Answers | None:
        """What was typed, after a refusal."""
        return self.refusal.form if self.refusal else None


def unfold(session: Session, entry: Entry, refusal: Refusal | None = None, act: str = "") -> Opened:
    """The row of a case with its next act (or `act`). Raises NotFound outside the scope."""
    actor, number = current_actor(), entry.line.number
    view = case_view.view(session, number, actor, now())
    rule = _rule_here(view, act or entry.next_act or "", refusal)
    judged = rule is None or bool(rule.guards) or rule.trigger == "request_sign_off"
    found = tuple(blocker.finding for blocker in view.blockers) if judged else ()
    return Opened(
        entry,
        view,
        rule,
        questions_of(view, rule, refusal.form.posted if refusal else {}) if rule else [],
        finding_lines(view, found) if view.standing.filing else [],
        _others(view, rule),
        next_words(view, rule.trigger) if rule else None,
        fresh_key(),
        refusal,
    )


def _rule_here(view: CaseView, trigger: str, refusal: Refusal | None) -> Rule | None:
    """The act, if this person may take it now and what it asks fits into a row."""
    offer = next((o for o in view.offers if o.rule.trigger == trigger), None)
    if offer is None or not (offer.allowed or refusal):
        return None
    asked = questions_of(view, offer.rule, {})
    return offer.rule if all(q.ask.kind in _IN_PLACE for q in asked) else None


def _others(view: CaseView, rule: Rule | None) -> list[tuple[Text, str]]:
    """The other acts this person can take now, each where it is confirmed."""
    here = {rule.trigger if rule else "", *DANGEROUS, *_OF_NO_ONE_ELSE}
    return [
        (o.rule.label, url_for("cases.act", number=view.case.number, trigger=o.rule.trigger))
        for o in view.offers
        if o.allowed and o.rule.trigger not in here
    ]


def take(number: str, trigger: str) -> Refusal | None:
    """Take the posted act of an unfolded row; why it did not go through, or None when it did."""
    actions.refuse_role(number, trigger)
    refusal = actions.refused(number, trigger, actions.posted(trigger))
    if refusal is None:
        flash({"did": trigger, "number": number}, _DONE)  # type: ignore[arg-type]  # any JSON
    return refusal


@dataclass(frozen=True, slots=True)
class Done:
    """What was just done from the worklist, with the case as it stands now and the one to do next.

    `undo` is the act that takes it back while that is still possible.
    """

    did: str
    entry: Entry
    following: Entry | None
    undo: str | None
    key: str


def just_done(session: Session, entries: list[Entry]) -> Done | None:
    """What the last form of this person did; told once."""
    found: list[Any] = list(get_flashed_messages(category_filter=[_DONE]))
    if not found:
        return None
    did, number = found[-1]["did"], found[-1]["number"]
    try:
        entry = entry_of(session, current_actor(), now(), number)
    except NotFound:
        return None
    ready = [e for e in entries if e.ready and e.line.number != number]
    undo = (
        "recall_sign_off" if did == "request_sign_off" and entry.line.turn == "reviewer" else None
    )
    return Done(did, entry, ready[0] if ready else None, undo, fresh_key())
