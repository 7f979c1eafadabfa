"""The page that confirms one act of the law on a case, and the act itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.access import current_actor, needs
from web.action_form import MORE_ROWS, Question, questions_of, read_answers, rows_of
from web.action_summary import summary_of
from web.case_guards import finding_lines
from web.case_page import DANGEROUS, READERS, say_done
from web.case_words import word
from web.forms import Answers, FormRefused
from web.ports import desk, now
from web.writes import Change, changes_since, fresh_key, version_of, write_once
from workflow.domain.errors import (
    BadInput,
    GuardsUnmet,
    NotFound,
    NotOffered,
    RoleMissing,
    StaleCase,
)
from workflow.domain.guard import Finding
from workflow.domain.procedure import Role, Rule, State, Text
from workflow.law import catalogue
from workflow.services import advance, case_view, reviewing
from workflow.services.case_view import CaseView

_NOT_YOURS = Text("你的角色不能办理这一步", "Your role may not take this step")
_ON = Text("办理日期", "the day of this act")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a posted form did not go through; the typed text is in `form`."""

    form: Answers
    status: int
    findings: tuple[Finding, ...] = ()
    changes: tuple[Change, ...] = ()


@needs(*READERS)
def ask(number: str, trigger: str) -> ResponseReturnValue:
    """The page before the act: what will happen, what is asked, or what stands in the way."""
    with desk().database.reading() as session:
        view = case_view.view(session, number, current_actor(), now())
        rule = _rule(view, trigger)
        review = reviewing.Review(view)
        if trigger == "sign_off" and review.unfinished and not review.own:
            return redirect(url_for("reviews.show", number=number), 303)
        return _page(view, rule)


@needs(Role.HANDLER, Role.REVIEWER, Role.MANAGER)
def act(number: str, trigger: str) -> ResponseReturnValue:
    """Take the act. Everything that was typed comes back with a refusal."""
    refuse_role(number, trigger)
    form = posted(trigger)
    if request.form.get("more"):
        form.posted["rows"] = str(rows_of(form) + MORE_ROWS)
        return _again(number, trigger, Refusal(form, 200))
    refusal = refused(number, trigger, form)
    if refusal:
        return _again(number, trigger, refusal)
    say_done(trigger)
    page = url_for("cases.show", number=number)
    if "HX-Request" in request.headers:
        return "", 204, {"HX-Redirect": page}
    return redirect(page, 303)


def posted(trigger: str) -> Answers:
    """The form of an act as it was sent."""
    return Answers(request.form.copy(), {"on": _ON, **_labels(trigger)})


def refused(number: str, trigger: str, form: Answers) -> Refusal | None:
    """Take the act; why it did not go through, or None when it did."""
    seen = version_of(form)
    try:
        _take(number, trigger, form, seen)
    except FormRefused:
        return Refusal(form, 422)
    except BadInput as error:
        form.take(error)
        return Refusal(form, 422)
    except GuardsUnmet as error:
        return Refusal(form, 422, error.unmet)
    except NotOffered:
        return Refusal(form, 409)
    except StaleCase:
        return Refusal(form, 409, changes=changes_since(number, seen, form))
    return None


def _take(number: str, trigger: str, form: Answers, seen: int | None) -> None:
    """Read the form and call the pen, once for each key."""
    on, note = form.day("on"), form.long("note", required=False)
    given = _given(number, trigger, form)
    form.check()
    content = {"act": trigger, "on": on, "given": given, "note": note, "case": number}
    write_once(
        form.typed("once"),
        content,
        lambda tx, asked: {
            "version": advance.advance(
                tx, number, trigger, actor=current_actor(), moment=now(), on=on, version=seen,
                given=given, note=note or "", request=asked,
            ).version
        },
    )  # fmt: skip


def _given(number: str, trigger: str, form: Answers) -> dict[str, Any]:
    """The answers by the questions of the rule, whatever state the case is in by now."""
    with desk().database.reading() as session:
        view = case_view.view(session, number, current_actor(), now())
        rule = _any_rule(view, trigger)
        questions = questions_of(view, rule, form.posted)
        if trigger == "waive":
            questions = [_any_guard(question) for question in questions]
        return read_answers(form, questions, list(view.standing.facts.kinds))


def _any_guard(question: Question) -> Question:
    """Which condition may be waived is the law's answer, so every code reaches it."""
    if question.ask.kind != "guard":
        return question
    every = tuple((guard.code, guard.title) for guard in catalogue.LAW.guards.values())
    return Question(question.ask, every, question.value)


def _rule(view: CaseView, trigger: str) -> Rule:
    """The rule this person may use now. Raises NotFound, NotOffered or RoleMissing."""
    _any_rule(view, trigger)
    rule = view.rule(trigger)
    if rule is None:
        raise NotOffered(
            Text(
                f"这个案件现在不能“{word('trigger', trigger).zh}”",
                f"This case does not offer '{word('trigger', trigger).en}' now",
            )
        )
    if view.actor.role not in rule.by:
        raise RoleMissing(_NOT_YOURS)
    return rule


def refuse_role(number: str, trigger: str) -> None:
    """Before the form is read: nobody is shown the faults of a form they may not send."""
    with desk().database.reading() as session:
        view = case_view.view(session, number, current_actor(), now())
        _any_rule(view, trigger)
        offered = view.rule(trigger)
        rules = [offered] if offered else view.standing.procedure.rules
        if not any(view.actor.role in rule.by for rule in rules if rule.trigger == trigger):
            raise RoleMissing(_NOT_YOURS)


def _any_rule(view: CaseView, trigger: str) -> Rule:
    """The rule of this name in the procedure, offered or not; acts of the clock are nobody's."""
    rules = [r for r in view.standing.procedure.rules if r.trigger == trigger]
    if not rules or rules[0].by == {Role.CLOCK}:
        raise NotFound
    state = State(view.case.state)
    return next((rule for rule in rules if state in rule.source), rules[0])


def _labels(trigger: str) -> dict[str, Text]:
    rules = (r for p in catalogue.LAW.procedures.values() for r in p.rules if r.trigger == trigger)
    return {ask.name: ask.label for rule in rules for ask in rule.asks}


def _again(number: str, trigger: str, refusal: Refusal) -> ResponseReturnValue:
    with desk().database.reading() as session:
        view = case_view.view(session, number, current_actor(), now())
        offered = view.rule(trigger)
        rule = offered or _any_rule(view, trigger)
        return _page(view, rule, refusal, offered=offered is not None)


def _page(
    view: CaseView, rule: Rule, refusal: Refusal | None = None, *, offered: bool = True
) -> ResponseReturnValue:
    offer = next((o for o in view.offers if o.rule.trigger == rule.trigger), None)
    # A day in the past is judged on that day: only the pen's own answer refuses a posted form.
    blocked = offer is not None and not offer.allowed and refusal is None
    unmet = tuple(b.finding for b in view.blockers if b.finding.refuses) if blocked else ()
    lines = finding_lines(view, refusal.findings if refusal else unmet)
    body = render_template(
        "cases/confirm.html",
        view=view,
        case=view.case,
        rule=rule,
        offered=offered,
        blocked=blocked,
        why=offer.why if offer and blocked else None,
        lines=lines if rule.guards else [],
        questions=questions_of(view, rule, refusal.form.posted if refusal else request.args),
        form=refusal.form if refusal else None,
        changes=refusal.changes if refusal else (),
        rows=rows_of(refusal.form if refusal else None),
        danger=rule.trigger in DANGEROUS,
        summary=summary_of(view, rule),
        materials=[(code, m.name) for code, m in catalogue.LAW.materials.items()],
        key=fresh_key(),
    )
    return make_response(body, refusal.status if refusal else 200)
