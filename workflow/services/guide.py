"""The guide to one procedure, kind and area, read off the law: nothing in it is written twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from workflow.domain.facts import Facts
from workflow.domain.procedure import Citation, LicenseKind, Procedure, Rule, State, Text
from workflow.law import catalogue
from workflow.law.authorities import MIIT, NATIONAL
from workflow.law.changes import BY_CODE as CHANGES
from workflow.law.consequences import Consequence, consequences
from workflow.law.content import PRIOR_APPROVALS, PriorApproval
from workflow.law.deciding import BY_AREA, BY_OWNER, BY_RANGE
from workflow.law.filing_notes import FilingNote, filing_notes
from workflow.law.foreign import PILOT_AREAS, Cap, cap_of
from workflow.law.procedure_notes import PROCEDURE_NOTES
from workflow.law.tracks import UNDERTAKING, Track, barred
from workflow.law.tracks import Condition as TrackCondition
from workflow.services.bureau_figures import Parameters, bureau_of, parameters_at
from workflow.services.clock_words import ClockWords
from workflow.services.guide_facts import Combination, default_facts, variants
from workflow.services.guide_rules import (
    Condition,
    PaperAsked,
    clocks_of,
    conditions_of,
    papers_of,
)


@dataclass(frozen=True, slots=True)
class Deciding:
    """An authority, what it does in this procedure, and why it is the one."""

    code: str
    role: Text
    cites: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Limit:
    """The foreign caps of a service item, or of the kind where its items do not differ."""

    code: str
    name: Text
    cap: Cap


@dataclass(frozen=True, slots=True)
class Guide:
    """Everything a handler asks about one combination before there is a case.

    `doubt` stands in place of the rest where the combination cannot be applied for. `track` is
    approval on an undertaking, for a first license; `barred` the condition of it that nobody meets.
    """

    asked: Combination
    procedure: Procedure
    kind: LicenseKind
    what: Text
    doubt: Text | None
    authorities: tuple[Deciding, ...]
    filing: tuple[FilingNote, ...]
    conditions: tuple[Condition, ...]
    limits: tuple[Limit, ...]
    contents: tuple[PriorApproval, ...]
    papers: tuple[PaperAsked, ...]
    steps: tuple[Rule, ...]
    clocks: tuple[ClockWords, ...]
    effects: tuple[str, ...]
    writes: tuple[str, ...]
    tasks: tuple[str, ...]
    consequences: tuple[Consequence, ...]
    track: Track | None
    barred: TrackCondition | None


def guide_for(session: Session, asked: Combination, on: date) -> Guide:
    """The guide by the rules in force on the day.

    Raises BadInput for a procedure or kind there is none of.
    """
    catalogue.procedure(asked.procedure), catalogue.kind(asked.kind)
    deciding = _deciding(default_facts(asked, on, {}))
    return assembled(asked, on, parameters_at(session, bureau_of(deciding, asked.area)))


def assembled(asked: Combination, on: date, parameters: Parameters) -> Guide:
    """The guide from the law and these bureau figures alone."""
    procedure, kind = catalogue.procedure(asked.procedure), catalogue.kind(asked.kind)
    facts = default_facts(asked, on, parameters)
    others = tuple(variants(asked, facts))
    approval = procedure.rule("approve", State.SUBMITTED)
    conditions = tuple(conditions_of(procedure, facts, others))
    judged = {condition.guard.code for condition in conditions}
    return Guide(
        asked=asked,
        procedure=procedure,
        kind=kind,
        what=PROCEDURE_NOTES[procedure.code],
        doubt=_doubt(procedure, kind, facts),
        authorities=_authorities(asked, facts),
        filing=filing_notes(procedure.code),
        conditions=conditions,
        limits=_limits(kind) if "G-FOREIGN" in judged else (),
        contents=PRIOR_APPROVALS if "G-PREAPP" in judged else (),
        papers=papers_of(procedure, facts, others),
        steps=_steps(procedure.rules),
        clocks=clocks_of(procedure, (facts, *(told for _, told in others))),
        effects=approval.effects if approval else (),
        writes=CHANGES[asked.change].writes if asked.change else (),
        tasks=tasks_after(asked, on),
        consequences=consequences(procedure.code, kind.code),
        track=UNDERTAKING if procedure.code == "new" else None,
        barred=barred(kind.code, None if asked.area == NATIONAL else asked.area),
    )


def _doubt(procedure: Procedure, kind: LicenseKind, facts: Facts) -> Text | None:
    """Why nobody can apply for this combination, or nobody knows whether one can."""
    scope = "N" if facts.nationwide else "P"
    name = catalogue.label_of("scope", scope)
    if kind.code not in procedure.kinds:
        return Text(
            f"“{kind.name.zh}”没有“{procedure.name.zh}”这个事项",
            f"{kind.name.en} has no procedure '{procedure.name.en}'",
        )
    if scope in kind.unconfirmed:
        return Text(
            f"“{kind.name.zh}”能否办理{name.zh}许可未经证实：请先向工业和信息化部确认，"
            "确认之前不要按一般流程准备",
            f"Whether {kind.name.en} is licensed for this scope ({name.en}) is unconfirmed: "
            "confirm with MIIT first, and do not prepare before it has",
        )
    if scope not in kind.scopes:
        return Text(
            f"“{kind.name.zh}”不发放{name.zh}许可",
            f"{kind.name.en} is not licensed for this scope: {name.en}",
        )
    return None


def _deciding(facts: Facts) -> str:
    return catalogue.authority_of(
        facts.procedure, facts.coverage, facts.company, facts.license, facts.case
    )


_DECIDES = Text("审批", "Decides")
_TOLD = Text("接收报告", "Receives the report")
_LOCAL = Text("当地监督，同时接收报告", "Supervises locally and receives the report too")
_NATIONAL_RANGES = Text("跨省使用的号段", "Ranges used across provinces")
_OWN_RANGES = Text("省内使用的号段", "Ranges used in the province")


def _authorities(asked: Combination, facts: Facts) -> tuple[Deciding, ...]:
    """Who decides; a branch is told to two, codes belong to one or the other by their range."""
    deciding, procedure = _deciding(facts), catalogue.procedure(asked.procedure)
    bureau = () if asked.area == NATIONAL else (asked.area,)
    if asked.procedure == "branch_report":
        local = tuple(Deciding(code, _LOCAL, procedure.cites) for code in bureau)
        return (Deciding(deciding, _TOLD, procedure.cites), *local)
    if asked.procedure == "number":
        if asked.range:
            return (Deciding(deciding, _DECIDES, BY_RANGE),)
        own = tuple(Deciding(code, _OWN_RANGES, BY_RANGE) for code in bureau)
        return (Deciding(MIIT, _NATIONAL_RANGES, BY_RANGE), *own)
    basis = BY_OWNER if asked.foreign and asked.area != NATIONAL else BY_AREA
    told = asked.procedure == "annual_report"
    return (Deciding(deciding, _TOLD if told else _DECIDES, basis),)


def _limits(kind: LicenseKind) -> tuple[Limit, ...]:
    whole = cap_of(kind.code, None)
    rows = tuple(Limit(item.code, item.name, cap_of(kind.code, item.code)) for item in kind.items)
    differ = any(row.cap != whole for row in rows)
    return rows if differ else (Limit(kind.code, kind.name, whole),)


_ANYTIME = 2


def _steps(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """The acts as they follow one another: by the state they start from, decisions after the rest.

    What may happen at any time comes last; waiving and rectifying are no steps of a procedure.
    """
    order = list(State)

    def place(rule: Rule) -> tuple[bool, int, bool]:
        first = min(order.index(state) for state in rule.source)
        decides = rule.target is not None and rule.target.final
        return len(rule.source) > _ANYTIME, first, decides

    steps = (rule for rule in rules if rule.trigger not in ("waive", "rectify"))
    return tuple(sorted(steps, key=place))


def tasks_after(asked: Combination, on: date) -> tuple[str, ...]:
    """What the decision leaves to do; a license that ends whole leaves the most."""
    facts = default_facts(asked, on, {})
    held = facts.license
    if held is not None and asked.procedure == "cancellation":
        held = replace(held, status="cancelled")
    told = facts.case if asked.change or asked.procedure != "change" else _adding(facts)
    return catalogue.follow_ups_of(asked.procedure, (asked.kind,), told, held)


def _adding(facts: Facts) -> dict[str, object]:
    """Any change may be meant: the one that leaves tasks behind is a further kind."""
    return {**facts.case, "changes": list(CHANGES)}


def pilot_areas() -> Mapping[str, Text]:
    """Where each pilot for foreign capital applies, by zone."""
    return PILOT_AREAS
