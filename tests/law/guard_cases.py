"""Facts of a first application with the verdict each guard must give, and those of the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.law.later_cases import LATER_CASES
from tests.law.samples import bare, company, fileable, papers
from workflow.domain.facts import Bar, HeldLicense, OtherCase, Parameter, SignOff
from workflow.domain.guard import Result

PASS, WARN, FAIL, UNKNOWN = Result.PASS, Result.WARN, Result.FAIL, Result.UNKNOWN
NATIONWIDE = ("national",)
SHOP = {"activities": ["own_goods_only"]}


def of(**changes):
    return fileable(company=company(**changes))


def other(procedure="new", kinds=("EDI",), coverage=("62",)):
    return OtherCase("AP-2026-00001", procedure, frozenset(kinds), frozenset(coverage))


def held(status="valid", valid_to=date(2029, 1, 1), kinds=("EDI",), coverage=("62",)):
    return HeldLicense("甘B2-20240001", frozenset(kinds), frozenset(coverage), status, valid_to)


def asked(**figures):
    return {("", name): Parameter(value, "示例省口径") for name, value in figures.items()}


# Rulebook 1.5: the hard rows that only the applicant can speak of.
HARD = {
    "N-ICP-SITE": "ICP",
    "N-ICP-RULES": "ICP",
    "N-SYSTEMS": "IDC ISP",
    "N-LICENSE-FIRST": "IDC CDN",
    "N-DNS": "DNS",
}


def lacking(kind, *codes):
    """A case of this kind that says what it lacks; None: nobody knows."""
    return fileable(kinds=(kind,), items={}, case={"lacking": None if None in codes else codes})


CONFLICTING = held(valid_to=date(2026, 3, 2))

CASES = [
    ("G-COMPANY", of(), PASS, "pass"),
    ("G-COMPANY", of(entity="partnership"), FAIL, "entity"),
    ("G-COMPANY", of(entity="individual", status=None), FAIL, "entity"),
    ("G-COMPANY", of(status="revoked"), FAIL, "status"),
    ("G-COMPANY", of(established_on=date(2099, 1, 1)), FAIL, "not_yet"),
    ("G-COMPANY", of(uscc="91620102MA0DEM0138"), FAIL, "malformed"),
    ("G-COMPANY", of(uscc="91620102ma0dem0139"), FAIL, "malformed"),
    ("G-COMPANY", of(uscc=""), FAIL, "malformed"),
    ("G-COMPANY", replace(of(uscc=""), fixed={"stranger": True}), WARN, "no_code"),
    ("G-COMPANY", of(uscc="92620102MA0DEM0136"), FAIL, "not_a_company"),
    ("G-COMPANY", of(uscc="91620102MA0DEM130P"), WARN, "inner"),
    ("G-COMPANY", of(uscc="91100102MA0DEM013F"), WARN, "region"),
    ("G-COMPANY", of(entity=None), UNKNOWN, "unknown"),
    ("G-COMPANY", of(status=None), UNKNOWN, "unknown"),
    ("G-CAPITAL", of(registered_capital=1_000_000), PASS, "pass"),
    ("G-CAPITAL", of(registered_capital=999_999), FAIL, "fail"),
    ("G-CAPITAL", of(registered_capital=None), UNKNOWN, "unknown"),
    (
        "G-CAPITAL",
        fileable(coverage=NATIONWIDE, company=company(registered_capital=10_000_000)),
        PASS,
        "pass",
    ),
    ("G-CAPITAL", fileable(coverage=NATIONWIDE), FAIL, "fail"),
    ("G-CAPITAL", fileable(coverage=("62", "63")), FAIL, "fail"),
    ("G-STAFF", of(insured_staff=3, insured_months=1), PASS, "pass"),
    ("G-STAFF", of(insured_staff=2), FAIL, "fail"),
    ("G-STAFF", fileable(parameters=asked(insured_months=3)), FAIL, "fail"),
    (
        "G-STAFF",
        fileable(parameters=asked(insured_months=3), company=company(insured_months=3)),
        PASS,
        "pass",
    ),
    (
        "G-STAFF",
        fileable(
            parameters={
                ("", "insured_staff"): Parameter(5, "示例省口径"),
                ("EDI", "insured_staff"): Parameter(2, "示例省口径"),
            },
            company=company(insured_staff=2),
        ),
        PASS,
        "pass",
    ),
    ("G-STAFF", of(insured_staff=None), UNKNOWN, "unknown"),
    ("G-STAFF", of(insured_months=None), UNKNOWN, "unknown"),
    ("G-PREMISES", of(), PASS, "pass"),
    ("G-PREMISES", of(premises=False), FAIL, "fail"),
    ("G-PREMISES", of(premises=None), UNKNOWN, "unknown"),
    ("G-SERVICE", fileable(), PASS, "pass"),
    ("G-SERVICE", bare(), FAIL, "fail"),
    (
        "G-SERVICE",
        bare(papers=papers("M-SERVICE", valid_until=date(2026, 3, 1))),
        FAIL,
        "fail",
    ),
    ("G-INFOSEC", fileable(), PASS, "pass"),
    ("G-INFOSEC", bare(), FAIL, "fail"),
    ("G-DISHONEST", of(), PASS, "pass"),
    ("G-DISHONEST", of(dishonest_list=True), FAIL, "fail"),
    ("G-DISHONEST", of(dishonest_list=None), UNKNOWN, "unknown"),
    ("G-BADLIST", of(), PASS, "pass"),
    ("G-BADLIST", of(adverse_list=True), WARN, "warn"),
    ("G-BADLIST", of(adverse_list=None), UNKNOWN, "unknown"),
    ("G-LOCKOUT", of(), PASS, "pass"),
    ("G-LOCKOUT", of(bars=(Bar("concealment", date(2025, 3, 2)),)), FAIL, "fail"),
    ("G-LOCKOUT", of(bars=(Bar("concealment", date(2025, 3, 1)),)), PASS, "pass"),
    ("G-LOCKOUT", of(bars=(Bar("fraud", date(2023, 3, 2)),)), FAIL, "fail"),
    ("G-LOCKOUT", of(bars=(Bar("fraud", date(2023, 3, 1)),)), PASS, "pass"),
    ("G-LOCKOUT", of(bars=(Bar("rumor", date(2010, 1, 1)),)), UNKNOWN, "unknown"),
    ("G-FOREIGN", of(), PASS, "pass"),
    ("G-FOREIGN", of(foreign_share=None), UNKNOWN, "unknown"),
    ("G-PREAPP", fileable(), PASS, "none"),
    ("G-PREAPP", fileable(case={"content": ["audiovisual"]}), PASS, "pass"),
    (
        "G-PREAPP",
        fileable(case={"content": ["audiovisual"]}, papers=papers("M-APP")),
        FAIL,
        "fail",
    ),
    ("G-PREAPP", fileable(case={"content": None}), UNKNOWN, "unknown"),
    ("G-PREAPP", fileable(case={"content": ["education", "health"]}), WARN, "warn"),
    (
        "G-PREAPP",
        fileable(case={"content": ["health", "drugs"]}, papers=papers("M-APP")),
        FAIL,
        "fail",
    ),
    ("G-PREAPP", fileable(case={"content": ["health", "drugs"]}), WARN, "warn"),
    ("G-KINDSPEC", fileable(), PASS, "pass"),
    ("G-KINDSPEC", fileable(case={}), PASS, "pass"),
    ("G-KINDSPEC", fileable(case={"third_party_platform": False}), FAIL, "fail"),
    ("G-KINDSPEC", fileable(case={"deals_online": False}), FAIL, "fail"),
    ("G-KINDSPEC", fileable(items={}, case={"deals_online": False}), FAIL, "fail"),
    (
        "G-KINDSPEC",
        fileable(items={"EDI": ("EDI-DEVICE",)}, case={"deals_online": False}),
        PASS,
        "pass",
    ),
    ("G-KINDSPEC", fileable(case={"deals_online": None}), UNKNOWN, "unknown"),
    *(
        ("G-KINDSPEC", lacking(kind, code), FAIL, "fail")
        for code, kinds in HARD.items()
        for kind in kinds.split()
    ),
    *(("G-KINDSPEC", lacking(kind, None), UNKNOWN, "unknown") for kind in ("ICP", "IDC", "DNS")),
    ("G-KINDSPEC", lacking("ICP"), PASS, "pass"),
    ("G-KINDSPEC", lacking("ICP", "N-SYSTEMS"), PASS, "pass"),
    ("G-KINDSPEC", lacking("DNS"), PASS, "pass"),
    ("G-KINDSPEC", fileable(kinds=("ICP",), case=SHOP), FAIL, "fail"),
    ("G-KINDSPEC", fileable(case=SHOP), FAIL, "fail"),
    ("G-KINDSPEC", fileable(items={"EDI": ("EDI-DEVICE",)}, case=SHOP), PASS, "pass"),
    (
        "G-KINDSPEC",
        fileable(case={"activities": ["own_goods_only", "matches_buyers_and_sellers"]}),
        PASS,
        "pass",
    ),
    (
        "G-KINDSPEC",
        fileable(
            kinds=("ICP",),
            case={"activities": ["own_goods_only", "publishes_for_others"]},
        ),
        PASS,
        "pass",
    ),
    ("G-KINDSPEC", fileable(kinds=("CC",), case=SHOP), WARN, "warn"),
    ("G-KINDSPEC", fileable(kinds=("CC",), case={"activities": []}), PASS, "pass"),
    ("G-SCOPE", fileable(), PASS, "pass"),
    ("G-SCOPE", fileable(coverage=NATIONWIDE), PASS, "pass"),
    ("G-SCOPE", fileable(coverage=("99",)), FAIL, "strange"),
    ("G-SCOPE", fileable(coverage=("national", "62")), FAIL, "mixed"),
    ("G-SCOPE", fileable(coverage=()), UNKNOWN, "unknown"),
    ("G-SCOPE", fileable(kinds=()), UNKNOWN, "unknown"),
    ("G-MATERIALS", fileable(), PASS, "pass"),
    ("G-MATERIALS", fileable(papers=papers("M-APP")), FAIL, "missing"),
    ("G-MATERIALS", bare(), UNKNOWN, "unlisted"),
    ("G-SIGNOFF", fileable(), PASS, "pass"),
    ("G-SIGNOFF", fileable(sign_off=SignOff(frozenset({"wang"}))), FAIL, "unsigned"),
    ("G-SIGNOFF", fileable(sign_off=SignOff(frozenset({"li"}), "li")), FAIL, "own"),
    ("G-POINTS", fileable(), PASS, "pass"),
    ("G-POINTS", fileable(open_points=(1, 3)), FAIL, "fail"),
    ("G-CONFLICT", fileable(), PASS, "pass"),
    ("G-CONFLICT", fileable(others=(other(),)), FAIL, "case"),
    ("G-CONFLICT", fileable(others=(other(coverage=("national",)),)), FAIL, "case"),
    ("G-CONFLICT", fileable(others=(other(coverage=("44",)),)), PASS, "pass"),
    ("G-CONFLICT", fileable(others=(other(kinds=("ICP",)),)), PASS, "pass"),
    ("G-CONFLICT", fileable(others=(other(procedure="renewal"),)), PASS, "pass"),
    ("G-CONFLICT", fileable(licenses=(held(),)), FAIL, "license"),
    ("G-CONFLICT", fileable(licenses=(CONFLICTING,)), FAIL, "license"),
    ("G-CONFLICT", fileable(licenses=(held(valid_to=date(2026, 3, 1)),)), PASS, "pass"),
    ("G-CONFLICT", fileable(licenses=(held(status="cancelled"),)), PASS, "pass"),
    ("G-CONFLICT", fileable(licenses=(held(coverage=("national",)),)), FAIL, "license"),
    *LATER_CASES,
]
