"""The steps of opening a case before it is judged: one page for each thing that is not settled."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import make_response, render_template
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from web.access import current_actor
from web.case_form import options
from web.forms import Answers
from web.keys import page_key
from web.look_back import ANSWERS, grouped, progress_of
from web.matter import NO_LICENSE, Matter, matter_of
from web.matter_change import change_choices
from web.matter_form import HEAD, pairs, prefilled
from web.ports import desk, now
from workflow.domain.procedure import Text
from workflow.law import catalogue
from workflow.services import self_checking

_DOES = {
    "new": Text("第一次取得许可证，或另一种业务、另一个地区",
                "A first license, or one for another service or area"),
    "change": Text("名称、法定代表人、资本、股权、范围、业务和项目等有变化",
                   "Name, representative, capital, shareholders, coverage, kinds or items"),
    "renewal": Text("有效期届满九十日前申请再延续五年",
                    "Five more years, filed 90 days before the license ends"),
    "cancellation": Text("终止全部或一部分业务", "End all of a license or some of its kinds"),
    "annual_report": Text("每年 3 月 31 日前报送上一年度", "Last year's report, due on 31 March"),
    "number": Text("申请 106、95、96 码号", "A code of the ranges 106, 95 or 96"),
    "branch_report": Text("分支机构设立、变更、撤销后三十日内报送",
                          "A branch opened, changed or closed, told within 30 days"),
}  # fmt: skip


def next_step(form: Answers) -> ResponseReturnValue:
    """The page of the first step that is not settled; with its faults when it was refused."""
    refused = bool(form.errors)
    with desk().database.reading() as session:
        matter = matter_of(session, Answers(form.posted)) if refused else matter_of(session, form)
        choosing = form.typed("choose") == "changes" and matter.step == "facts"
        step = "changes" if choosing else matter.step
        body = _PAGES[step](session, form, matter)
    return make_response(body, 422 if form.errors else 200)


def _procedures(_session: Session, form: Answers, matter: Matter) -> str:
    """Every procedure, those about a license only where there is one."""
    return render_template(
        "cases/new_procedure.html", form=form, client=matter.client, does=_DOES,
        procedures=catalogue.LAW.procedures, living=matter.living,
        license=page_key(form.typed("license")), told=_told(form),
    )  # fmt: skip


def _licenses(_session: Session, form: Answers, matter: Matter) -> str:
    return render_template(
        "cases/new_license.html", form=form, client=matter.client, procedure=matter.procedure,
        living=matter.living, ended=len(matter.client.licenses) - len(matter.living),
        none_code=NO_LICENSE,
    )  # fmt: skip


def _changes(_session: Session, form: Answers, matter: Matter) -> str:
    return render_template(
        "cases/new_changes.html", form=form, client=matter.client, held=matter.held,
        rows=change_choices(),
        kept=[pair for pair in pairs(form) if pair[0] not in ("changes", "filled")],
    )  # fmt: skip


def _facts(session: Session, form: Answers, matter: Matter) -> str:
    """The form of the facts, with a first look where nothing was filled in yet."""
    back = [("company", str(matter.client.id)), *_told(form)]
    if not form.typed("filled"):
        form.posted = prefilled(form.posted, matter)
    renewal = matter.procedure is not None and matter.procedure.code == "renewal"
    lines = (
        self_checking.before_opening(
            session, matter.client.id, matter.held.id, actor=current_actor(), moment=now()
        )
        if renewal and matter.held
        else ()
    )
    return render_template(
        "cases/new_matter.html", form=form, client=matter.client, matter=matter,
        fields=matter.fields, options=options(), groups=grouped(lines), answers=ANSWERS,
        progress=progress_of(lines), back=back,
    )  # fmt: skip


def _told(form: Answers) -> list[tuple[str, str]]:
    """What a first application asks for, whatever was chosen since; never who or what."""
    return [pair for pair in pairs(form) if pair[0] not in HEAD]


_PAGES: Mapping[str, Callable[[Session, Answers, Matter], str]] = {
    "procedure": _procedures,
    "license": _licenses,
    "changes": _changes,
    "facts": _facts,
}
