"""Codes: whether the applicant may have a code of the range for this use."""

from __future__ import annotations

from typing import Any

from workflow.domain.facts import Facts
from workflow.domain.guard import Guard, Outcome, Result
from workflow.domain.procedure import Confidence, Severity, Text
from workflow.law.authorities import NATIONAL
from workflow.law.guards.outcomes import BROKEN, MISSING_CASE_FACT, failed, passed, unknown, warned
from workflow.law.number_ranges import (
    BY_CODE,
    CUSTOMER_SERVICE_INDUSTRIES,
    MINIMUM_BRANCHES,
    Range,
    usual_use,
)
from workflow.law.sources import NUMBERING, NUMBERING_GUIDE, NUMBERING_TABLE, cite

_OPERATORS = frozenset({"CC", "MPC"})


def _qualified(facts: Facts) -> Outcome:
    row = BY_CODE.get(str(facts.case.get("range")))
    if row is None:
        return unknown("range")
    use = facts.case.get("use") or usual_use(row, licensed=facts.license is not None)
    values: dict[str, Any] = {"range": row.code, "use": use}
    if use not in row.uses:
        return failed("use", **values)
    outside = _outside(facts, row)
    if outside:
        return failed("area", coverage=sorted(_covered(facts)), province=outside, **values)
    asked = _serves_customers(facts, row, values) if use == "customer_service" else None
    answer = asked or _WHO[row.who](facts, values)
    owned = [code for code in (facts.license.codes if facts.license else ()) if row.holds(code)]
    if owned and answer.result is Result.PASS:
        return warned("second", codes=owned, **values)
    return answer


def _covered(facts: Facts) -> frozenset[str]:
    return facts.license.coverage if facts.license else frozenset()


def _outside(facts: Facts, row: Range) -> list[str]:
    """Where the license does not reach; a range of one's own use rests on no license."""
    covered = _covered(facts)
    if row.nationwide or not row.licensed or not covered or NATIONAL in covered:
        return []
    return [code for code in facts.coverage if code not in covered]


def _sp(facts: Facts, values: dict[str, Any]) -> Outcome:
    return passed(**values) if _holds(facts, {"SP"}) else failed("sp", **values)


def _sp_nationwide(facts: Facts, values: dict[str, Any]) -> Outcome:
    crosses = facts.license is not None and facts.license.nationwide
    return passed(**values) if crosses and _holds(facts, {"SP"}) else failed("nation", **values)


def _anybody(facts: Facts, values: dict[str, Any]) -> Outcome:
    if facts.company.entity is None:
        return unknown("entity", **values)
    return failed("entity", **values) if facts.company.entity == "individual" else passed(**values)


def _public_body(facts: Facts, values: dict[str, Any]) -> Outcome:
    if facts.company.entity is None:
        return unknown("entity", **values)
    return passed(**values) if facts.company.entity == "social_body" else failed("body", **values)


def _carrier(_: Facts, values: dict[str, Any]) -> Outcome:
    return failed("carrier", **values)


def _operator(facts: Facts, values: dict[str, Any]) -> Outcome:
    crosses = facts.license is not None and facts.license.nationwide
    fits = crosses and _holds(facts, _OPERATORS)
    return passed(**values) if fits else failed("operator", **values)


def _province(facts: Facts, values: dict[str, Any]) -> Outcome:
    return passed(**values) if facts.license is not None else failed("licensee", **values)


def _serves_customers(facts: Facts, row: Range, values: dict[str, Any]) -> Outcome:
    """The 95 codes are for listed industries with branches everywhere; 96 for any enterprise."""
    if not row.nationwide:
        return warned("verify", **values)
    provinces, cities = facts.company.branches
    values |= {"industry": facts.company.industry, "provinces": provinces, "cities": cities}
    if facts.company.industry not in CUSTOMER_SERVICE_INDUSTRIES:
        fits = _operator(facts, {}).result is Result.PASS
        return failed("as_access" if fits else "industry", **values)
    enough = provinces >= MINIMUM_BRANCHES[0] and cities >= MINIMUM_BRANCHES[1]
    return passed("serves", **values) if enough else failed("branches", **values)


_WHO = {
    "sp": _sp,
    "sp_nationwide": _sp_nationwide,
    "anybody": _anybody,
    "public_body": _public_body,
    "carrier": _carrier,
    "operator": _operator,
    "province": _province,
}


def _holds(facts: Facts, kinds: set[str] | frozenset[str]) -> bool:
    held = facts.license
    return held is not None and held.status == "valid" and bool(held.kinds & kinds)


GUARDS: tuple[Guard, ...] = (
    Guard(
        code="G-NUM-QUAL",
        title=Text("申请主体符合号段要求", "The applicant fits the range"),
        severity=Severity.HARD,
        cites=(
            cite(NUMBERING_TABLE, "表一", "table 1", Confidence.TEXT),
            cite(NUMBERING_GUIDE, "申请条件", "conditions", Confidence.SECONDARY),
            cite(NUMBERING, "第十三条第一项", "Art. 13(1)", Confidence.TEXT),
        ),
        says={
            "pass": Text("{range}（{use}）：申请主体符合", "{range} ({use}): the applicant fits"),
            "serves": Text(
                "{range}（{use}）：{industry}，分支机构 {provinces} 省 {cities} 市，符合",
                "{range} ({use}): {industry}, branches in {provinces} provinces and {cities} "
                "cities: fits",
            ),
            "verify": Text(
                "{range}（{use}）：服务企业可申请，请向省局核实",
                "{range} ({use}): service enterprises may apply; verify with the bureau",
            ),
            "second": Text(
                "已有同类码号 {codes}：同一主体原则上只分配一个 {range}，请说明理由",
                "{codes} of this sort is held already: in principle one {range} for each holder, "
                "so explain why another is needed",
            ),
            "use": Text(
                "{range} 不能用于{use}，请换号段", "{range} is not for {use}: take another range"
            ),
            "area": Text(
                "{range}（{use}）申请用于 {province}，而许可证范围是 {coverage}：不能超出许可地域",
                "{range} ({use}) is asked for in {province}, but the license covers {coverage}: "
                "a code does not reach beyond it",
            ),
            "sp": Text(
                "{range}（{use}）须先持有 SP 许可证", "{range} ({use}) needs an SP license first"
            ),
            "nation": Text(
                "{range}（{use}）须持有全国 SP 许可证",
                "{range} ({use}) needs a nationwide SP license",
            ),
            "operator": Text(
                "{range}（{use}）须持有全国呼叫中心或多方通信许可证",
                "{range} ({use}) needs a nationwide call-center or multi-party license",
            ),
            "licensee": Text(
                "{range}（{use}）须持有电信业务许可证", "{range} ({use}) needs a telecom license"
            ),
            "entity": Text("{range}（{use}）只给企业和单位", "{range} ({use}) is for enterprises"),
            "body": Text(
                "{range}（{use}）只给党政机关和社会组织",
                "{range} ({use}) is for public and social bodies",
            ),
            "carrier": Text("{range} 只给基础电信企业", "{range} is for the basic carriers"),
            "as_access": Text(
                "{range} 用作客户服务号码限特定行业的企业，现为 {industry}；"
                "所持跨地区许可证可以申请作电信业务接入：请把用途改为“电信业务接入”",
                "Used for customer service, {range} is for listed industries; found: {industry}. "
                "The license held may have it for access: change the use to access to a telecom "
                "service",
            ),
            "industry": Text(
                "{range}（{use}）只给银行、证券、保险、航空、物流、电力、石油石化、铁路："
                "现为{industry}；其他企业须持有全国呼叫中心或多方通信许可证",
                "{range} ({use}) is for banks, securities, insurance, airlines, logistics, power, "
                "petrochemicals and railways: found {industry}. Others need a nationwide "
                "call-center or multi-party license",
            ),
            "branches": Text(
                "{range}（{use}）须在 6 省、15 市设有分支机构：{industry}现有 {provinces} 省 "
                "{cities} 市",
                "{range} ({use}) needs branches in 6 provinces and 15 cities: {industry} has "
                "{provinces} and {cities}",
            ),
            "unknown": MISSING_CASE_FACT,
            "broken": BROKEN,
        },
        fix=Text("换号段或先取得相应许可", "Take another range, or obtain the license first"),
        fix_at="facts",
        check=_qualified,
    ),
)
