"""The questions handlers ask: all of them by subject, a search, and a page with the answer."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request

from web.access import EVERYBODY, current_actor, may_open, needs
from web.law_words import CONFIDENCE_TONES
from web.next_steps import buttons, rule_address
from web.ports import desk, now
from workflow.domain.procedure import Confidence
from workflow.law import catalogue, questions
from workflow.law.question_basis import least_sure, rules_behind
from workflow.law.question_search import LONGEST, search
from workflow.law.questions import GROUPS, Question
from workflow.services.own_figures import ENOUGH, NEWEST, OwnFigures, own_figures

pages = Blueprint("questions", __name__)
_UNVERIFIED = (Confidence.KNOWLEDGE, Confidence.DESIGN)


@pages.get("/questions")
@needs(*EVERYBODY)
def index() -> str:
    """Every question by subject, or those that answer to what was typed."""
    typed = request.args.get("q", "").strip()
    found = search(typed)
    day = now().today
    return render_template(
        "questions/index.html",
        typed=typed[:LONGEST],
        found=found,
        answers={row.number: questions.answer_of(row, day) for row in found.questions}
        if found
        else {},
        groups=[(code, name, questions.of_group(code)) for code, name in GROUPS.items()],
        asked=len(questions.QUESTIONS),
        group_names=GROUPS,
    )


@pages.get("/questions/<int:number>")
@needs(*EVERYBODY)
def show(number: int) -> str:
    """One answer with the rules behind it, and what can be done next. 404 for no such number."""
    question = questions.entry(number)
    if question is None:
        abort(404)
    day = now().today
    bases = rules_behind(question, catalogue.LAW, day)
    sure = least_sure(bases)
    return render_template(
        "questions/show.html",
        question=question,
        asked=question in questions.QUESTIONS,
        answer=questions.answer_of(question, day),
        points=questions.points_of(question, day),
        bases=bases,
        sure=sure,
        unverified=sure in _UNVERIFIED,
        figures=_figures(question),
        few=ENOUGH,
        newest=NEWEST,
        buttons=buttons((*question.steps, *_rule_first(question))),
        related=questions.related(question),
        group_names=GROUPS,
        rule_address=rule_address,
        label=catalogue.label_of,
        tones=CONFIDENCE_TONES,
    )


def _rule_first(question: Question) -> list[questions.NextStep]:
    """The rule it chiefly stands on is open to everybody, whatever else a role may open."""
    pages_of_rules = (ref for ref in question.refs if rule_address(ref))
    first = next(pages_of_rules, None)
    return [questions.rule(first)] if first else []


def _figures(question: Question) -> OwnFigures | None:
    wanted = question.figures
    if wanted is None or not may_open("cases.index"):
        return None
    with desk().database.reading() as session:
        return own_figures(
            session,
            current_actor(),
            procedure=wanted.procedure,
            kind=wanted.kind,
            province=wanted.area,
        )
