"""Reading licenses in from a file: upload, match columns and check, enter the good rows, undo."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlmodel import Session
from werkzeug.datastructures import MultiDict

from web import downloads
from web.access import current_actor, needs
from web.downloads import Leaving
from web.forms import Answers
from web.i18n import language
from web.ports import desk, now, ring
from web.writes import fresh_key, instant, write_once
from workflow.domain.errors import BadInput, NotOffered
from workflow.domain.procedure import Text
from workflow.services import import_dry_run, importing, long_work, sheet_in, sheet_out
from workflow.services.import_check import Fault
from workflow.services.import_updates import in_words
from workflow.services.importing import WRITERS, Batch
from workflow.services.long_kinds import KINDS
from workflow.services.register_columns import told_columns
from workflow.services.register_reading import LABELS, matched, missing
from workflow.services.sealing import Request
from workflow.services.sheet_in import Sheet

pages = Blueprint("imports", __name__)
MOST_NAMED = 12
_NO_FILE = Text("请选择文件", "Choose a file")


@dataclass(frozen=True, slots=True)
class Cause:
    """Rows that fail for one reason; `says` of the first where they are not all `alike`."""

    says: Text
    field: str
    rows: tuple[int, ...]
    alike: bool = True

    @property
    def named(self) -> str:
        """The first row numbers."""
        return "、".join(str(no) for no in self.rows[:MOST_NAMED])


@pages.get("/import/licenses")
@needs(*WRITERS)
def index() -> str:
    """Where a file is chosen, and what was read in lately."""
    return _start(Answers(MultiDict()))


@pages.post("/import/licenses")
@needs(*WRITERS)
def upload() -> ResponseReturnValue:
    """Read a file and check it; nothing is entered."""
    form = Answers(request.form)
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        form.refuse("file", _NO_FILE)
        return _start(form), 422
    try:
        sheet = sheet_in.read_sheet(sent.read(sheet_in.LARGEST + 1))
    except BadInput as error:
        form.take(error)
        return _start(form), 422
    columns, name = matched(sheet.head), sent.filename
    check = _check(sheet, columns)

    def act(tx: Session, _: Request) -> dict[str, int]:
        ident = importing.start(tx, sheet, name, columns, actor=current_actor(), moment=now())
        check(tx, ident)
        return {"id": ident}

    content = {"import": name, "lines": [(line.no, line.cells) for line in sheet.lines]}
    ident = write_once(form.typed("once"), content, act)["id"]
    return redirect(url_for(".show", batch_id=ident), 303)


@pages.get("/import/licenses/<int:batch_id>")
@needs(*WRITERS)
def show(batch_id: int) -> ResponseReturnValue:
    """One file: its columns and what the check found, or how far its rows have come."""
    return _page(batch_id, Answers(MultiDict()))


@pages.post("/import/licenses/<int:batch_id>")
@needs(*WRITERS)
def columns(batch_id: int) -> ResponseReturnValue:
    """Say what the columns hold and check again."""
    form = Answers(request.form, LABELS)
    with desk().database.reading() as session:
        batch = importing.mine(session, batch_id, current_actor())
    chosen = [
        form.choice(f"column-{n}", told_columns(), required=False) or ""
        for n in range(len(batch.head))
    ]
    for n, key in enumerate(chosen):
        if key and key in chosen[:n]:
            form.refuse(
                f"column-{n}",
                Text(
                    f"「{LABELS[key].zh}」选了两次",
                    f"{LABELS[key].en} was chosen twice",
                ),
            )
    if form.errors:
        return _page(batch_id, form)
    check = _check(Sheet(batch.head, importing.lines(batch)), chosen)
    with desk().database.transaction() as tx:
        check(tx, batch_id)
    ring()
    return redirect(url_for(".show", batch_id=batch_id, _anchor="found"), 303)


@pages.post("/import/licenses/<int:batch_id>/confirm")
@needs(*WRITERS)
def confirm(batch_id: int) -> ResponseReturnValue:
    """Enter the rows that are good; where it was ticked, change the licenses that differ."""
    update = bool(request.form.get("update"))
    return _act(
        batch_id, partial(importing.confirm, update=update), {"confirm": batch_id, "update": update}
    )


@pages.post("/import/licenses/<int:batch_id>/undo")
@needs(*WRITERS)
def undo(batch_id: int) -> ResponseReturnValue:
    """Take the whole import back, as new events."""
    return _act(batch_id, importing.undo, {"undo": batch_id})


@pages.get("/import/licenses/<int:batch_id>/problems")
@needs(*WRITERS)
def problems(batch_id: int) -> Response:
    """The rows that were not entered, as they were, with the reason: to mend and read in again."""
    with desk().database.reading() as session:
        batch = importing.mine(session, batch_id, current_actor())
        later = importing.left_out(session, batch_id)
    said: dict[int, list[str]] = {}
    for fault in importing.faults(batch):
        said.setdefault(fault.no, []).append(fault.says.read(language()))
    for update in importing.updates(batch) if not importing.to_update(batch) else ():
        said[update.no] = [one.said.read(language()) for one in in_words(update)]
    for entry in later:
        said.setdefault(entry.no, []).append(entry.says.get(language(), ""))
    rows = [
        [*line.cells, "；".join(said[line.no])]
        for line in importing.lines(batch)
        if line.no in said
    ]
    leaving = Leaving("import_problems", len(rows), batch.file_name)
    head = [*batch.head, gettext("问题")]
    return downloads.table(leaving, "csv", f"{gettext('问题行')}-{batch_id}", head, rows)


@pages.get("/import/licenses/template")
@needs(*WRITERS)
def template() -> Response:
    """An empty file with the headings."""
    head = [column.name.read(language()) for column in told_columns().values()]
    empty = Response(sheet_out.as_csv(head, ()), mimetype="text/csv")
    return downloads.attached(empty, f"{gettext('许可证台账')}-{gettext('模板')}.csv")


def _act(
    batch_id: int, service: Callable[..., None], content: Mapping[str, Any]
) -> ResponseReturnValue:
    def act(tx: Session, _: Request) -> dict[str, int]:
        service(tx, batch_id, actor=current_actor(), moment=now())
        return {"id": batch_id}

    try:
        write_once(request.form.get("once", ""), content, act)
    except NotOffered as error:
        form = Answers(MultiDict())
        form.refuse("found", error.says)
        return _page(batch_id, form, 409)
    return redirect(url_for(".show", batch_id=batch_id), 303)


def _check(sheet: Sheet, held: Sequence[str]) -> Callable[[Session, int], object]:
    """How the dry run of a file is kept: done at once, or asked for where the file is long."""
    me, moment = current_actor(), now()
    if len(sheet.lines) > import_dry_run.SHORT and not missing(held):
        return lambda tx, ident: importing.check_later(tx, ident, held, actor=me, moment=moment)
    with desk().database.reading() as session:
        found = import_dry_run.at_once(session, sheet.lines, held, me, moment.today)
    return lambda tx, ident: importing.keep_check(tx, ident, held, found, actor=me)


def causes(faults: Iterable[Fault]) -> list[Cause]:
    """Faults of one sort together: what differs only in its figures and numbers is one sort."""
    found: dict[tuple[str, str], list[Fault]] = {}
    for fault in faults:
        sort = re.sub(r"「.*?」|[0-9A-Za-z()-]+|[\u4e00-\u9fff]*?(?=[A-Z]\d)", "", fault.says.zh)
        found.setdefault((fault.field, sort), []).append(fault)
    return [
        Cause(
            same[0].says,
            field,
            tuple(dict.fromkeys(fault.no for fault in same)),
            alike=len({fault.says.zh for fault in same}) == 1,
        )
        for (field, _), same in found.items()
    ]


def _start(form: Answers) -> str:
    with desk().database.reading() as session:
        recent = importing.recent(session, current_actor())
    return render_template(
        "imports/start.html",
        form=form,
        key=form.typed("once") or fresh_key(),
        recent=recent,
        instant=instant,
        most=sheet_in.MOST_ROWS,
        columns=list(told_columns().values()),
    )


def _page(batch_id: int, form: Answers, status: int = 422) -> ResponseReturnValue:
    with desk().database.reading() as session:
        batch = importing.mine(session, batch_id, current_actor())
        progress = importing.progress(session, batch)
        later = importing.left_out(session, batch_id) if batch.state != "draft" else []
        work_id, actor = importing.checking(batch), current_actor()
        work = work_id and long_work.show(session, work_id, actor=actor, moment=now())
    faults, updates = importing.faults(batch), importing.updates(batch)
    body = render_template(
        "imports/show.html",
        batch=batch,
        form=form,
        key=fresh_key(),
        progress=progress,
        later=later,
        causes=causes(faults),
        wrong=len({fault.no for fault in faults}),
        missing=missing(batch.columns),
        work=work,
        kind=KINDS[importing.CHECK],
        updates=updates,
        applied=importing.to_update(batch),
        in_words=in_words,
        columns=list(told_columns().values()),
        samples=_samples(batch),
        may_undo=importing.may_undo(batch, now()),
        undo_until=instant(batch.confirmed_at) + importing.UNDO_WITHIN
        if batch.confirmed_at
        else None,
        instant=instant,
    )
    return make_response(body, status if form.errors else 200)


def _samples(batch: Batch) -> list[str]:
    """The first cell that is filled in each column."""
    return [
        next((str(cells[n])[:40] for _, cells, _ in batch.lines if cells[n]), "")
        for n in range(len(batch.head))
    ]
