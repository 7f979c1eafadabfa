"""The page that confirms one act of the law on a case, and the act itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from web.access import current_actor, needs
from web.action_form import MORE_ROWS, Question, questions_of, read_answers, rows_of
from web.case_guards import finding_lines
from web.case_page import DANGEROUS, READERS, say_done
from web.case_words import word
from web.forms import Answers, FormRefused
from web.i18n import language
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
from workflow.services import advance, case_view
from workflow.services.case_view import CaseView

_ON = Text("办理日期", "the day of this act")


@dataclass(frozen=True, slots=True)
class _Refusal:
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
        return _page(view, _rule(view, trigger))


@needs(Role.HANDLER, Role.REVIEWER, Role.MANAGER)
def act(number: str, trigger: str) -> ResponseReturnValue:
    """Take the act. Everything that was typed comes back with a refusal."""
    form = Answers(request.form.copy(), {"on": _ON, **_labels(trigger)})
    seen = version_of(form)
    if request.form.get("more"):
        form.posted["rows"] = str(rows_of(form) + MORE_ROWS)
        return _again(number, trigger, _Refusal(form, 200))
    refusal = _refused(number, trigger, form, seen)
    if refusal:
        return _again(number, trigger, refusal)
    say_done(trigger)
    return redirect(url_for("cases.show", number=number), 303)


def _refused(number: str, trigger: str, form: Answers, seen: int | None) -> _Refusal | None:
    """Take the act; why it did not go through, or None when it did."""
    try:
        _take(number, trigger, form, seen)
    except FormRefused:
        return _Refusal(form, 422)
    except BadInput as error:
        form.take(error)
        return _Refusal(form, 422)
    except GuardsUnmet as error:
        return _Refusal(form, 422, error.unmet)
    except NotOffered:
        return _Refusal(form, 409)
    except StaleCase:
        with desk().database.reading() as session:
            return _Refusal(form, 409, changes=changes_since(session, number, seen))
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
        return read_answers(form, questions, view.case.kinds)


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
        raise RoleMissing(Text("你的角色不能办理这一步", "Your role may not take this step"))
    return rule


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


def _again(number: str, trigger: str, refusal: _Refusal) -> ResponseReturnValue:
    with desk().database.reading() as session:
        view = case_view.view(session, number, current_actor(), now())
        offered = view.rule(trigger)
        rule = offered or _any_rule(view, trigger)
        return _page(view, rule, refusal, offered=offered is not None)


def _page(
    view: CaseView, rule: Rule, refusal: _Refusal | None = None, *, offered: bool = True
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
        summary=_summary(view, rule),
        materials=[(code, m.name) for code, m in catalogue.LAW.materials.items()],
        key=fresh_key(),
    )
    return make_response(body, refusal.status if refusal else 200)


def _summary(view: CaseView, rule: Rule) -> list[tuple[str, str]]:
    """What happens, in a few lines: the case, from where to where, who next, on what basis."""
    names = view.standing.procedure.labels
    here = State(view.case.state)
    pairs = [(gettext("案件"), f"{view.case.number} {view.company.name}")]
    if rule.target and rule.target != here:
        moves = (names[here].read(language()), names[rule.target].read(language()))
        pairs.append((gettext("将变为"), " → ".join(moves)))
    else:
        pairs.append(
            (gettext("状态"), gettext("不变（%(state)s）", state=names[here].read(language())))
        )
    if rule.guards:
        unmet = view.unmet
        met = gettext("%(n)s 项，全部满足", n=len(view.blockers))
        left = gettext("%(n)s 项，还差 %(unmet)s 项", n=len(view.blockers), unmet=unmet)
        pairs.append((gettext("条件"), left if unmet else met))
    next_ = _NEXT.get(rule.trigger)
    if next_:
        pairs.append((gettext("之后"), next_.read(language())))
    basis = "；".join(cite.read(language()) for cite in rule.cites)
    pairs.append((gettext("依据"), basis))
    return [(str(label), str(value)) for label, value in pairs]


_NEXT = {
    "prepare": Text("开始收集材料", "Materials are collected"),
    "request_sign_off": Text(
        "由复核人办理；之后材料或答复有改动，须重新复核",
        "The reviewer's turn; a later change of the pack asks for a new sign-off",
    ),
    "recall_sign_off": Text("回到备料，由经办人办理", "Back to preparing, with the handler"),
    "sign_off": Text(
        "经办人可以登记提交；材料再有改动，复核失效",
        "The handler can record the submission; a change of the pack undoes the sign-off",
    ),
    "return_pack": Text("退回经办人，原因会显示给他", "Back to the handler, with your reason"),
    "revoke_sign_off": Text("须重新复核才能提交", "A new sign-off is needed before filing"),
    "submit": Text(
        "材料锁定，由主管部门办理；5 个工作日内受理或告知补正",
        "The pack is locked; the authority accepts or asks for corrections in 5 working days",
    ),
    "resubmit": Text("本轮补正结束，由主管部门办理", "The round ends; the authority's turn"),
    "request_correction": Text(
        "进入补正，由我方逐条答复", "A correction round opens; we answer point by point"
    ),
    "accept": Text("审查期限继续计算", "The review goes on"),
    "approve": Text(
        "许可证进入台账，生成后续事项；这一步不能撤回",
        "The license enters the register and follow-up tasks open; this cannot be undone",
    ),
    "reject": Text("案件结束，不能撤回", "The case ends; this cannot be undone"),
    "decline": Text("案件结束，不能撤回", "The case ends; this cannot be undone"),
    "withdraw": Text("案件结束，不能撤回", "The case ends; this cannot be undone"),
    "deliver": Text("案件办结", "The case is closed"),
    "waive": Text(
        "这一项不再阻止提交，记录在案", "The condition no longer refuses; it is on record"
    ),
    "rectify": Text(
        "原记录保留，以更正后的值重新计算期限",
        "The entry stays; dates are worked out anew from the corrected value",
    ),
}
