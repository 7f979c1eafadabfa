"""Can this company have this license? The question in the address, one verdict with ways out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlmodel import Session

from web.access import current_actor, may_open, needs
from web.case_form import options
from web.case_guards import Fix, GuardLine, fix_at_company, plain_line, verdicts
from web.case_words import words_line
from web.choose_client import clients_page
from web.eligibility_form import (
    LABELS,
    Question,
    applied,
    carried,
    check_offered,
    fresh,
    read,
)
from web.forms import Answers, FormRefused
from web.keys import company_key
from web.links import guide_links
from web.ports import desk, now
from workflow.domain.errors import BadInput
from workflow.domain.facts import Company
from workflow.domain.guard import Finding, Result
from workflow.domain.procedure import Role, Text
from workflow.law import catalogue
from workflow.services import companies, lists
from workflow.services.eligibility import PROCEDURE, Eligibility, judge_eligibility
from workflow.services.lists import ClientPage

pages = Blueprint("eligibility", __name__)
_ASKERS = (Role.HANDLER, Role.REVIEWER, Role.MANAGER)
_CHANGE = Text("修改所答", "Change the answers")


@pages.get("/eligibility")
@needs(*_ASKERS)
def ask() -> ResponseReturnValue:
    """The form, or the verdict once it was sent. Raises NotFound for a client out of scope."""
    form = Answers(fresh(request.args, now().today), LABELS)
    with desk().database.reading() as session:
        client = _client(session, form)
        if not form.typed("asked"):
            check_offered(form)
            return _form(form, client)
        try:
            question = read(form, client=client is not None)
            form.check()
            found = _judged(session, client, question)
        except FormRefused:
            return _form(form, client)
        except BadInput as error:
            form.take(error)
            return _form(form, client)
        return make_response(render_template("eligibility/verdict.html", **_shown(form, found)))


@pages.get("/eligibility/client")
@needs(*_ASKERS)
def choose() -> ResponseReturnValue:
    """Which client is asked about; what was said of the application is carried along."""
    kept = carried(Answers(request.args))
    return clients_page("eligibility/client.html", "eligibility.choose", "eligibility.ask", kept)


def _client(session: Session, form: Answers) -> ClientPage | None:
    if "company" not in form.posted:
        return None
    return lists.client(session, current_actor(), company_key(form.typed("company")))


def _judged(session: Session, client: ClientPage | None, question: Question) -> Eligibility:
    company: int | Company
    company = client.id if client else companies.stranger(question.company, now().today)
    applied = question.applied
    return judge_eligibility(
        session, company, kinds=applied.kinds, coverage=applied.coverage, items=applied.items,
        facts=applied.facts, papers=question.papers, actor=current_actor(), moment=now(),
        on=question.on,
    )  # fmt: skip


def _form(form: Answers, client: ClientPage | None) -> ResponseReturnValue:
    body = render_template(
        "eligibility/ask.html",
        form=form,
        client=client,
        options=options(),
        kept=carried(form),
        label=catalogue.label_of,
        labels=catalogue.labels,
    )
    return make_response(body, 422 if form.errors else 200)


def _shown(form: Answers, found: Eligibility) -> dict[str, Any]:
    case, told = found.checked.case, applied(form)
    share = found.checked.company.foreign_share
    return {
        **verdicts([_line(form, finding, found) for finding in found.checked.findings]),
        "form": form,
        "found": found,
        "checked": found.checked,
        "case": case,
        "required": [(catalogue.LAW.materials[r.code], r) for r in found.checked.required],
        "change": _address(form, asked=None),
        "narrower": _address(form, coverage=found.province) if found.province else None,
        "opening": [("procedure", PROCEDURE), *told],
        "guides": guide_links(case.kinds, case.coverage, told, foreign=bool(share)),
    }


def _line(form: Answers, finding: Finding, found: Eligibility) -> GuardLine:
    """A client's facts are mended in its file by who may, everything else in the answers."""
    client, fix = found.checked.case.company_id, None
    if client and may_open("companies.edit"):
        fix = fix_at_company(catalogue.LAW.guards[finding.code], client)
    fix = fix or Fix(_CHANGE, _address(form, asked=None))
    line = plain_line(finding, fix if finding.result is not Result.PASS else None)
    return line if client else _without_file(line, finding)


def _without_file(line: GuardLine, finding: Finding) -> GuardLine:
    """A company that is no client has no file in which a fact could be entered or compared."""
    if finding.result is Result.WARN and finding.code == "G-COMPANY":
        return replace(line, note=None)
    missing = finding.values.get("fields") if finding.result is Result.UNKNOWN else None
    if not missing:
        return line
    asked = gettext("还要问清：%(fields)s", fields=words_line("field", missing))
    return replace(line, found=str(asked), note=None)


def _address(form: Answers, **changed: str | None) -> str:
    """This question again with some answers changed, None taking one away."""
    kept = [(name, value) for name, value in form.posted.items(multi=True) if name not in changed]
    added = [(name, value) for name, value in changed.items() if value is not None]
    return url_for(".ask") + "?" + urlencode([*kept, *added])
