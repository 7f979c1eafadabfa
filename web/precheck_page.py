"""What the pre-check shows of an application that is no case yet."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import url_for

from web.case_guards import Fix, GuardLine, fix_at_company, plain_line, verdicts
from web.case_words import word
from web.forms import Answers
from web.matter_form import pairs
from web.matter_words import about_case, told_pairs
from web.writes import fresh_key
from workflow.domain.guard import Finding
from workflow.domain.procedure import Text
from workflow.law import catalogue
from workflow.services.precheck import Precheck

_CHANGE = Text("修改申请内容", "Change the application")
_INSTEAD = Text("改办变更", "Apply for a change instead")


def shown(form: Answers, result: Precheck) -> dict[str, Any]:
    """Verdicts in the order they matter, materials, the application in words."""
    return {
        **verdicts([_line(form, finding, result) for finding in result.findings]),
        "form": form,
        "case": result.case,
        "company": result.company,
        "told": _told(result),
        "required": [(catalogue.LAW.materials[r.code], r) for r in result.required],
        "unmet": result.unmet,
        "earliest": result.earliest,
        "twins": result.twins,
        "meetings": result.meetings,
        "first": result.first,
        "track": result.track,
        "kept": pairs(form),
        "key": fresh_key(),
    }


def _told(result: Precheck) -> list[tuple[Any, Any]]:
    """The application in words; the person who typed it sees names in full."""
    case = result.case
    about = about_case(case, result.company, result.license)
    return [
        (Text("办理事项", "Procedure"), word("procedure", case.procedure)),
        *told_pairs(case, about, result.self_check, masked=False),
        (Text("发证机关", "Authority"), word("authority", case.authority)),
    ]


def _line(form: Answers, finding: Finding, result: Precheck) -> GuardLine:
    guard = catalogue.LAW.guards[finding.code]
    own = f"#{finding.code}" if finding.code in catalogue.labels("self_check") else ""
    back = f"{url_for('cases.new')}?{urlencode(pairs(form))}{own}"
    fix = fix_at_company(guard, result.case.company_id) or Fix(_CHANGE, back)
    if finding.code == "G-CONFLICT" and finding.says == "license":
        company = result.case.company_id
        fix = Fix(_INSTEAD, url_for("cases.new", company=company, procedure="change"))
    return plain_line(finding, fix if finding.result != "pass" else None)
