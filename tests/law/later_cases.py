"""Facts of the later procedures with the verdict each guard must give on them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from tests.law.samples import bare, company
from workflow.domain.facts import Facts, HeldLicense, OtherCase, Paper, Parameter, Penalty
from workflow.domain.guard import Result
from workflow.law.self_check import WARNING

PASS, WARN, FAIL, UNKNOWN = Result.PASS, Result.WARN, Result.FAIL, Result.UNKNOWN
ON = date(2026, 3, 2)


def license_of(**changes: Any) -> HeldLicense:
    """A provincial EDI license in the middle of its term, in service and up to date."""
    values = {
        "number": "甘B2-20240001",
        "kinds": frozenset({"EDI"}),
        "coverage": frozenset({"62"}),
        "status": "valid",
        "valid_to": date(2029, 1, 1),
        "id": 1,
        "valid_from": date(2024, 1, 1),
        "opened": frozenset({"EDI"}),
    }
    return HeldLicense(**{**values, **changes})


NATIONWIDE = license_of(number="B2-20240001", coverage=frozenset({"national"}))
SP_NATION = license_of(
    number="B2-20240002", kinds=frozenset({"SP"}), coverage=frozenset({"national"})
)
SP_HOME = license_of(kinds=frozenset({"SP"}))
CC_NATION = license_of(
    number="B2-20240003", kinds=frozenset({"CC"}), coverage=frozenset({"national"})
)


def about(procedure: str, held: HeldLicense | None = None, *, of: Any = None, **told: Any) -> Facts:
    """A case of this procedure about a license, with what was told."""
    found = held or license_of()
    kinds = tuple(sorted(found.kinds))
    return bare(
        procedure=procedure,
        license=found,
        kinds=kinds,
        coverage=tuple(sorted(found.coverage)),
        case=told,
        company=of or company(),
    )


def code(written: str, held: HeldLicense | None = None, *, of: Any = None, **told: Any) -> Facts:
    """An application for a code, with a license or without."""
    facts = about("number", held, of=of, range=written, **told)
    return facts if held else bare(procedure="number", case=facts.case, company=facts.company)


def change(
    *codes: str,
    held: HeldLicense | None = None,
    to: tuple[str, ...] | None = None,
    **told: Any,
) -> Facts:
    """A change of these C-rows; `to` is the coverage it asks for."""
    facts = about("change", held, changes=codes, **told)
    return replace(facts, coverage=to) if to else facts


def filed(procedure: str, **told: Any) -> OtherCase:
    """Another case on the same license that the authority already has."""
    return OtherCase("CH-2026-00001", procedure, frozenset({"EDI"}), frozenset({"62"}), 1, told)


def meeting(procedure: str, other: OtherCase, **told: Any) -> Facts:
    facts = about(procedure, **told)
    return bare(
        procedure=procedure,
        license=facts.license,
        kinds=facts.kinds,
        coverage=facts.coverage,
        case=told,
        others=(other,),
    )


def fined(authority: str, *days: date) -> Any:
    return company(penalties=tuple(Penalty(authority, day) for day in days))


def holding(*codes: str) -> HeldLicense:
    return replace(SP_NATION, codes=codes)


LAPSED = license_of(status="lapsed")
OVER, LAST_DAY = license_of(valid_to=date(2026, 3, 1)), license_of(valid_to=ON)


def lenient(facts: Facts, days: int) -> Facts:
    """Asked of a bureau that tolerates so many days."""
    return replace(facts, parameters={("", "lateness_tolerance"): Parameter(days, "示例省口径")})


def with_list(facts: Facts) -> Facts:
    """Nothing is asked for, so nothing is missing."""
    return replace(facts, fixed={"needed": ()})


BANK = company(industry="bank", branches=(6, 15))
FEB = (date(2026, 1, 5), date(2026, 1, 20), date(2026, 2, 1), date(2026, 2, 20))


def at_bureau(*days: date) -> Facts:
    facts = code("1062XXXX", SP_HOME, of=fined("62", *days))
    return bare(
        procedure="number", license=facts.license, kinds=facts.kinds, case=facts.case,
        company=facts.company, fixed={"authority": "62"},
    )  # fmt: skip


FOREIGN: list[tuple[str, Facts, Result, str]] = [
    ("G-FOREIGN", bare(company=company(foreign_share=60)), PASS, "within"),
    (
        "G-FOREIGN",
        bare(company=company(foreign_share=60), items={"EDI": ("EDI-DEVICE",)}),
        FAIL,
        "over",
    ),
    ("G-FOREIGN", bare(company=company(foreign_share=1), kinds=("DNS",)), UNKNOWN, "manual"),
    (
        "G-FOREIGN",
        bare(company=company(foreign_share=9, foreign_exception=True), kinds=("IDC",)),
        PASS,
        "exception",
    ),
    (
        "G-FOREIGN",
        bare(company=company(foreign_share=10, foreign_exception=True), kinds=("IDC",)),
        FAIL,
        "over",
    ),
    (
        "G-FOREIGN",
        bare(company=company(foreign_share=20), kinds=("ICP",), case={"content": ["news"]}),
        FAIL,
        "content",
    ),
    (
        "G-FOREIGN",
        bare(company=company(foreign_share=80, pilot_zone="P4"), kinds=("IDC",)),
        FAIL,
        "unapproved",
    ),
    (
        "G-FOREIGN",
        bare(
            company=company(foreign_share=80, pilot_zone="P4"),
            kinds=("IDC",),
            case={"pilot_approval": True},
        ),
        PASS,
        "piloted",
    ),
    (
        "G-FOREIGN",
        bare(company=company(foreign_share=50, pilot_zone="P20"), kinds=("IPVPN",)),
        WARN,
        "unproven",
    ),
    (
        "G-FOREIGN",
        bare(
            company=company(foreign_share=70, pilot_zone="P20"),
            kinds=("ICP",),
            items={"ICP": ("ICP-PUBLISH",)},
        ),
        UNKNOWN,
        "app_stores",
    ),
]

TIMING: list[tuple[str, Facts, Result, str]] = [
    ("G-RENEW-TIME", about("renewal", license_of(valid_to=date(2026, 5, 31))), PASS, "pass"),
    ("G-RENEW-TIME", about("renewal", license_of(valid_to=date(2026, 5, 30))), FAIL, "fail"),
    ("G-RENEW-TIME", bare(procedure="renewal"), UNKNOWN, "unknown"),
    ("G-ADV90", about("cancellation"), PASS, "open"),
    ("G-ADV90", about("cancellation", stop_on="2026-05-31"), PASS, "pass"),
    ("G-ADV90", about("cancellation", stop_on="2026-05-30"), FAIL, "fail"),
    ("G-ADV90", about("cancellation", stop_on="2019-04-10"), FAIL, "past"),
    ("G-ADV30", change("C-SITE", effective_on="2026-03-01"), FAIL, "past"),
    ("G-CHG-TIME30", change("C-SH", decided_on="2028-01-01"), WARN, "to_come"),
    ("G-BRANCH30", about("branch_report", NATIONWIDE, decided_on="2028-01-01"), WARN, "to_come"),
    ("G-ADV90", change("C-COV", effective_on="2026-05-31"), PASS, "pass"),
    ("G-ADV30", change("C-ITEM"), PASS, "open"),
    ("G-ADV30", change("C-ITEM", effective_on="2026-04-01"), PASS, "pass"),
    ("G-ADV30", change("C-SITE", effective_on="2026-03-31"), FAIL, "fail"),
    ("G-CHG-TIME30", change("C-LREP"), PASS, "not_started"),
    ("G-CHG-TIME30", change("C-LREP", registered_on="2026-01-31"), PASS, "pass"),
    ("G-CHG-TIME30", change("C-LREP", registered_on="2026-01-29"), WARN, "late"),
    ("G-CHG-TIME30", change("C-SH"), WARN, "undated"),
    ("G-CHG-TIME30", change("C-SH", decided_on="2026-02-20"), PASS, "pass"),
    ("G-BRANCH30", about("branch_report", NATIONWIDE), WARN, "undated"),
    ("G-BRANCH30", about("branch_report", NATIONWIDE, decided_on="2026-02-20"), PASS, "pass"),
    ("G-BRANCH30", about("branch_report", NATIONWIDE, decided_on="2026-01-01"), WARN, "late"),
    ("G-CHG-TIME30", lenient(change("C-LREP", registered_on="2026-01-29"), 5), WARN, "tolerated"),
    ("G-CHG-TIME30", lenient(change("C-LREP", registered_on="2026-01-01"), 5), WARN, "late"),
    (
        "G-BRANCH30",
        lenient(about("branch_report", NATIONWIDE, decided_on="2026-01-29"), 60),
        WARN,
        "tolerated",
    ),
    ("G-NUM-VALID", code("1066XXXX", SP_NATION), PASS, "pass"),
    ("G-NUM-VALID", code("1069YXXXXXXX"), PASS, "free"),
    (
        "G-NUM-VALID",
        code("1062XXXX", license_of(valid_to=date(2027, 3, 1))),
        FAIL,
        "fail",
    ),
]

STANDING: list[tuple[str, Facts, Result, str]] = [
    ("G-OPENED", about("renewal"), PASS, "pass"),
    ("G-OPENED", about("renewal", license_of(opened=frozenset())), FAIL, "fail"),
    ("G-OPENED", about("renewal", self_check={"RL-01": "red"}), WARN, "warn"),
    ("G-OPENED", bare(procedure="renewal", license=license_of(), kinds=()), FAIL, "nothing"),
    ("G-OPENED", bare(procedure="renewal"), UNKNOWN, "unknown"),
    ("G-AR", about("renewal"), PASS, "pass"),
    ("G-AR", about("renewal", license_of(annual_reports=frozenset({2024}))), PASS, "pass"),
    ("G-AR", about("renewal", license_of(annual_reports=frozenset())), WARN, "warn"),
    ("G-AR", bare(procedure="renewal"), UNKNOWN, "unknown"),
    ("G-AR", about("annual_report", year=2025), PASS, "in_season"),
    ("G-AR", about("annual_report", year=2026), WARN, "early"),
    ("G-AR", about("annual_report", year=2024), WARN, "closed"),
    (
        "G-AR",
        bare(
            procedure="annual_report",
            license=license_of(),
            on=date(2026, 4, 1),
            case={"year": 2025},
        ),
        WARN,
        "late",
    ),
    ("G-CHG-CLEAR", about("renewal"), PASS, "pass"),
    ("G-CHG-CLEAR", about("renewal", license_of(unreported_changes=("C-SH",))), FAIL, "named"),
    ("G-CHG-CLEAR", about("renewal", self_check={"RL-05": "red"}), FAIL, "fail"),
    ("G-CHG-CLEAR", bare(procedure="renewal"), UNKNOWN, "unknown"),
    ("G-REG-DONE", change("C-NAME", registered_on="2026-03-02"), PASS, "pass"),
    ("G-REG-DONE", change("C-NAME", registered_on="2026-03-03"), FAIL, "fail"),
    ("G-REG-DONE", change("C-NAME"), FAIL, "missing"),
    ("G-SETTLE", about("cancellation"), PASS, "pass"),
    ("G-SETTLE", about("cancellation", settlement_plan=False), FAIL, "plan"),
    ("G-SETTLE", about("cancellation", users_settled=False), FAIL, "users"),
    ("G-SETTLE", about("cancellation", users_settled=None), UNKNOWN, "unknown"),
    ("RL-02", about("renewal"), PASS, "silent"),
    ("RL-02", about("renewal", self_check={"RL-02": "green"}), PASS, "pass"),
    ("RL-02", about("renewal", self_check={"RL-02": "red"}), FAIL, "fail"),
    ("RL-03", about("renewal"), PASS, "silent"),
    ("RL-03", about("renewal", self_check={"RL-03": "green"}), PASS, "pass"),
    ("RL-03", about("renewal", self_check={"RL-03": "red"}), FAIL, "fail"),
    ("RL-14", about("renewal"), PASS, "silent"),
    ("RL-14", about("renewal", self_check={"RL-14": "green"}), PASS, "pass"),
    ("RL-14", about("renewal", self_check={"RL-14": "red"}), FAIL, "fail"),
    ("RL-16", about("renewal"), PASS, "silent"),
    ("RL-16", about("renewal", self_check={"RL-16": "green"}), PASS, "pass"),
    ("RL-16", about("renewal", of=company(adverse_list=True)), WARN, "warn"),
    ("RL-16", about("renewal", self_check={"RL-16": "red"}), FAIL, "fail"),
    *(
        (code, about("renewal", self_check={code: answer}), result, says)
        for code in WARNING
        if code != "RL-19"
        for answer, result, says in (("green", PASS, "pass"), ("red", WARN, "warn"))
    ),
    ("RL-19", about("renewal", self_check={"RL-19": "red"}), WARN, "red"),
    *(
        (code, change("C-SUBJ"), WARN, "new_operator")
        for code in ("G-COMPANY", "G-CAPITAL", "G-STAFF", "G-PREMISES", "G-FOREIGN")
    ),
    (
        "G-CAPITAL",
        replace(
            change("C-SUBJ", new={"registered_capital": 1}), company=company(registered_capital=1)
        ),
        FAIL,
        "fail",
    ),
    ("G-DISHONEST", change("C-LREP", new_person_dishonest=True), FAIL, "person"),
    (
        "G-SCOPE",
        about("branch_report", NATIONWIDE, province="44"),
        PASS,
        "branch",
    ),
    ("G-SCOPE", about("branch_report", province="44"), FAIL, "home"),
    ("G-SCOPE", about("branch_report", NATIONWIDE), UNKNOWN, "unknown"),
    ("G-SCOPE", bare(kinds=("CPN",), coverage=("national",)), UNKNOWN, "unconfirmed"),
    ("G-SCOPE", bare(kinds=("IDC",)), WARN, "cities"),
    ("G-SCOPE", bare(kinds=("IDC",), case={"cities": ["兰州"]}), PASS, "pass"),
    (
        "G-SCOPE",
        bare(procedure="change", license=license_of(), coverage=("national",)),
        FAIL,
        "authority",
    ),
    ("G-SCOPE", change("C-COV", to=("62", "63")), FAIL, "authority"),
    ("G-SCOPE", change("C-COV", to=("63",)), FAIL, "authority"),
    ("G-SCOPE", change("C-COV", held=NATIONWIDE, to=("62", "63")), PASS, "pass"),
    ("G-SCOPE", change("C-ADDR"), PASS, "stays"),
    ("G-SCOPE", change("C-ADDR", held=NATIONWIDE, of=company(province="44")), PASS, "stays"),
    ("G-SCOPE", change("C-ADDR", of=company(province="44")), WARN, "moved"),
    ("G-SCOPE", change("C-ADDR", "C-COV", to=("44",)), FAIL, "authority"),
    ("RL-19", change("C-AUTH"), WARN, "warn"),
    ("RL-19", change("C-AUTH", self_check={"RL-19": "green"}), PASS, "pass"),
    ("RL-19", change("C-AUTH", self_check={"RL-19": "red"}), FAIL, "fail"),
    ("G-KINDSPEC", bare(kinds=("IDC",)), WARN, "warn"),
    (
        "G-KINDSPEC",
        bare(
            kinds=("IDC",),
            company=company(paid_in_capital=1_000_000),
            papers={"M-EVAL": Paper("M-EVAL", 1)},
        ),
        PASS,
        "pass",
    ),
    ("G-KINDSPEC", bare(kinds=("ISP",), case={"activities": ["user_video"]}), WARN, "warn"),
]

NUMBERS: list[tuple[str, Facts, Result, str]] = [
    ("G-NUM-QUAL", code("1066XXXX", SP_NATION), PASS, "pass"),
    ("G-NUM-QUAL", code("1066XXXX", SP_HOME), FAIL, "nation"),
    ("G-NUM-QUAL", code("1062XXXX", SP_HOME), PASS, "pass"),
    ("G-NUM-QUAL", code("1062XXXX", license_of()), FAIL, "sp"),
    ("G-NUM-QUAL", replace(code("1062XXXX", SP_HOME), coverage=("44",)), FAIL, "area"),
    ("G-NUM-QUAL", replace(code("1062XXXX", SP_NATION), coverage=("44",)), PASS, "pass"),
    ("G-NUM-QUAL", replace(code("1063YXXXXXXX", SP_HOME), coverage=("44",)), PASS, "pass"),
    ("G-MATERIALS", with_list(change("C-NAME")), PASS, "pass"),
    ("G-MATERIALS", with_list(change("C-NAME", held=LAPSED)), FAIL, "run_out"),
    ("G-MATERIALS", with_list(change("C-LOST", held=OVER)), FAIL, "run_out"),
    ("G-MATERIALS", with_list(change("C-CONTACT", held=OVER)), PASS, "pass"),
    ("G-MATERIALS", with_list(change("C-NAME", held=LAST_DAY)), PASS, "pass"),
    (
        "G-MATERIALS",
        replace(with_list(change("C-NAME", held=OVER)), others=(filed("renewal"),)),
        PASS,
        "pass",
    ),
    ("G-NUM-QUAL", code("1066XXXX", SP_NATION, use="own"), FAIL, "use"),
    ("G-NUM-QUAL", code("1069YXXXXXXX"), PASS, "pass"),
    ("G-NUM-QUAL", code("1069YXXXXXXX", of=company(entity="individual")), FAIL, "entity"),
    ("G-NUM-QUAL", code("1069YXXXXXXX", of=company(entity=None)), UNKNOWN, "unknown"),
    ("G-NUM-QUAL", code("10639XXX", of=company(entity="social_body")), PASS, "pass"),
    ("G-NUM-QUAL", code("10639XXX"), FAIL, "body"),
    ("G-NUM-QUAL", code("10639XXX", of=company(entity=None)), UNKNOWN, "unknown"),
    ("G-NUM-QUAL", code("1065XXXX", SP_NATION), FAIL, "carrier"),
    ("G-NUM-QUAL", code("95XXX", CC_NATION), PASS, "pass"),
    ("G-NUM-QUAL", code("95XXX", SP_NATION), FAIL, "operator"),
    ("G-NUM-QUAL", code("95XXX", CC_NATION, use="customer_service"), FAIL, "as_access"),
    ("G-NUM-QUAL", code("95XXX", of=BANK), PASS, "serves"),
    ("G-NUM-QUAL", code("95XXX", of=company(industry="bank", branches=(6, 14))), FAIL, "branches"),
    ("G-NUM-QUAL", code("95XXX", of=company(industry="电池")), FAIL, "industry"),
    ("G-NUM-QUAL", code("96XXX", SP_HOME), PASS, "pass"),
    ("G-NUM-QUAL", code("96XXX", use="access"), FAIL, "licensee"),
    ("G-NUM-QUAL", code("96XXX"), WARN, "verify"),
    ("G-NUM-QUAL", code("97XXX"), UNKNOWN, "unknown"),
    ("G-NUM-QUAL", code("1066XXXX", holding("10661234")), WARN, "second"),
    ("G-NUM-QUAL", code("1066XXXX", holding("10690123")), PASS, "pass"),
    ("G-NUM-QUAL", code("95XXX", holding("95123")), FAIL, "operator"),
    ("G-NUM-PEN", code("95XXX", CC_NATION, of=fined("62", FEB[0])), WARN, "warn"),
    ("G-NUM-PEN", code("96XXX", SP_HOME, of=fined("62", date(2025, 3, 1))), PASS, "pass"),
    ("G-NUM-PEN", code("1062XXXX", SP_HOME, of=fined("62", FEB[0])), PASS, "pass"),
    ("G-NUM-DEBT", code("1066XXXX", SP_NATION), PASS, "pass"),
    ("G-NUM-DEBT", code("1066XXXX", SP_NATION, of=company(code_fees_owed=True)), FAIL, "fail"),
    ("G-NUM-PEN", code("1066XXXX", SP_NATION), PASS, "pass"),
    ("G-NUM-PEN", code("1066XXXX", SP_NATION, of=fined("MIIT", FEB[0])), FAIL, "fail"),
    ("G-NUM-PEN", code("1066XXXX", SP_NATION, of=fined("工业和信息化部", FEB[0])), FAIL, "fail"),
    ("G-NUM-PEN", code("1066XXXX", SP_NATION, of=fined("62", *FEB)), PASS, "pass"),
    (
        "G-NUM-PEN",
        code("1066XXXX", SP_NATION, of=fined("MIIT", date(2025, 3, 1))),
        PASS,
        "pass",
    ),
    (
        "G-NUM-PEN",
        code("1066XXXX", SP_NATION, of=fined("MIIT", date(2024, 3, 1), date(2025, 3, 1))),
        FAIL,
        "fail",
    ),
    ("G-NUM-PEN", at_bureau(*FEB[:2]), PASS, "pass"),
    ("G-NUM-PEN", at_bureau(*FEB[:3]), FAIL, "fail"),
    ("G-NUM-PEN", at_bureau(*FEB), FAIL, "fail"),
]

MEETINGS: list[tuple[str, Facts, Result, str]] = [
    (
        "G-CONFLICT",
        meeting("change", filed("change", changes=["C-SH"]), changes=["C-LREP"]),
        WARN,
        "warn",
    ),
    (
        "G-CONFLICT",
        meeting("change", filed("change", changes=["C-SH"]), changes=["C-SH"]),
        FAIL,
        "excludes",
    ),
    (
        "G-CONFLICT",
        meeting("change", filed("change", changes=["C-SUBJ"]), changes=["C-SH"]),
        FAIL,
        "excludes",
    ),
    ("G-CONFLICT", meeting("change", filed("renewal"), changes=["C-COV"]), WARN, "warn"),
    ("G-CONFLICT", meeting("change", filed("cancellation"), changes=["C-SH"]), FAIL, "excludes"),
    ("G-CONFLICT", meeting("change", filed("annual_report"), changes=["C-SH"]), PASS, "pass"),
    ("G-CONFLICT", meeting("change", filed("number"), changes=["C-SH"]), WARN, "warn"),
    ("G-CONFLICT", meeting("renewal", filed("change", changes=["C-COV"])), FAIL, "first"),
    ("G-CONFLICT", meeting("renewal", filed("change", changes=["C-LREP"])), WARN, "warn"),
    ("G-CONFLICT", meeting("renewal", filed("renewal")), FAIL, "excludes"),
    ("G-CONFLICT", meeting("renewal", filed("cancellation")), FAIL, "excludes"),
    ("G-CONFLICT", meeting("renewal", filed("number")), WARN, "warn"),
    ("G-CONFLICT", meeting("number", filed("renewal"), range="1066XXXX"), WARN, "warn"),
    (
        "G-CONFLICT",
        about("renewal", license_of(kinds=frozenset({"EDI", "ICP"}))),
        PASS,
        "pass",
    ),
    ("G-CONFLICT", meeting("cancellation", filed("number")), FAIL, "first"),
    ("G-CONFLICT", meeting("cancellation", filed("renewal")), FAIL, "excludes"),
    ("G-CONFLICT", meeting("cancellation", filed("branch_report")), WARN, "warn"),
    ("G-CONFLICT", meeting("cancellation", filed("annual_report")), PASS, "pass"),
    (
        "G-CONFLICT",
        meeting("cancellation", filed("cancellation", end_kinds=["EDI"]), end_kinds=["EDI"]),
        FAIL,
        "excludes",
    ),
    ("G-CONFLICT", meeting("annual_report", filed("annual_report", year=2025), year=2025), FAIL,
     "excludes"),
    ("G-CONFLICT", meeting("annual_report", filed("annual_report", year=2024), year=2025), PASS,
     "pass"),
    ("G-CONFLICT", meeting("number", filed("cancellation"), range="1066XXXX"), WARN, "warn"),
    (
        "G-CONFLICT",
        meeting("number", filed("number", range="1066XXXX"), range="1066XXXX"),
        FAIL,
        "excludes",
    ),
    (
        "G-CONFLICT",
        meeting(
            "branch_report",
            filed("branch_report", province="44", action="open"),
            province="44",
            action="open",
        ),
        FAIL,
        "excludes",
    ),
    (
        "G-CONFLICT",
        meeting(
            "branch_report",
            filed("branch_report", province="44", action="open"),
            province="44",
            action="close",
        ),
        PASS,
        "pass",
    ),
]  # fmt: skip

LATER_CASES = [*FOREIGN, *TIMING, *STANDING, *NUMBERS, *MEETINGS]
