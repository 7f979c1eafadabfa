"""Approval on a written undertaking (告知承诺): who may take that track, and why not.

It is a choice of the applicant: it never blocks a filing and changes no list of materials. The
undertaking in place of single proofs (M-CNCN) is another matter and open to everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from workflow.domain.facts import Facts
from workflow.domain.procedure import Citation, Confidence, Text
from workflow.law.kinds import BY_CODE
from workflow.law.sources import PILOT_2019, cite


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing the track asks for, and whether a case meets it."""

    code: str
    says: Text
    holds: Callable[[Facts], bool]


@dataclass(frozen=True, slots=True)
class Track:
    """A way through a procedure that is open under conditions; `note` is what is not verified."""

    code: str
    name: Text
    note: Text
    cites: tuple[Citation, ...]
    provinces: tuple[str, ...]
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Eligibility:
    """How a case stands to a track: every condition with its answer."""

    track: Track
    answers: tuple[tuple[Condition, bool], ...]

    @property
    def eligible(self) -> bool:
        """True when every condition is met."""
        return all(met for _, met in self.answers)

    @property
    def against(self) -> tuple[Condition, ...]:
        """The conditions that are not met."""
        return tuple(condition for condition, met in self.answers if not met)


PILOT_PROVINCES = (
    "31", "44", "12", "35", "21", "33", "41", "42", "50",
    "51", "61", "46", "37", "32", "45", "13", "53", "23",
)  # fmt: skip
"""The provinces whose free-trade zones were in the pilot of 2019."""


def second_class(kinds: Collection[str]) -> frozenset[str]:
    """Those of the kinds that are second-class value-added services."""
    return frozenset(kind for kind in kinds if BY_CODE[kind].service_class == "2")


UNDERTAKING = Track(
    "undertaking",
    Text("告知承诺审批", "Approval on a written undertaking"),
    Text(
        "2019 年试点，此后是否扩大或终止未核实，请先向发证机关确认",
        "A pilot of 2019; whether it was extended or ended since is not verified: confirm with "
        "the authority first",
    ),
    (cite(PILOT_2019, "试点范围和条件", "scope and conditions", Confidence.TEXT),),
    PILOT_PROVINCES,
    (
        Condition(
            "second-class",
            Text(
                "只申请第二类增值电信业务（第一类不适用）",
                "Only second-class value-added services are applied for (never the first class)",
            ),
            lambda facts: bool(facts.kinds) and second_class(facts.kinds) == set(facts.kinds),
        ),
        Condition(
            "zone",
            Text("注册在自由贸易试验区", "The company is registered in a free-trade zone"),
            lambda facts: facts.company.free_trade_zone,
        ),
        Condition(
            "office",
            Text("注册地址就是主要办公地址", "Its registered address is its main office"),
            lambda facts: facts.company.office_at_registered_address,
        ),
        Condition(
            "province",
            Text("所在省份在十八个试点之内", "Its province is one of the eighteen of the pilot"),
            lambda facts: facts.company.province in PILOT_PROVINCES,
        ),
    ),
)


def undertaking(facts: Facts) -> Eligibility:
    """Whether this applicant may take the track for these kinds, condition by condition."""
    return Eligibility(
        UNDERTAKING,
        tuple((condition, condition.holds(facts)) for condition in UNDERTAKING.conditions),
    )


def barred(kind: str, province: str | None) -> Condition | None:
    """The condition that no company can meet here; None while it depends on the company.

    `province` is its province, None while that may be any.
    """
    by_code = {condition.code: condition for condition in UNDERTAKING.conditions}
    if not second_class([kind]):
        return by_code["second-class"]
    if province is not None and province not in UNDERTAKING.provinces:
        return by_code["province"]
    return None
