"""What the applicant must be and have: a company, capital, people, premises."""

from __future__ import annotations

from typing import Any

from workflow.domain.facts import Facts
from workflow.domain.guard import Guard, Outcome
from workflow.domain.procedure import Confidence, Severity, Text
from workflow.law.capital import minimum_for
from workflow.law.credit_code import flaw
from workflow.law.figures import strictest
from workflow.law.guards.new_operator import NEW_OPERATOR, on_new_operator
from workflow.law.guards.outcomes import (
    BROKEN,
    MISSING_COMPANY_FACT,
    failed,
    passed,
    unknown,
    warned,
)
from workflow.law.sources import BUREAU_GUIDE, CREDIT_CODE, ORDER_42, TELECOM, cite


def _company(facts: Facts) -> Outcome:
    """`facts.fixed["stranger"]`: no client, asked about beforehand, so its code may be unknown."""
    company = facts.company
    found: dict[str, Any] = {
        "entity": company.entity,
        "status": company.status,
        "uscc": company.uscc,
    }
    if company.entity not in (None, "company"):
        return failed("entity", **found)
    if company.status not in (None, "active"):
        return failed("status", **found)
    beforehand = not company.uscc and facts.fixed.get("stranger")
    defect = "no_code" if beforehand else flaw(company.uscc)
    if defect in ("malformed", "not_a_company"):
        return failed(defect, **found)
    founded = company.established_on
    if founded is not None and founded > facts.on:
        day = founded.isoformat()
        return failed("not_yet", on=facts.on.isoformat(), established=day, earliest=day)
    missing = [name for name in ("entity", "status") if found[name] is None]
    if missing:
        return unknown(*missing)
    return warned(defect, **found) if defect else passed(**found)


def _capital(facts: Facts) -> Outcome:
    capital = facts.company.registered_capital
    if capital is None:
        return unknown("registered_capital")
    nationwide = facts.nationwide
    minimum = minimum_for(nationwide=nationwide)
    values: dict[str, Any] = {
        "capital": capital,
        "minimum": minimum,
        "scope": "N" if nationwide else "P",
    }
    return passed(**values) if capital >= minimum else failed(**values)


def _staff(facts: Facts) -> Outcome:
    staff, months = facts.company.insured_staff, facts.company.insured_months
    asked: dict[str, Any] = {
        "need_staff": strictest(facts, "insured_staff"),
        "need_months": strictest(facts, "insured_months"),
    }
    if staff is None or months is None:
        known = {"insured_staff": staff, "insured_months": months}
        return unknown(*(name for name, value in known.items() if value is None), **asked)
    values: dict[str, Any] = {"staff": staff, "months": months, **asked}
    enough = staff >= asked["need_staff"] and months >= asked["need_months"]
    return passed(**values) if enough else failed(**values)


def _premises(facts: Facts) -> Outcome:
    if facts.company.premises is None:
        return unknown("premises")
    return passed() if facts.company.premises else failed()


GUARDS: tuple[Guard, ...] = (
    Guard(
        code="G-COMPANY",
        title=Text("申请人是依法设立的公司", "The applicant is a lawfully established company"),
        severity=Severity.HARD,
        cites=(
            cite(TELECOM, "第十三条第一项", "Art. 13(1)", Confidence.TEXT),
            cite(CREDIT_CODE, "校验规则", "check rules", Confidence.SECONDARY),
        ),
        says={
            "pass": Text(
                "须为存续的公司：{entity}，{status}，信用代码 {uscc} 校验无误",
                "Must be an active company: {entity}, {status}, credit code {uscc} checks out",
            ),
            "entity": Text(
                "须为公司，现登记为{entity}", "Must be a company; it is registered as: {entity}"
            ),
            "status": Text(
                "公司须存续，现登记状态为{status}", "The company must be active; it is: {status}"
            ),
            "malformed": Text(
                "信用代码须为 18 位且校验无误，现为 {uscc}",
                "The credit code must have 18 valid characters; found {uscc}",
            ),
            "not_a_company": Text(
                "公司的信用代码以 91 开头，现为 {uscc}",
                "A company's credit code starts with 91; found {uscc}",
            ),
            "not_yet": Text(
                "提交日公司须已成立：{established} 成立，提交日 {on}",
                "The company must exist on the filing day: established {established}, filed {on}",
            ),
            "no_code": Text(
                "须为存续的公司：{entity}，{status}；信用代码还不知道，建档时校验",
                "Must be an active company: {entity}, {status}. The credit code is not known yet; "
                "it is checked when the company is entered",
            ),
            "inner": Text(
                "信用代码 {uscc} 的组织机构代码校验位不符，请与营业执照核对",
                "The inner check character of {uscc} does not fit. Compare the business license",
            ),
            "region": Text(
                "信用代码 {uscc} 的地区码不是省级代码，请与营业执照核对",
                "The region in {uscc} is not a province. Compare the business license",
            ),
            "unknown": MISSING_COMPANY_FACT,
            "new_operator": NEW_OPERATOR,
            "broken": BROKEN,
        },
        fix=Text("按营业执照更正企业档案", "Correct the company file from the business license"),
        fix_at="company",
        check=on_new_operator(_company),
    ),
    Guard(
        code="G-CAPITAL",
        title=Text("注册资本达到最低限额", "Registered capital reaches the minimum"),
        severity=Severity.HARD,
        cites=(cite(ORDER_42, "第六条第四项", "Art. 6(4)", Confidence.SECONDARY),),
        says={
            "pass": Text(
                "{scope}经营注册资本不低于 {minimum} 元，现为 {capital} 元",
                "{scope}: registered capital of at least RMB {minimum}; found RMB {capital}",
            ),
            "fail": Text(
                "{scope}经营注册资本不低于 {minimum} 元，现为 {capital} 元",
                "{scope}: registered capital of at least RMB {minimum}; found RMB {capital}",
            ),
            "unknown": MISSING_COMPANY_FACT,
            "new_operator": NEW_OPERATOR,
            "broken": BROKEN,
        },
        fix=Text(
            "先到登记机关增资，或改为申请一个省的范围",
            "Raise the capital at the registry first, or apply for one province",
        ),
        fix_at="company",
        check=on_new_operator(_capital, "registered_capital"),
    ),
    Guard(
        code="G-STAFF",
        title=Text("有相应的专业人员", "There are suitable professional staff"),
        severity=Severity.PRACTICE,
        cites=(
            cite(TELECOM, "第十三条第二项", "Art. 13(2)", Confidence.TEXT),
            cite(BUREAU_GUIDE, "社保人数和月数", "insured people and months", Confidence.SECONDARY),
        ),
        says={
            "pass": Text(
                "要求不少于 {need_staff} 人、近 {need_months} 个月社保，"
                "现有 {staff} 人、{months} 个月",
                "Asked: {need_staff} insured people, {need_months} month(s); "
                "found {staff}, {months} month(s)",
            ),
            "fail": Text(
                "要求不少于 {need_staff} 人、近 {need_months} 个月社保，"
                "现有 {staff} 人、{months} 个月",
                "Asked: {need_staff} insured people, {need_months} month(s); "
                "found {staff}, {months} month(s)",
            ),
            "unknown": Text(
                "要求不少于 {need_staff} 人、近 {need_months} 个月社保；尚未填写：{fields}。"
                "请到企业档案补填",
                "Asked: {need_staff} insured people, {need_months} month(s). "
                "Not known yet: {fields}. Enter it in the company file",
            ),
            "new_operator": NEW_OPERATOR,
            "broken": BROKEN,
        },
        fix=Text(
            "补足参保人员，或取得主管部门认可后由复核人豁免",
            "Insure more people, or have a reviewer waive it once the bureau agrees",
        ),
        fix_at="company",
        check=on_new_operator(_staff),
    ),
    Guard(
        code="G-PREMISES",
        title=Text("有必要的场地、设施和技术方案", "Premises, facilities and technical plan exist"),
        severity=Severity.HARD,
        cites=(cite(ORDER_42, "第六条第五项", "Art. 6(5)", Confidence.SECONDARY),),
        says={
            "pass": Text(
                "须有场地、设施和技术方案：已确认",
                "Premises, facilities and technical plan are required: confirmed",
            ),
            "fail": Text(
                "须有场地、设施和技术方案：企业档案记为没有",
                "Premises, facilities and technical plan are required: the file says none",
            ),
            "unknown": MISSING_COMPANY_FACT,
            "new_operator": NEW_OPERATOR,
            "broken": BROKEN,
        },
        fix=Text(
            "落实真实办公场地（虚拟地址过不了现场核查）",
            "Find real premises (a virtual address fails the on-site check)",
        ),
        fix_at="company",
        check=on_new_operator(_premises),
    ),
)
