"""Opening a case: choose client and matter, see whether it would stand, confirm.

The three steps carry everything in the address, so going back loses nothing.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from web.access import current_actor, needs
from web.case_form import LABELS, Applied, options, pairs, read_applied
from web.case_guards import Fix, GuardLine, fix_at_company, plain_line
from web.case_page import say_done
from web.forms import Answers, FormRefused
from web.keys import page_key
from web.normalize import FormError, words
from web.ports import desk, now
from web.writes import fresh_key, write_once
from workflow.domain.errors import BadInput, NotBuilt
from workflow.domain.guard import Finding
from workflow.domain.procedure import Role, Text
from workflow.law import catalogue
from workflow.services import lists, opening
from workflow.services.precheck import Precheck, precheck

_CHANGE = Text("修改申请内容", "Change the application")
_WORKERS = (Role.HANDLER, Role.REVIEWER)


@needs(*_WORKERS)
def start() -> ResponseReturnValue:
    """Step 1: the client, then what is applied for."""
    if not request.args.get("company"):
        return _clients()
    return _matter(Answers(request.args, LABELS))


@needs(*_WORKERS)
def check() -> ResponseReturnValue:
    """Step 2: would it stand? Nothing is written."""
    return _checked("cases/precheck.html")


@needs(*_WORKERS)
def confirm() -> ResponseReturnValue:
    """Step 3: everything once more, and the button that opens the case."""
    return _checked("cases/new_confirm.html")


@needs(*_WORKERS)
def open_case() -> ResponseReturnValue:
    """Open the case and go to its page."""
    form = Answers(request.form, LABELS)
    try:
        company, applied = _read(form)
        form.check()
        procedure = form.typed("procedure")
        made = write_once(
            form.typed("once"),
            {"open": company, "procedure": procedure, "pairs": pairs(form)},
            lambda tx, asked: {
                "number": opening.open_for(
                    tx, company, procedure, kinds=applied.kinds, coverage=applied.coverage,
                    items=applied.items, facts=applied.facts, actor=current_actor(),
                    moment=now(), request=asked,
                ).number
            },
        )  # fmt: skip
    except FormRefused:
        return _matter(form)
    except BadInput as error:
        form.take(error)
        return _matter(form)
    say_done("open")
    return redirect(url_for("cases.show", number=made["number"]), 303)


def _clients() -> ResponseReturnValue:
    form = Answers(request.args)
    try:
        sought = words(form.typed("q"), "q")
    except FormError as error:
        form.errors.append(error)
        sought = ""
    after = form.typed("after")
    with desk().database.reading() as session:
        found = lists.client_companies(
            session, current_actor(), words=sought,
            after=page_key(after) or 0,
        )  # fmt: skip
    more = url_for("cases.new", q=sought, after=found[-1].id) if len(found) == lists.PAGE else None
    return make_response(
        render_template("cases/new_client.html", form=form, clients=found, following=more)
    )


def _matter(form: Answers) -> ResponseReturnValue:
    """The form of step 1; with faults when it was refused."""
    with desk().database.reading() as session:
        client = lists.client(session, current_actor(), _company_id(form))
        if not form.typed("procedure"):
            form.posted = _prefilled(form.posted, client.facts.province)
        body = render_template(
            "cases/new_matter.html", form=form, client=client, options=options(),
            procedures=_procedures(), kept=pairs(form),
        )  # fmt: skip
    return make_response(body, 422 if form.errors else 200)


def _prefilled(typed: MultiDict[str, str], province: str) -> MultiDict[str, str]:
    """A first look: a first license in the province where the client is registered."""
    filled = typed.copy()
    filled["procedure"] = "new"
    if province in catalogue.PROVINCES:
        filled.setlistdefault("coverage", [province])
    return filled


def _procedures() -> tuple[list[tuple[str, Text]], list[Text]]:
    """Those this page opens, and those about a license, which it cannot ask for yet."""
    names = catalogue.labels("procedure").items()
    here = {code for code, found in catalogue.LAW.procedures.items() if found.license == "none"}
    built = [(code, name) for code, name in names if code in here]
    return built, [name for code, name in names if code not in here]


def _checked(template: str) -> ResponseReturnValue:
    form = Answers(request.args, LABELS)
    try:
        company, applied = _read(form)
        form.check()
        with desk().database.reading() as session:
            result = precheck(
                session, company, form.typed("procedure"), kinds=applied.kinds,
                coverage=applied.coverage, items=applied.items, facts=applied.facts,
                actor=current_actor(), moment=now(),
            )  # fmt: skip
            body = render_template(template, **_shown(form, result))
    except FormRefused:
        return _matter(form)
    except BadInput as error:
        form.take(error)
        return _matter(form)
    return make_response(body)


def _read(form: Answers) -> tuple[int, Applied]:
    """The client's id and what is applied for. Raises NotFound without a client."""
    company = _company_id(form)
    try:
        if form.line("procedure"):
            catalogue.procedure(form.typed("procedure"))
    except (BadInput, NotBuilt) as error:
        form.refuse("procedure", error.says)
    return company, read_applied(form)


def _company_id(form: Answers) -> int:
    """Anything that is no number names no client; 0 is nobody's."""
    typed = form.typed("company")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0  # noqa: PLR2004


def _shown(form: Answers, result: Precheck) -> dict[str, Any]:
    order = list(GuardLine.ORDER)
    lines = [_line(form, finding, result) for finding in result.findings]
    lines.sort(key=lambda line: order.index(line.outcome))
    return {
        "form": form,
        "case": result.case,
        "company": result.company,
        "open_lines": [line for line in lines if line.outcome != "met"],
        "met_lines": [line for line in lines if line.outcome == "met"],
        "counts": {name: sum(line.outcome == name for line in lines) for name in order},
        "required": [(catalogue.LAW.materials[r.code], r) for r in result.required],
        "unmet": result.unmet,
        "earliest": result.earliest,
        "twins": result.twins,
        "meetings": result.meetings,
        "kept": pairs(form),
        "key": fresh_key(),
    }


def _line(form: Answers, finding: Finding, result: Precheck) -> GuardLine:
    guard = catalogue.LAW.guards[finding.code]
    back = f"{url_for('cases.new')}?{urlencode(pairs(form))}"
    fix = fix_at_company(guard, result.case.company_id) or Fix(_CHANGE, back)
    return plain_line(finding, fix if finding.result != "pass" else None)
