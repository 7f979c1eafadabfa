"""What is asked before a case exists and no condition answers: age, capital still to be paid in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from workflow.domain.procedure import Citation, Confidence, Text
from workflow.law.capital import MINIMUM_PROVINCE, minimum_for
from workflow.law.sources import COMPANY_LAW, ORDER_42, cite

_YOUNG_MONTHS = 6
_MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Clause:
    """One sentence with its basis."""

    code: str
    says: Text
    cites: tuple[Citation, ...]


NO_AGE_CONDITION = Clause(
    "no-age-condition",
    Text(
        "成立不足六个月也可以申请：条件里没有成立年限，新办也不要求上一年度的审计报告或年报",
        "A company younger than six months may apply: the conditions name no age, and a first "
        "application asks for no audit report or annual report of the year before",
    ),
    (cite(ORDER_42, "第六条、第八条", "Arts. 6, 8", Confidence.SECONDARY),),
)
RAISE_FIRST = Clause(
    "raise-first",
    Text(
        "先在登记机关办妥增资，再申请；看的是注册资本，不要求验资报告。有限责任公司认缴的出资"
        "自成立之日起五年内缴足",
        "Raise the registered capital at the registry first, then apply. It is the registered "
        "capital that counts and no verification report is asked for; a limited company pays its "
        "subscribed capital in within five years of its establishment",
    ),
    (
        cite(ORDER_42, "第六条第四项", "Art. 6(4)", Confidence.SECONDARY),
        cite(COMPANY_LAW, "第四十七条", "Art. 47", Confidence.TEXT),
    ),
)


@dataclass(frozen=True, slots=True)
class CapitalGap:
    """Capital below the minimum, in RMB yuan; `one_province` says whether it suffices for one."""

    found: int
    minimum: int
    one_province: bool

    @property
    def short_by(self) -> int:
        """What is missing."""
        return self.minimum - self.found


def capital_gap(capital: int | None, *, nationwide: bool) -> CapitalGap | None:
    """How far the registered capital falls short; None when it reaches or is not known."""
    minimum = minimum_for(nationwide=nationwide)
    if capital is None or capital >= minimum:
        return None
    return CapitalGap(capital, minimum, nationwide and capital >= MINIMUM_PROVINCE)


def is_young(established: date | None, on: date) -> bool:
    """True when the company is younger than six months on the day; unknown is not young."""
    if established is None or established > on:
        return False
    months = (on.year - established.year) * _MONTHS_A_YEAR + on.month - established.month
    return months - (on.day < established.day) < _YOUNG_MONTHS
