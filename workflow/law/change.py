"""The procedure `change`: what a license says is changed, one or several C-rows in one case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from workflow.domain.facts import Facts
from workflow.domain.procedure import Confidence, Need, Procedure, Rule, Text
from workflow.law.authority_steps import AUTHORITY, EXTENDED, NUMBER, SCOPE, approval
from workflow.law.changes import CHANGES, is_report, reviewed_by, rows_of
from workflow.law.conditions import (
    HAS_CONTENT,
    IS_CALL_CENTER,
    IS_DELIVERY_NETWORK,
    IS_ONLINE,
    PROVES_PREMISES,
)
from workflow.law.enclosures import (
    APPOINTMENT,
    AUTHORIZATION,
    INVESTORS,
    LOSS,
    NODES,
    NUISANCE,
    PREMISES_LIST,
    SERVICE_SP,
    SITE_FORM,
    TRANSFER,
)
from workflow.law.kinds import KINDS
from workflow.law.sources import ORDER_42, TELECOM, cite
from workflow.law.steps import PREPARATION, RECORD, filing
from workflow.law.vocabulary import PROCEDURES, STATES

_EVERY_CHANGE = ("G-BADLIST", "G-LOCKOUT", "G-MATERIALS", "G-CONFLICT", "G-SIGNOFF")
_BY_ROW = tuple(dict.fromkeys(code for row in CHANGES for code in row.guards))

_RULES: tuple[Rule, ...] = (
    *PREPARATION,
    *filing(*_BY_ROW, *_EVERY_CHANGE),
    approval("change_license", NUMBER, *SCOPE),
    *AUTHORITY,
    *EXTENDED,
    *RECORD,
)

Ask = Callable[[Facts], bool]


def _judged(code: str) -> Ask:
    """A guard applies when a C-row of the case names it; the 30 days ahead bind ICP alone."""

    def applies(facts: Facts) -> bool:
        named = any(code in row.guards for row in rows_of(facts.changes))
        if code == "G-ADV30":
            return named and facts.license is not None and "ICP" in facts.license.kinds
        return named

    return applies


def _asked(code: str) -> Ask:
    """A paper is on the list when a C-row of the case names it."""

    def applies(facts: Facts) -> bool:
        return any(code in row.papers for row in rows_of(facts.changes))

    return applies


def _as_new(condition: Ask) -> Ask:
    """A further kind and a new operator bring the papers of a first application along."""

    def applies(facts: Facts) -> bool:
        return bool(_LIKE_NEW & set(facts.changes)) and condition(facts)

    return applies


def _grows(facts: Facts) -> bool:
    held = facts.license
    return held is not None and bool(set(facts.coverage) - held.coverage)


def _shrinks(facts: Facts) -> bool:
    held = facts.license
    leaves = held is not None and bool(held.coverage - set(facts.coverage))
    return leaves and "C-COV" in facts.changes


def _needs_premises(facts: Facts) -> bool:
    widens = "C-COV" in facts.changes and _grows(facts)
    return widens or _as_new(PROVES_PREMISES.holds)(facts)


def _needs_domain(facts: Facts) -> bool:
    return "C-SITE" in facts.changes or _as_new(IS_ONLINE.holds)(facts)


def _content(facts: Facts) -> bool:
    flagged = any("G-PREAPP" in row.guards for row in rows_of(facts.changes))
    return flagged and HAS_CONTENT.holds(facts)


_ROWS = Text("本次变更事项要求", "Asked for by what is changed")
_ENCLOSED = {
    "M-APP": (LOSS, SITE_FORM),
    "M-RESOL": (APPOINTMENT, AUTHORIZATION, TRANSFER),
    "M-EQUITY": (INVESTORS,),
    "M-PLAN": (SERVICE_SP, NODES, PREMISES_LIST),
    "M-PROMISE": (NUISANCE,),
}
_REDUCED = Text("缩小覆盖范围，须安置用户", "The coverage shrinks: users must be settled")
_LIKE_NEW = frozenset({"C-KIND", "C-SUBJ"})
_PAPERS = tuple(dict.fromkeys(code for row in CHANGES for code in row.papers))

_NEEDS: tuple[Need, ...] = (
    *(Need(code, _asked(code), _ROWS, encloses=_ENCLOSED.get(code, ())) for code in _PAPERS),
    Need(
        "M-PREM",
        _needs_premises,
        Text(
            "扩大覆盖范围，或在一个省新增业务、更换经营主体",
            "The coverage grows, or the kind or the operator is new in a province",
        ),
    ),
    Need("M-SETPROM", _shrinks, _REDUCED),
    Need("M-SETREP", _shrinks, _REDUCED),
    Need("M-PREAPP", _content, HAS_CONTENT.why),
    Need("M-DOMAIN", _needs_domain, Text("网站、应用或域名", "A site, app or domain")),
    Need("M-HOST", _as_new(IS_ONLINE.holds), IS_ONLINE.why),
    Need("M-CCSYS", _as_new(IS_CALL_CENTER.holds), IS_CALL_CENTER.why),
    Need("M-CV", _as_new(IS_DELIVERY_NETWORK.holds), IS_DELIVERY_NETWORK.why),
)


def _decided(told: Mapping[str, Any]) -> bool:
    return not is_report(told)


def _reviewed(clock: str) -> Callable[[Mapping[str, Any]], bool]:
    def applies(told: Mapping[str, Any]) -> bool:
        return reviewed_by(told) == clock

    return applies


PROCEDURE = Procedure(
    code="change",
    prefix="CH",
    name=PROCEDURES["change"],
    rules=_RULES,
    needs=_NEEDS,
    clocks=(
        "K-CHG-REG",
        "K-CHG-DEC",
        "K-ADV90",
        "K-ADV30",
        "K-CONTACT",
        "K-REG30",
        "K-CORR",
        "K-REV",
        "K-GEN",
        "K-DELIV",
        "K-LOCK1",
        "K-LOCK3",
        "K-APPEAL",
    ),
    kinds=frozenset(kind.code for kind in KINDS),
    cites=(
        cite(ORDER_42, "第二十八条、第二十九条", "Arts. 28, 29", Confidence.SECONDARY),
        cite(TELECOM, "第十五条", "Art. 15", Confidence.TEXT),
    ),
    labels=STATES,
    license="required",
    guards_when={code: _judged(code) for code in _BY_ROW},
    clocks_when={
        "K-CORR": _decided,
        "K-DELIV": _decided,
        "K-APPEAL": _decided,
        "K-REV": _reviewed("K-REV"),
        "K-GEN": _reviewed("K-GEN"),
    },
    filing_clocks=("K-CHG-REG", "K-CHG-DEC", "K-ADV90", "K-ADV30", "K-CONTACT"),
)
