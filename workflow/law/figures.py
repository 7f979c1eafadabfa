"""What bureaus ask for in practice: figures that differ by province and kind, and the usual."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from workflow.domain.facts import Facts
from workflow.domain.procedure import Citation, Confidence, Text
from workflow.law.fact_labels import FIELDS
from workflow.law.sources import BUREAU_GUIDE, DESK, PRACTICE, cite
from workflow.law.vocabulary import Labels

PREMISES, TOLERANCE, RENEWAL_PAPERS = "premises", "lateness_tolerance", "renewal_papers"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure a bureau may set. `usual` is the national default; None where there is no figure.

    `usually` says in words what holds as long as a bureau says nothing.
    """

    code: str
    name: Text
    usual: int | None
    usually: Text
    cites: tuple[Citation, ...]


_INSURED = (
    cite(BUREAU_GUIDE, "社保人数和月数", "insured people and months", Confidence.SECONDARY),
)

FIGURES: tuple[Figure, ...] = (
    Figure(
        "insured_staff",
        FIELDS["insured_staff"],
        3,
        Text("3 人", "3 people"),
        _INSURED,
    ),
    Figure(
        "insured_months",
        FIELDS["insured_months"],
        1,
        Text("1 个月", "1 month"),
        _INSURED,
    ),
    Figure(
        PREMISES,
        Text("是否要求场地证明", "Whether proof of premises is asked for"),
        None,
        Text("申请一个省的要求，跨地区的不要求", "Asked for one province, not for more"),
        (cite(PRACTICE, "场地证明", "proof of premises", Confidence.SECONDARY),),
    ),
    Figure(
        TOLERANCE,
        Text("逾期容忍日数", "Days of lateness tolerated"),
        0,
        Text("0 日", "0 days"),
        (cite(DESK, "待主管部门确认", "to be confirmed by the bureau", Confidence.DESIGN),),
    ),
    Figure(
        RENEWAL_PAPERS,
        Text("续期另要的材料", "Further papers of a renewal"),
        None,
        Text("没有，只要必备材料", "None beside those every renewal needs"),
        (cite(BUREAU_GUIDE, "续期材料", "papers of a renewal", Confidence.SECONDARY),),
    ),
)
"""Every figure, in the order a page lists them."""

FIGURE_LABELS: Labels = {figure.code: figure.name for figure in FIGURES}
USUAL: Mapping[str, int] = MappingProxyType(
    {figure.code: figure.usual for figure in FIGURES if figure.usual is not None}
)
"""The national default of every figure that is a number."""


def told(facts: Facts, name: str) -> list[Any]:
    """What the bureau says for each kind that it says something of; a kind's own beats the rest."""
    rows = (
        facts.parameters.get((kind, name)) or facts.parameters.get(("", name))
        for kind in facts.kinds or ("",)
    )
    return [row.value for row in rows if row]


def strictest(facts: Facts, name: str) -> int:
    """The largest figure over the kinds, the usual one for a kind of which nothing is said."""
    said = [int(value) for value in told(facts, name)]
    silent = len(said) < max(1, len(facts.kinds))
    return max([*said, *([USUAL[name]] if silent else [])])


def tolerated(facts: Facts) -> int:
    """Days a report may be late before the bureau minds; the least over the kinds."""
    said = [int(value) for value in told(facts, TOLERANCE) if str(value).isdigit()]
    return min(said) if len(said) == max(1, len(facts.kinds)) else USUAL[TOLERANCE]


def asked_at_renewal(facts: Facts, code: str) -> bool:
    """True when the bureau asks for this paper with a renewal."""
    lists = (value if isinstance(value, list) else [value] for value in told(facts, RENEWAL_PAPERS))
    return any(code in one for one in lists)
