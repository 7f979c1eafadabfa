"""Kinds of events and risk presets: which acts and marks each stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache

from workflow.domain.procedure import Text
from workflow.law import catalogue
from workflow.services.marking import LARGE_EXPORT, OFF_HOURS, SAME_PERSON

KINDS: Mapping[str, Text] = {
    "state": Text("状态推进", "State change"),
    "judged": Text("条件判定", "Rule check"),
    "material": Text("材料", "Material"),
    "correction": Text("补正与往来", "Correction and correspondence"),
    "review": Text("复核", "Review"),
    "waiver": Text("豁免", "Waiver"),
    "rectified": Text("更正", "Correction of record"),
    "view": Text("查看", "View"),
    "export": Text("导出", "Export"),
    "access": Text("权限与登录", "Access and sign-in"),
    "file": Text("档案与分派", "File and assignment"),
}
"""Code -> word, in the order of the page. `judged` holds acts that are also of another kind."""
RISKS: Mapping[str, Text] = {
    "waiver": Text("条件豁免", "Waivers"),
    "off_hours": Text("非工作时间操作", "Out of hours"),
    "same_person": Text("同一人整理又复核", "Same person prepared and reviewed"),
    "corrected": Text("删除或更正记录", "Deleted or corrected"),
    "large_export": Text("大批量导出", "Large export"),
}
_ACTS: Mapping[str, frozenset[str]] = {
    "material": frozenset({"provide"}),
    "correction": frozenset(
        {
            "answer",
            "request_correction",
            "resubmit",
            "retry_message",
            "handle_message",
            "note",
            "chase_client",
            "chase_reviewer",
            "client_replied",
        }
    ),
    "review": frozenset(
        {"request_sign_off", "recall_sign_off", "sign_off", "return_pack", "revoke_sign_off"}
    ),
    "waiver": frozenset({"waive"}),
    "rectified": frozenset({"rectify", "erase", "remove_files"}),
    "view": frozenset({"view", "reveal", "verify"}),
    "export": frozenset({"export"}),
    "access": frozenset(
        {"sign_in", "sign_in_failed", "sign_out", "set_access", "make_key", "rotate_key"}
        | {"lose_key", "restore"}
    ),
    "file": frozenset(
        {"set_facts", "set_dates", "open_service", "assign", "hold", "release_hold", "ask_erasure"}
        | {"refuse_erasure"}
    ),
}
_RISKY_ACTS = {"waiver": frozenset({"waive"}), "corrected": _ACTS["rectified"]}
_RISKY_MARKS = {name: name for name in (OFF_HOURS, SAME_PERSON, LARGE_EXPORT)}


@cache
def kind_of(action: str) -> str:
    """The one kind an act is of: moving the state, unless it is another."""
    return next((kind for kind, acts in _ACTS.items() if action in acts), "state")


@cache
def _acts(kind: str) -> frozenset[str]:
    rules = [rule for p in catalogue.LAW.procedures.values() for rule in p.rules]
    if kind == "judged":
        return frozenset(rule.trigger for rule in rules if rule.guards)
    if kind == "state":
        return frozenset({"open", *(r.trigger for r in rules if kind_of(r.trigger) == "state")})
    return _ACTS[kind]


def acts_of(kinds: Iterable[str]) -> frozenset[str]:
    """Every act of these kinds; a kind that does not exist has none."""
    return frozenset[str]().union(*(_acts(kind) for kind in kinds if kind in KINDS))


def risky(risks: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The acts and the marks that these presets look for."""
    wanted = tuple(risks)
    acts = frozenset[str]().union(*(_RISKY_ACTS.get(risk, frozenset()) for risk in wanted))
    return acts, frozenset(_RISKY_MARKS[risk] for risk in wanted if risk in _RISKY_MARKS)


def answering(kinds: Iterable[str], risks: Iterable[str]) -> Callable[[str, Iterable[str]], bool]:
    """Whether an act with its marks is of one of these kinds and one of these risks; () is any."""
    kinds, risks = tuple(kinds), tuple(risks)
    acts, (risky_acts, marks) = acts_of(kinds), risky(risks)

    def answers(act: str, carried: Iterable[str]) -> bool:
        at_risk = not risks or act in risky_acts or not marks.isdisjoint(carried)
        return at_risk and (not kinds or act in acts)

    return answers


def sorted_out(told: Iterable[tuple[str, Iterable[str]]]) -> dict[str, int]:
    """Acts with their marks counted as `kind.CODE` and `risk.CODE` of the page."""
    found = list(told)
    kinds = {f"kind.{code}": answering((code,), ()) for code in KINDS}
    risks = {f"risk.{code}": answering((), (code,)) for code in RISKS}
    return {
        name: sum(answers(act, marks) for act, marks in found)
        for name, answers in (kinds | risks).items()
    }


def risks_of(action: str, marks: Iterable[str]) -> tuple[str, ...]:
    """The presets that an event answers to, in their order."""
    carried = set(marks)
    return tuple(
        risk
        for risk in RISKS
        if action in _RISKY_ACTS.get(risk, ()) or _RISKY_MARKS.get(risk) in carried
    )
