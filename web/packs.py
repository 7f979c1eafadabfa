"""The filing pack on paper and as a file: its index to print, everything in it as one download."""

from __future__ import annotations

import tempfile

from flask import Response, render_template, send_file
from flask.typing import ResponseReturnValue

from web.access import current_actor, needs
from web.case_page import READERS
from web.headers import request_id
from web.ports import desk, now
from workflow.domain.procedure import Text
from workflow.services import case_view, files, filing_pack
from workflow.services.filing_pack import Sheet
from workflow.services.sealing import Request

_IN_MEMORY = 4 * 1024 * 1024


@needs(*READERS)
def index(number: str) -> ResponseReturnValue:
    """The index of the pack, to look at and to print."""
    with desk().database.reading() as session:
        view = case_view.view(session, number, current_actor(), now())
        return render_template(
            "cases/pack.html", view=view, case=view.case, sheets=filing_pack.index_of(view)
        )


@needs(*READERS)
def download(number: str) -> Response:
    """Every file of the pack in the authority's order; that it leaves is on the trail first."""
    with desk().database.transaction() as tx:
        view = case_view.view(tx, number, current_actor(), now())
        sheets = filing_pack.index_of(view)
        filing_pack.announce(tx, view, sheets, now(), Request(request_id()))
        name, told = view.company.name, _told(number, view.company.name, sheets)
    target = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed with the answer
    filing_pack.write(target, sheets, files.shelf_at(desk().settings.files_url), told)
    target.seek(0)
    answer = send_file(
        target,
        mimetype="application/zip",
        as_attachment=True,
        download_name=f"{number}-{name[:40]}.zip",
        max_age=0,
    )
    answer.call_on_close(target.close)
    return answer


def _told(number: str, company: str, sheets: list[Sheet]) -> Text:
    """The index as text."""
    head = Text(f"{number} {company} 申请包目录", f"{number} {company}: index of the filing pack")
    paper = Text("（纸质件）", "(paper copy)")
    return Text(
        "\n".join([head.zh, *(f"{s.place:02d} {s.item.material.name.zh} 第 {s.version.version} 版"
                              f" {s.version.file_hash or paper.zh}" for s in sheets)]),
        "\n".join([head.en, *(f"{s.place:02d} {s.item.material.name.en} version"
                              f" {s.version.version} {s.version.file_hash or paper.en}"
                              for s in sheets)]),
    )  # fmt: skip
