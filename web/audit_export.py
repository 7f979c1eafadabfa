"""Export of exactly what the trail is filtered by: masked unless a reason is given, told first."""

from __future__ import annotations

from flask import Response, redirect, render_template, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue

from web import downloads
from web.access import current_actor, needs
from web.downloads import Leaving
from web.forms import Answers
from web.headers import request_id
from web.i18n import language
from web.keys import page_key
from web.ports import desk, now, ring
from web.trail_filters import Filters, as_typed, people, read_filters
from workflow.domain.errors import NotFound, RoleMissing
from workflow.domain.procedure import Role, Text
from workflow.services import (
    accounts,
    break_evidence,
    long_work,
    trail,
    trail_export,
    trail_finder,
)
from workflow.services.sealing import Request
from workflow.services.trail_export import AT_ONCE, MEDIA, Export, Form, Reached
from workflow.services.trail_finder import Wanted
from workflow.services.trail_work import EXPORT

READERS = (Role.AUDITOR, Role.MANAGER)
FORMS: dict[Form, Text] = {
    "csv": Text("CSV，Excel 可直接打开", "CSV, opens in Excel"),
    "jsonl": Text(
        "JSON Lines，附清单和摘要，可重新计算哈希",
        "JSON Lines with a manifest and digest; hashes can be recomputed",
    ),
}
VALUES = {
    "masked": Text("脱敏", "Masked"),
    "full": Text("完整，写明理由", "Full, with a reason"),
}


@needs(*READERS)
def ask() -> ResponseReturnValue:
    """What is about to leave, in which form, masked or full."""
    return _page(Answers(request.args))


@needs(*READERS)
def export() -> ResponseReturnValue:
    """The file at once, or a piece of long work for what is too much for that."""
    form = Answers(request.form)
    chosen = form.choice("form", FORMS)
    full = form.choice("values", VALUES) == "full"
    reason = form.long("reason", required=False) or ""
    if full and not reason:
        form.refuse("reason", Text("完整导出请写明理由", "Give a reason for a full export"))
    with desk().database.reading() as session:
        filters = read_filters(asked_for := Answers(request.args), session)
        wanted = _wanted(filters)
        count = trail_finder.count(session, current_actor(), wanted, AT_ONCE)
    if form.errors or asked_for.errors or filters.subject.unknown:
        return _page(form)
    asked = Export(wanted, "csv" if chosen == "csv" else "jsonl", language(), full)
    return _given_out(asked, count, reason)


@needs(*READERS)
def evidence() -> ResponseReturnValue:
    """What the last verification found broken, with the rows in question: for who sees all."""
    reader = current_actor()
    if reader.scope.companies is not None:
        raise RoleMissing
    with desk().database.reading() as session:
        check = trail.last_check(session)
        if check is None or check.verdict.intact:
            raise NotFound
        published = desk().settings.checkpoint_path
        lines = break_evidence.lines(session, check, published, reader=reader, moment=now())
    downloads.tell(Leaving("evidence", len(lines), check.verdict.place))
    answer = Response(b"".join(lines), mimetype=MEDIA["jsonl"])
    return downloads.attached(answer, f"evidence-{now().today}.jsonl")


def _given_out(asked: Export, count: int | None, reason: str) -> ResponseReturnValue:
    large = count is None or count > AT_ONCE
    moment, reader = now(), current_actor()
    name = f"trail-{moment.today}.{asked.form}"
    work_id = None
    with desk().database.transaction() as tx:
        place = trail_export.announce(
            tx, asked, None if large else count, reason, actor=reader, moment=moment,
            request=Request(request_id()),
        )  # fmt: skip
        if large:
            file = (name, MEDIA[asked.form])
            given = {**asked.as_given(), "below": list(place)}
            work_id = long_work.ask(tx, EXPORT, given, actor=reader, moment=moment, file=file)
    if work_id is not None:
        ring()
        return redirect(url_for("long_work.show", work_id=work_id), 303)
    parts = trail_export.parts(desk().database, asked, reader, moment, Reached(place))
    answer = Response(stream_with_context(parts), mimetype=MEDIA[asked.form])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _wanted(filters: Filters) -> Wanted:
    """The filters, or the one event whose export was asked for."""
    event = page_key(request.args.get("event"))
    if event is None:
        return filters.wanted
    return Wanted(zone=desk().settings.timezone, event_id=event)


def _page(form: Answers) -> ResponseReturnValue:
    with desk().database.reading() as session:
        filters = read_filters(asked := Answers(request.args), session)
        wanted = _wanted(filters)
        count = None
        if not (filters.subject.unknown or asked.errors):
            count = trail_finder.count(session, current_actor(), wanted, AT_ONCE)
        chips = filters.chips(people(accounts.everybody(session)))
    page = render_template(
        "audit/export.html",
        form=form,
        faults=asked.errors,
        mend=as_typed(),
        filters=filters,
        event=wanted.event_id,
        total=count,
        at_once=AT_ONCE,
        chips=chips,
        forms=FORMS,
        values=VALUES,
        action=url_for("audit.export", **filters.query(), event=wanted.event_id),
    )
    return page, 422 if form.errors or asked.errors else 200
