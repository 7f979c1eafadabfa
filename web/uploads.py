"""Materials in and out: a file is accepted first, then recorded; it leaves only as a download."""

from __future__ import annotations

from typing import BinaryIO, cast

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from web import downloads
from web.access import current_actor, needs
from web.case_page import READERS, refuse_row, say_done
from web.downloads import Leaving
from web.forms import Answers
from web.headers import request_id
from web.ports import desk, now
from web.writes import version_of, write_form
from workflow.domain.errors import BadInput, NotFound, NotOffered
from workflow.domain.procedure import Role, Text
from workflow.law import catalogue
from workflow.services import account_acts, case_view, files, material_file, paperwork
from workflow.services.case_view import CaseView
from workflow.services.material_file import VersionLine
from workflow.services.sealing import Request

_NO_FILE = Text("请选择文件", "Choose a file")
_LOCKED = Text(
    "材料已锁定：这个状态不能再交材料", "The pack is locked: no materials can be handed in now"
)


@needs(Role.HANDLER, Role.REVIEWER)
def upload(number: str, code: str) -> ResponseReturnValue:
    """Hand in a new version of one material of a case."""
    codes = _open_row(number, code)
    form = Answers(request.form)
    chosen = form.choice(f"as-{code}", codes, required=False) or code
    until = form.day(f"until-{code}", required=False)
    version = version_of(form)
    file = _accepted(form, f"file-{code}")
    refusal = write_form(
        form,
        number,
        {"upload": number, "code": chosen, "until": until, "file": file and file.hash},
        lambda tx, **tail: paperwork.provide(
            tx, number, chosen, file=file, valid_until=until, **tail
        ),
        version=version,
        field=f"file-{code}",
    )
    if refusal:
        return refuse_row(number, f"material:{code}", form, refusal)
    say_done("provide")
    return redirect(url_for("cases.show", number=number, _anchor=f"material-{code}"), 303)


@needs(*READERS)
def download(number: str, version_id: int) -> ResponseReturnValue:
    """One version of one material, as an attachment that no browser opens in our own pages."""
    version, company_id = _version(number, version_id)
    downloads.tell(Leaving("material", 1, number, company_id, (_named(version),)))
    return _sent(version)


def _named(version: VersionLine) -> dict[str, str | int | None]:
    return {"material": version.code, "version": version.version, "sha256": version.file_hash}


def _version(number: str, version_id: int) -> tuple[VersionLine, int]:
    with desk().database.reading() as session:
        return material_file.version_of(session, number, version_id, current_actor())


def _sent(version: VersionLine) -> Response:
    stream = files.read(files.shelf_at(desk().settings.files_url), version.file_hash)
    answer = downloads.sent(stream, version.media_type, version.file_name)
    answer.content_length = version.size
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@needs(*READERS)
def look(number: str, version_id: int) -> Response:
    """The same to look at inside the review page; no other site may frame it, nothing runs."""
    version, company_id = _version(number, version_id)
    with desk().database.transaction() as tx:
        account_acts.viewed(
            tx, current_actor(), now(), Request(request_id()), what="material",
            company_id=company_id, file=_named(version),
        )  # fmt: skip
    answer = _sent(version)
    answer.headers["Content-Disposition"] = "inline"
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    answer.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'self'"
    )
    return answer


def _open_row(number: str, code: str) -> list[str]:
    """Which codes satisfy this row. Refuses before a byte of the file is looked at.

    Raises NotFound outside the scope or for what is no material, NotOffered for a closed pack.
    """
    if code not in catalogue.LAW.materials:
        raise NotFound
    with desk().database.reading() as session:
        view = case_view.view(session, number, current_actor(), now())
        if not view.may_change_pack:
            raise NotOffered(_LOCKED)
        return _codes(view, code)


def _codes(view: CaseView, code: str) -> list[str]:
    row = next((item for item in view.items if item.material.code == code), None)
    return [code, *(other.code for other in row.alternatives)] if row else [code]


def _accepted(form: Answers, field: str) -> files.FileOnDisk | None:
    """The file of the form, kept; None when the form has faults anyway, so nothing is stored.

    A file that cannot be taken is noted at its field.
    """
    sent = request.files.get(field)
    if sent is None or not sent.filename:
        form.refuse(field, _NO_FILE)
    if form.errors or sent is None:
        return None
    shelf = files.shelf_at(desk().settings.files_url)
    try:
        return files.accept(shelf, cast("BinaryIO", sent.stream), sent.filename or "")
    except BadInput as error:
        form.refuse(field, error.says)
        return None
