"""Words and tones that every page about the law shares."""

from __future__ import annotations

from typing import Any

from flask import make_response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, lazy_gettext

from web.case_words import kinds_line, words_line
from workflow.domain.guard import Guard
from workflow.domain.procedure import Procedure, Role, Rule, State, Text
from workflow.law import catalogue

SORT_NAMES: dict[str, tuple[LazyString, str]] = {
    "guards": (lazy_gettext("须满足的条件"), "lock"),
    "materials": (lazy_gettext("申请材料"), "file"),
    "clocks": (lazy_gettext("各项期限"), "clock"),
    "kinds": (lazy_gettext("业务种类"), "license"),
    "self-check": (lazy_gettext("续期自查"), "loop"),
    "changes": (lazy_gettext("变更事项"), "pencil"),
    "kind-conditions": (lazy_gettext("业务种类的专门条件"), "reviewer"),
    "tasks": (lazy_gettext("后续事项"), "worklist"),
    "filing": (lazy_gettext("怎么报"), "upload"),
    "consequences": (lazy_gettext("后果"), "warning"),
}
CONFIDENCE_TONES = {"text": "ok", "secondary": "neut", "knowledge": "warn", "design": "brand"}
SEVERITY_TONES = {"H": "danger", "P": "warn", "house": "brand"}


def procedures() -> dict[str, Procedure]:
    """Every procedure in the order a page lists them."""
    found = catalogue.LAW.procedures
    return {code: found[code] for code in catalogue.labels("procedure") if code in found}


def severity(guard: Guard) -> tuple[str, str]:
    """The code of a guard's severity and its tone."""
    code = catalogue.severity_of(guard)
    return code, SEVERITY_TONES[code]


_ITSELF = Text("到期自动发生", "By itself, when the time is over")
_AUTHORITY = Text("主管部门，由我方登记", "The authority; we record it")
_OTHERS = Text("他人，由我方登记", "Somebody else; we record it")
_US = Text("我方", "Us")


def who(rule: Rule) -> Text:
    """Who acts: the authority once it was filed, before that one of us."""
    if Role.CLOCK in rule.by:
        return _ITSELF
    filed = set(rule.source)
    if filed == {State.SUBMITTED}:
        return _AUTHORITY if rule.authority_fact else _OTHERS
    if filed == {State.APPROVED}:
        return _AUTHORITY
    roles = [catalogue.label_of("role", role.value) for role in Role if role in rule.by]
    return Text(
        f"{_US.zh}：{'、'.join(role.zh for role in roles)}",
        f"{_US.en}: {', '.join(role.en.lower() for role in roles)}",
    )


def law_page(template: str, status: int = 200, **shown: Any) -> ResponseReturnValue:  # noqa: ANN401
    """A page about the law, with the words it is written in."""
    body = render_template(
        template,
        label=catalogue.label_of,
        tones=CONFIDENCE_TONES,
        severity=severity,
        who=who,
        procedures=procedures(),
        names=SORT_NAMES,
        kinds_line=kinds_line,
        words_line=words_line,
        version=catalogue.VERSION,
        **shown,
    )
    return make_response(body, status)
