"""What leaves the desk as a file: on the trail before its first byte, stored by nobody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO
from urllib.parse import quote

from flask import Response, request, send_file

from web.access import current_actor
from web.headers import request_id
from web.ports import desk, now
from workflow.services import account_acts, sheet_out
from workflow.services.sealing import Request
from workflow.services.sheet_out import MEDIA, Form, Row

FORMS: tuple[Form, ...] = ("csv", "xlsx")
_SHAPE = ("form", "csrf_token", "once")


@dataclass(frozen=True, slots=True)
class Leaving:
    """What leaves: `what` names it (see `export_words`), `lines` how much of it.

    `asked` are the filters or the case it was asked for by; `files` material and SHA-256.
    """

    what: str
    lines: int
    asked: str = ""
    company_id: int | None = None
    files: Sequence[Mapping[str, Any]] = ()


def tell(leaving: Leaving) -> None:
    """Who takes this out is on the trail before it leaves."""
    with desk().database.transaction() as tx:
        account_acts.exported(
            tx, current_actor(), now(), Request(request_id()), what=leaving.what,
            lines=leaving.lines, asked=leaving.asked, company_id=leaving.company_id,
            files=leaving.files,
        )  # fmt: skip


def asked() -> str:
    """The filters of this request, as the trail keeps them."""
    return " ".join(
        f"{name}={value}"
        for name, value in request.values.items(multi=True)
        if value and name not in _SHAPE
    )[:400]


def form_asked() -> Form:
    """The format of this request: CSV unless a workbook is asked for."""
    return "xlsx" if request.values.get("form") == "xlsx" else "csv"


def table(
    leaving: Leaving, form: Form, title: str, head: Sequence[str], rows: Iterable[Row]
) -> Response:
    """A table as a file of that name; a CSV file streams however long it is."""
    tell(leaving)
    name = f"{title}.{form}"
    if form == "csv":
        return attached(Response(sheet_out.as_csv(head, rows), mimetype="text/csv"), name)
    return sent(sheet_out.as_xlsx(head, rows), MEDIA[form], name)


def sent(stream: BinaryIO, media: str, name: str) -> Response:
    """A file that is kept by nobody on the way: no tag, no ranges, no age."""
    return send_file(
        stream, mimetype=media, as_attachment=True, download_name=name, etag=False,
        conditional=False, max_age=0,
    )  # fmt: skip


def attached(answer: Response, name: str) -> Response:
    """The answer as a file to keep, under a name of any script."""
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer
