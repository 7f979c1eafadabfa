"""What a license kind asks of its own (rulebook 1.5), as rows that G-KINDSPEC judges."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from workflow.domain.facts import Facts
from workflow.domain.procedure import Citation, Confidence, Text
from workflow.law.capital import minimum_for
from workflow.law.finder import proposed_kinds
from workflow.law.guards.outcomes import in_hand
from workflow.law.kinds import EVALUATED
from workflow.law.prerequisite_notes import DECLARED, NOTES, Note
from workflow.law.sources import BUREAU_GUIDE, INTERNET, LETTER_84, PLAN_552, PRACTICE, cite
from workflow.law.vocabulary import Labels


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """One condition of one or more kinds, judged by G-KINDSPEC.

    `holds` answers None when a fact is missing; a `hard` one fails, the others only warn.
    """

    code: str
    kinds: frozenset[str]
    name: Text
    hard: bool
    holds: Callable[[Facts], bool | None]
    cites: tuple[Citation, ...]


def _trades(facts: Facts) -> bool:
    # Omitted items mean the first, which is transaction processing.
    return "EDI-TRADE" in (facts.items.get("EDI") or ("EDI-TRADE",))


def _said(facts: Facts, name: str) -> bool | None:
    answer: bool | None = facts.case.get(name, True)
    return answer


def _edi_platform(facts: Facts) -> bool | None:
    """A shop of its own goods is no platform, whatever else was said of it."""
    if not _trades(facts):
        return True
    doings = set(facts.case.get("activities") or ())
    if "own_goods_only" in doings and "EDI" not in proposed_kinds(doings):
        return False
    return _said(facts, "third_party_platform")


def _edi_deals(facts: Facts) -> bool | None:
    return _said(facts, "deals_online") if _trades(facts) else True


def _icp_for_others(facts: Facts) -> bool | None:
    activities = facts.case.get("activities", ())
    if activities is None:
        return None
    return "own_goods_only" not in activities or "ICP" in proposed_kinds(activities)


def _when_told(facts: Facts, activity: str) -> bool:
    """The activity is among those told, or nothing was told at all."""
    activities = facts.case.get("activities", ())
    return not activities or activity in activities


def _cc_for_others(facts: Facts) -> bool | None:
    return _when_told(facts, "seats_for_others")


def _sells_access(facts: Facts) -> bool | None:
    return _when_told(facts, "sells_access")


def _evaluated(facts: Facts) -> bool | None:
    done = facts.license.evaluated if facts.license else frozenset()
    wanted = set(facts.kinds) & EVALUATED
    return bool(facts.case.get("evaluation_passed")) or in_hand(facts, "M-EVAL") or wanted <= done


def _paid_in(facts: Facts) -> bool | None:
    paid = facts.company.paid_in_capital
    return None if paid is None else paid >= minimum_for(nationwide=facts.nationwide)


_EDI_GUIDE = cite(BUREAU_GUIDE, "EDI 申请条件", "EDI conditions", Confidence.SECONDARY)

PREREQUISITES: tuple[Prerequisite, ...] = (
    Prerequisite(
        "EDI-PLATFORM",
        frozenset({"EDI"}),
        Text(
            "交易处理须有明确的第三方交易平台（自营不需要 EDI）",
            "transaction processing needs a definite third-party platform (own goods need no EDI)",
        ),
        hard=True,
        holds=_edi_platform,
        cites=(_EDI_GUIDE,),
    ),
    Prerequisite(
        "EDI-DEALS",
        frozenset({"EDI"}),
        Text("买卖双方须在平台上在线成交", "both sides must conclude the deal on the platform"),
        hard=True,
        holds=_edi_deals,
        cites=(_EDI_GUIDE,),
    ),
    Prerequisite(
        "ICP-OTHERS",
        frozenset({"ICP"}),
        Text(
            "须为他人发布或递送信息（只卖自营商品不需要 ICP）",
            "it must publish or deliver for others (a shop of its own goods needs no ICP)",
        ),
        hard=True,
        holds=_icp_for_others,
        cites=(
            cite(INTERNET, "第六条", "Art. 6", Confidence.TEXT),
            cite(BUREAU_GUIDE, "ICP 申请条件", "ICP conditions", Confidence.SECONDARY),
        ),
    ),
    Prerequisite(
        "CC-OTHERS",
        frozenset({"CC", "CCO"}),
        Text(
            "坐席须服务其他企业的客户（只答复自己的客户不需要呼叫中心许可）",
            "seats must serve other companies' customers (answering one's own needs no license)",
        ),
        hard=False,
        holds=_cc_for_others,
        cites=(cite(PRACTICE, "呼叫中心的界定", "what a call center is", Confidence.KNOWLEDGE),),
    ),
    Prerequisite(
        "ISP-ACCESS",
        frozenset({"ISP"}),
        Text(
            "ISP 只用于出售互联网接入；内容或视频平台属于 ICP",
            "ISP is only for selling internet access; a content or video platform is ICP",
        ),
        hard=False,
        holds=_sells_access,
        cites=(cite(PRACTICE, "业务种类的界定", "telling the kinds apart", Confidence.SECONDARY),),
    ),
    Prerequisite(
        "EVALUATION",
        EVALUATED,
        Text(
            "技术评测不是取证的前提，但开通业务前必须通过（尚无评测报告）",
            "the technical evaluation is no condition of the license, but must be passed before "
            "the service is opened (no report yet)",
        ),
        hard=False,
        holds=_evaluated,
        cites=(
            cite(
                PLAN_552, "技术评测（2019 年起后置）", "evaluation, after the license since 2019",
                Confidence.SECONDARY,
            ),
            cite(LETTER_84, "未经许可不得经营", "no operation without license", Confidence.TEXT),
        ),
    ),
    Prerequisite(
        "PAID-IN",
        frozenset({"IDC", "ISP"}),
        Text(
            "2012 年方案要求实缴资本达到最低限额（可能已被取代），请核实实缴情况",
            "the 2012 plan asks for paid-in capital up to the minimum (perhaps superseded): "
            "verify what is paid in",
        ),
        hard=False,
        holds=_paid_in,
        cites=(cite(PLAN_552, "资金要求", "funds", Confidence.SECONDARY),),
    ),
)  # fmt: skip

PREREQUISITE_LABELS: Labels = {row.code: row.name for row in PREREQUISITES} | dict(DECLARED)


def of_kinds(kinds: Iterable[str]) -> tuple[Prerequisite, ...]:
    """The judged conditions of these kinds, in order."""
    wanted = set(kinds)
    return tuple(row for row in PREREQUISITES if row.kinds & wanted)


def notes_of(kinds: Iterable[str]) -> tuple[Note, ...]:
    """What else these kinds ask for; the hard ones are taken as met until a case denies it."""
    wanted = set(kinds)
    return tuple(note for note in NOTES if note.kinds & wanted)
