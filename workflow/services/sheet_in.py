"""A CSV or XLSX file that people made, read as rows of text; nothing in it is trusted."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from workflow.domain.errors import BadInput
from workflow.domain.procedure import Text
from workflow.services.sheet_out import shielded

LARGEST = 5 * 1024 * 1024
LARGEST_UNPACKED = 100 * 1024 * 1024
MOST_ROWS = 10_000
MOST_COLUMNS = 60
LONGEST_CELL = 4000
Note = Literal["", "formula", "short", "long"]
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_CUT = Text(
    "文件不完整，后面的内容没有读到：请重新导出后再上传",
    "The file is incomplete, its end is missing: export it again, then upload it",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One row below the headings: its number as the spreadsheet counts, its cells as text.

    `note`: formula when a cell holds one, short or long when it has not as many cells as there
    are headings.
    """

    no: int
    cells: list[str]
    note: Note = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The headings and the rows that are not empty."""

    head: list[str]
    lines: list[Line]


def read_sheet(content: bytes) -> Sheet:
    """The first sheet of a file. Raises BadInput at `file` for what is no table or is cut off."""
    if len(content) > LARGEST:
        raise _bad(Text("文件超过 5 MB", "The file has more than 5 MB"))
    if content.startswith(_OLD_EXCEL):
        raise _bad(
            Text(
                "这是旧格式的 XLS，请另存为 XLSX 或 CSV",
                "This is an old XLS file: save it as XLSX or CSV",
            )
        )
    read = _workbook(content) if content.startswith(b"PK") else _text_table(content)
    return _sheet(read)


def _sheet(read: Iterable[tuple[int, list[str], Note]]) -> Sheet:
    """Headings from the first row that has any; rows without content are left out."""
    head: list[str] = []
    lines: list[Line] = []
    for no, cells, note in read:
        if not any(cells):
            continue
        if not head:
            head = _headings(cells)
            continue
        if len(lines) == MOST_ROWS:
            raise _bad(
                Text(
                    f"超过 {MOST_ROWS:,} 行，请分成几个文件",
                    f"More than {MOST_ROWS:,} rows: split the file",
                )
            )
        surplus = any(cells[len(head) :])
        full = (cells + [""] * len(head))[: len(head)]
        lines.append(Line(no, full, "long" if surplus and not note else note))
    if not lines:
        raise _bad(
            Text("文件里没有数据：第一行应是表头", "The file holds no rows below its headings")
        )
    return Sheet(head, [_judged(line) for line in lines])


def _judged(line: Line) -> Line:
    if line.note or not any(len(cell) > LONGEST_CELL for cell in line.cells):
        return line
    return Line(line.no, [cell[:LONGEST_CELL] for cell in line.cells], "long")


def _headings(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    if len(cells) > MOST_COLUMNS:
        raise _bad(
            Text(
                f"超过 {MOST_COLUMNS} 列，不是台账",
                f"More than {MOST_COLUMNS} columns: no register",
            )
        )
    return cells


def _text_table(content: bytes) -> Iterator[tuple[int, list[str], Note]]:
    text = _decoded(content)
    first = next((line for line in text.splitlines() if line.strip()), "")
    mark = max(",\t;", key=first.count)
    wide = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    try:
        for no, cells in enumerate(reader, start=1):
            wide = wide or len(cells)
            note: Note = "short" if 0 < len(cells) < wide else ""
            if any(cell.startswith("=") for cell in cells):
                note = "formula"
            yield no, [_unshielded(cell.strip()) for cell in cells], note
    except csv.Error as error:
        if "end of data" in str(error):
            raise _bad(_CUT) from error
        raise _bad(
            Text(
                f"第 {reader.line_num} 行读不懂：引号或分隔符不对",
                f"Line {reader.line_num} cannot be read: its quotes or separators are wrong",
            )
        ) from error


def _decoded(content: bytes) -> str:
    """UTF-8 and UTF-16 by their marks, else UTF-8, else GB 18030 (what Excel writes in China)."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as error:
            last_signs = 4
            if error.start > 0 and len(content) - error.start < last_signs:
                raise _bad(_CUT) from error
            continue
        if "\0" not in text:
            return text
    raise _bad(
        Text(
            "文件的编码读不懂：请另存为 XLSX 或「CSV UTF-8」",
            "The file's encoding cannot be read: save it as XLSX or as CSV UTF-8",
        )
    )


def _unshielded(cell: str) -> str:
    """What our own export wrote before a sign that spreadsheets take for a formula."""
    return cell[1:] if cell.startswith("'") and shielded(cell[1:]) == cell else cell


def _workbook(content: bytes) -> Iterator[tuple[int, list[str], Note]]:
    from openpyxl import load_workbook  # noqa: PLC0415 - a third of a second other pages never need

    try:
        _refuse_bomb(content)
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheet = next(iter(book.worksheets), None)
        for no, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1) if sheet else (), 1):
            note: Note = "formula" if any(cell.data_type == "f" for cell in row) else ""
            yield no, [_as_text(cell.value) for cell in row], note
    except BadInput:
        raise
    except zipfile.BadZipFile as error:
        raise _bad(_CUT) from error
    except Exception as error:  # a damaged workbook fails in openpyxl in many ways
        raise _bad(
            Text(
                "不是完好的 XLSX：请在 Excel 里打开后另存一份再上传",
                "This is no sound XLSX file: open it in Excel, save a copy, upload that",
            )
        ) from error


def _refuse_bomb(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
            raise _bad(Text("解压后超过 100 MB", "Unpacked, it has more than 100 MB"))


def _as_text(value: Any) -> str:  # noqa: ANN401 - whatever a cell holds
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _bad(says: Text) -> BadInput:
    return BadInput("file", says)
