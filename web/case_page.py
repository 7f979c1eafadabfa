"""The case page: one flat page to understand and to move one case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import (
    flash,
    get_flashed_messages,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from web.access import current_actor, needs
from web.bookmarks import carries
from web.case_clocks import deadlines_of
from web.case_guards import guard_lines, verdicts
from web.case_steps import is_back, steps_of
from web.case_story import STORY_KINDS, story_of, why_returned
from web.forms import Answers
from web.look_back import progress_of
from web.matter_words import about_case, told_pairs
from web.neighbors import neighbors_of
from web.ports import desk, now
from web.writes import Change, Refusal, fresh_key
from workflow.domain.procedure import Role, Rule, Text
from workflow.services import case_view
from workflow.services.case_view import CaseView, Offer

READERS = (Role.HANDLER, Role.REVIEWER, Role.MANAGER, Role.AUDITOR)
DONE = "done"
DANGEROUS = frozenset({"withdraw", "reject", "decline", "return_pack", "revoke_sign_off"})
_FIRST = ("prepare", "sign_off", "submit", "resubmit", "request_sign_off", "accept", "approve",
          "deliver")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Refused:
    """A form of the case page that could not be used: which one, and what was typed.

    `row` is `material:M-SI` or `point:2`; `changes` what others did since, for a stale form.
    """

    row: str
    form: Answers
    status: int = 422
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Button:
    """One act as a link to where it is confirmed; `blocked` counts what stands in the way."""

    label: Text
    address: str
    why: Text | None = None
    danger: bool = False
    blocked: int = 0


@needs(*READERS)
@carries({"story": STORY_KINDS})
def show(number: str) -> ResponseReturnValue:
    """One case; its number may be typed in small letters."""
    if number.isascii() and number != number.upper():
        return redirect(url_for("cases.show", number=number.upper()), 303)
    with desk().database.reading() as session:
        return render_case(case_view.view(session, number, current_actor(), now()))


def render_case(view: CaseView, refused: Refused | None = None) -> ResponseReturnValue:
    """The page of a case; with a refused form, its faults stand at their row."""
    # First: every address carries the list.
    beside_it = neighbors_of(view.session, view.case.number)
    body = render_template(
        "cases/case.html",
        view=view,
        case=view.case,
        steps=steps_of(view),
        back=is_back(view),
        first=first_button(view),
        allowed=[_button(view, o.rule) for o in view.offers if o.allowed],
        locked=_locked(view),
        **verdicts(guard_lines(view)),
        filing=view.rule(view.standing.filing) if view.standing.filing else None,
        deadlines=deadlines_of(view.readings),
        story=story_of(view, request.args.get("story", "")),
        told=told_pairs(
            view.case,
            about_case(view.case, view.company, view.standing.facts.license),
            view.self_check,
        ),
        progress=progress_of(view.self_check),
        incidents=view.parts.incidents,
        beside_it=beside_it,
        story_kinds=STORY_KINDS,
        chosen_story=request.args.get("story", ""),
        why_returned=why_returned(view),
        drafts=view.parts.drafts if view.rounds and view.rounds[0].open and may_write(view) else {},
        may_write=may_write(view),
        may_change_facts=may_change_facts(view),
        refused=refused,
        done=_done(),
        fresh_key=fresh_key,
    )
    return make_response(body, refused.status if refused else 200)


def refuse_row(number: str, row: str, form: Answers, refusal: Refusal) -> ResponseReturnValue:
    """The page of a case again, with a form of one of its rows that was not written."""
    with desk().database.reading() as session:
        view = case_view.view(session, number, current_actor(), now())
        return render_case(view, Refused(row, form, *refusal))


def say_done(trigger: str, **what: Any) -> None:  # noqa: ANN401 - JSON values
    """Leave word for the next page: what was done. The case page says what follows from it."""
    flash({"did": trigger, **what}, DONE)  # type: ignore[arg-type]  # any JSON value is kept


def _done() -> dict[str, Any] | None:
    found: list[Any] = list(get_flashed_messages(category_filter=[DONE]))
    return found[-1] if found else None


def may_write(view: CaseView) -> bool:
    """True for those who work on cases: everybody else sees no forms."""
    return view.actor.role in (Role.HANDLER, Role.REVIEWER)


def may_change_facts(view: CaseView) -> bool:
    """True while the application can still be changed, for those who work on it."""
    return may_write(view) and view.case.state in ("draft", "material_prep")


def first_button(view: CaseView) -> Button | None:
    """The one act that comes next: ready, or blocked with the number of what is missing."""
    offers = {offer.rule.trigger: offer for offer in view.offers}
    for trigger in _FIRST:
        offer = offers.get(trigger)
        if offer and offer.allowed and _makes_sense(view, trigger):
            return _button(view, offer.rule)
    filing = next((offers[name] for name in ("submit", "resubmit") if name in offers), None)
    waits = view.standing_word == "in_review" and view.unmet == 1
    if filing is None or not filing.unmet or waits:
        return None
    return Button(filing.rule.label, "#blockers", blocked=filing.unmet)


def _makes_sense(view: CaseView, trigger: str) -> bool:
    if trigger == "sign_off":
        return view.standing_word == "in_review"
    if trigger == "request_sign_off":
        unmet = [b.guard.code for b in view.blockers if b.finding.refuses]
        return unmet == ["G-SIGNOFF"]
    return True


def _button(view: CaseView, rule: Rule) -> Button:
    address = address_of(view, rule.trigger)
    return Button(rule.label, address, danger=rule.trigger in DANGEROUS)


def address_of(view: CaseView, trigger: str) -> str:
    """Where an act is confirmed; a pack is approved where its items are looked at."""
    if trigger == "sign_off":
        return url_for("reviews.show", number=view.case.number)
    return url_for("cases.act", number=view.case.number, trigger=trigger)


def _locked(view: CaseView) -> list[Button]:
    """Acts the case offers and this person cannot take, each with its reason; none for readers."""
    if not any(offer.allowed for offer in view.offers) and not may_write(view):
        return []
    grouped: dict[Text | None, list[Offer]] = {}
    for offer in view.offers:
        if not offer.allowed:
            grouped.setdefault(offer.why, []).append(offer)
    return [_locked_button(why, offers) for why, offers in grouped.items()]


def _locked_button(why: Text | None, offers: list[Offer]) -> Button:
    """Acts locked for one reason are told together."""
    label = Text(
        "、".join(offer.rule.label.zh for offer in offers),
        ", ".join(offer.rule.label.en for offer in offers),
    )
    return Button(label, "#blockers" if offers[0].unmet else "", why=why)
