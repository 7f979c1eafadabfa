"""A table leaves the desk as CSV or XLSX: no cell of it is ever taken for a formula."""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import BinaryIO, Literal, cast

Cell = str | int | date | None
Row = Sequence[Cell]
Form = Literal["csv", "xlsx"]
MEDIA: dict[Form, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
BOM = b"\xef\xbb\xbf"
"""Without it Excel reads UTF-8 as the code page of the computer."""
IN_MEMORY = 2 * 1024 * 1024
_FORMULA = tuple("=+-@\t\r＝＋－＠")
"""Full-width signs begin a formula in Excel, too."""
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def shielded(text: str) -> str:
    """Text that a spreadsheet shows as it is: an apostrophe before what could be a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def as_csv(head: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    """The table line by line, as Excel opens it: UTF-8 with its mark, CRLF."""
    yield BOM
    yield from map(csv_line, chain((head,), rows))


def csv_line(row: Row) -> bytes:
    """One line of it."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([_plain(cell) for cell in row])
    return line.getvalue().encode()


def as_xlsx(head: Sequence[str], rows: Iterable[Row]) -> BinaryIO:
    """The table as a workbook of one sheet, in a temporary file that is rewound."""
    from openpyxl import Workbook  # noqa: PLC0415 - a third of a second that other pages never need
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet("1")
    sheet.freeze_panes = "A2"

    def cell(value: Cell) -> WriteOnlyCell:
        made = WriteOnlyCell(sheet, _printable(value) if isinstance(value, str) else value)
        if isinstance(value, str):
            made.data_type = "s"
        elif isinstance(value, date):
            made.number_format = "yyyy-mm-dd"
        return made

    for row in chain((head,), rows):
        sheet.append([cell(value) for value in row])
    file = cast("BinaryIO", tempfile.SpooledTemporaryFile(IN_MEMORY))  # noqa: SIM115 - handed out
    book.save(file)
    file.seek(0)
    return file


def _plain(cell: Cell) -> str:
    if isinstance(cell, str):
        return shielded(_printable(cell))
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def _printable(text: str) -> str:
    return text if text.isprintable() else _UNPRINTABLE.sub("", text)
