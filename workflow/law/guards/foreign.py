"""Foreign investment: the share against the cap of every kind and item, by place."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from workflow.domain.facts import Facts
from workflow.domain.guard import Guard, Outcome
from workflow.domain.procedure import Confidence, Severity, Text
from workflow.law.foreign import CITES, PROHIBITED_CONTENT, Cap, cap_of, is_excepted
from workflow.law.guards.new_operator import NEW_OPERATOR, on_new_operator
from workflow.law.guards.outcomes import (
    BROKEN,
    MISSING_COMPANY_FACT,
    failed,
    passed,
    unknown,
    warned,
)
from workflow.law.sources import ORDER_42, cite


def _foreign(facts: Facts) -> Outcome:
    company = facts.company
    share = company.foreign_share
    if share is None:
        return unknown("foreign_share")
    if share == 0:
        return passed(share=share)
    if is_excepted(share, exception=company.foreign_exception):
        return passed("exception", share=share)
    barred = sorted(PROHIBITED_CONTENT & set(facts.case.get("content") or ()))
    if barred:
        return failed("content", share=share, content=barred)
    verdicts = [(_verdict(facts, share, cap), kind, cap) for kind, cap in _caps(facts)]
    worst = max((verdict for verdict, _, _ in verdicts), key=_ORDER.index, default="within")
    kinds = list(dict.fromkeys(kind for verdict, kind, _ in verdicts if verdict == worst))
    return _answer(worst, kinds, share, [cap for v, _, cap in verdicts if v == worst])


# From harmless to worst; one kind over its cap outweighs everything that is doubtful.
_ORDER = ("within", "piloted", "unproven", "manual", "app_stores", "unapproved", "over")


def _caps(facts: Facts) -> Iterator[tuple[str, Cap]]:
    for kind in facts.kinds:
        for item in facts.items.get(kind) or (None,):
            yield kind, cap_of(kind, item)


def _verdict(facts: Facts, share: Decimal | int, cap: Cap) -> str:
    if cap.ordinary is None:
        return "manual"
    if share <= cap.ordinary:
        return "within"
    zone = facts.company.pilot_zone
    if zone == "P4" and share <= (cap.p4 or 0):
        return "piloted" if facts.case.get("pilot_approval") else "unapproved"
    if zone == "P20" and share <= (cap.p20 or 0):
        return "unproven"
    return "app_stores" if zone == "P20" and cap.app_stores else "over"


def _answer(worst: str, kinds: list[str], share: Decimal | int, caps: list[Cap]) -> Outcome:
    limits = [cap.ordinary for cap in caps if cap.ordinary is not None]
    values: dict[str, Any] = {
        "share": share,
        "kinds": kinds,
        "cap": min(limits) if limits else None,
    }
    if worst in ("within", "piloted"):
        return passed(worst, **values)
    if worst == "unproven":
        return warned(worst, **values)
    if worst in ("manual", "app_stores"):
        return unknown(says=worst, **values)
    return failed(worst, **values)


GUARDS: tuple[Guard, ...] = (
    Guard(
        code="G-FOREIGN",
        title=Text("外资比例不超过上限", "The foreign share is within the cap"),
        severity=Severity.HARD,
        cites=(*CITES, cite(ORDER_42, "第九条", "Art. 9", Confidence.KNOWLEDGE)),
        says={
            "pass": Text(
                "逐层穿透的外资比例为 {share}%，适用内资程序",
                "Foreign share through every level is {share}%: the domestic procedure applies",
            ),
            "exception": Text(
                "外资比例 {share}%，低于 10% 且境外上市、第一大股东为中方，适用内资程序",
                "Foreign share is {share}%, below 10%, listed abroad with a Chinese largest "
                "shareholder: the domestic procedure applies",
            ),
            "within": Text(
                "{kinds} 的外资上限为 {cap}%，现为 {share}%，由工业和信息化部审批",
                "{kinds}: the foreign cap is {cap}%, found {share}%; MIIT decides",
            ),
            "piloted": Text(
                "{kinds} 一般外资上限为 {cap}%，现为 {share}%，四地试点不限，试点批复已取得",
                "{kinds}: the ordinary cap is {cap}%, found {share}%; the four-area pilot lifts it "
                "and its approval is in hand",
            ),
            "unapproved": Text(
                "{kinds} 一般外资上限为 {cap}%，现为 {share}%，四地试点须先取得试点批复：尚无",
                "{kinds}: the ordinary cap is {cap}%, found {share}%; the four-area pilot needs "
                "its approval first: none yet",
            ),
            "unproven": Text(
                "{kinds} 一般外资上限为 {cap}%，现为 {share}%，服务业试点放宽，"
                "实施细则未核实，请先向工业和信息化部确认",
                "{kinds}: the ordinary cap is {cap}%, found {share}%; the service-sector pilot "
                "allows more, but its rules are not verified: confirm with MIIT first",
            ),
            "app_stores": Text(
                "{kinds} 一般外资上限为 {cap}%，现为 {share}%，服务业试点只放开应用商店，"
                "须人工核实",
                "{kinds}: the ordinary cap is {cap}%, found {share}%; the service-sector pilot "
                "opens app stores alone, so a person must examine it",
            ),
            "manual": Text(
                "{kinds} 的外资上限未核实（现为 {share}%），须人工核实后再提交",
                "The foreign cap of {kinds} is not verified (found {share}%): "
                "a person must examine it before filing",
            ),
            "content": Text(
                "{content} 属禁止外商投资的内容，现外资比例 {share}%",
                "{content}: foreign investment is prohibited; found {share}%",
            ),
            "over": Text(
                "{kinds} 的外资上限为 {cap}%，现为 {share}%",
                "{kinds}: the foreign cap is {cap}%; found {share}%",
            ),
            "unknown": MISSING_COMPANY_FACT,
            "new_operator": NEW_OPERATOR,
            "broken": BROKEN,
        },
        fix=Text(
            "逐层追溯股东到自然人或国有资本，核对外资比例、试点区域和服务项目",
            "Trace shareholders to natural persons or state capital; check share, area and items",
        ),
        fix_at="company",
        check=on_new_operator(_foreign, "foreign_share"),
    ),
)
