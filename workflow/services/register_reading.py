"""Rows of a register file as people write them, read like the form that enters one license."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import chain

from workflow.domain.procedure import Text
from workflow.law import catalogue
from workflow.services import companies, license_typed
from workflow.services.import_check import Fault, Row
from workflow.services.register_columns import COLUMNS, told_columns
from workflow.services.sheet_in import Line
from workflow.services.typed import Typed

LABELS = {column.key: column.name for column in COLUMNS if column.told}
_SEVERAL = ("kinds", "items", "coverage", "not_opened")
_MARKS = re.compile(r"[、,，;；\n]+|(?<=\S)\s*[+＋]\s*(?=\S)")
_ITEM_MARKS = re.compile(r"[;；\n]+|[、,，]")
_IN_BRACKETS = re.compile(r"\(.*?\)")
_CATALOGUE_CODE = re.compile(r"[ab]\d\d(-\d)?")
_OF_A_PROVINCE = re.compile("(省|市|壮族自治区|回族自治区|维吾尔自治区|自治区)$")
NOTES = {
    "formula": Text("单元格里是公式，请改成值", "A cell holds a formula: put its value there"),
    "short": Text("这一行不完整，列数比表头少", "The row is incomplete: fewer cells than headings"),
    "long": Text("这一行的列数或文字超出", "The row has more cells or longer text than it may"),
}


def matched(head: Sequence[str]) -> list[str]:
    """What each column of a file holds by its heading; empty where that is not known."""
    known = {
        _folded(name): column.key
        for column in COLUMNS
        if column.told
        for name in (column.key, column.name.zh, column.name.en, *column.others)
    }
    found: list[str] = []
    for heading in head:
        key = known.get(_folded(heading), "")
        found.append("" if key in found else key)
    return found


def missing(columns: Iterable[str]) -> list[Text]:
    """The columns that must be there and are not."""
    held = set(columns)
    return [c.name for c in told_columns().values() if c.required and c.key not in held]


def read_rows(
    lines: Iterable[Line], columns: Sequence[str], today: date
) -> Iterator[Row | list[Fault]]:
    """Every row as the register takes it, or the faults of one that cannot be read."""
    for line in lines:
        if line.note:
            yield [Fault(line.no, "", NOTES[line.note])]
            continue
        cells = {key: cell for key, cell in zip(columns, line.cells, strict=True) if key and cell}
        form = Typed(_typed(cells), LABELS)
        row = _row(line.no, form, cells, today)
        first = {error.field: error.says for error in reversed(form.errors)}
        yield [Fault(line.no, *said) for said in reversed(first.items())] or row


def _row(no: int, form: Typed, cells: Mapping[str, str], today: date) -> Row:
    for field in _SEVERAL:
        for word in form.all_typed(f"{field}?"):
            name = LABELS[field]
            form.refuse(field, Text(f"不认识的{name.zh}：{word}", f"Unknown {name.en}: {word}"))
    told = license_typed.read(form, today)
    company = {
        "uscc": companies.typed_code(form),
        "name": form.line("name", required=False),
        "province": form.choice("province", catalogue.PROVINCES, required=False),
    }
    if cells.get("province") and not form.typed("province"):
        form.refuse("province", Text("不认识的注册地", "Unknown province"))
    for end in ("valid_from", "valid_to"):
        told[end] = told[end] and told[end].isoformat()
    return Row(no, {k: v for k, v in company.items() if v}, told, tuple(sorted(cells)))


class _Cells(dict[str, list[str]]):
    """Fields with their values, as a form would send them."""

    def get(self, field: str, otherwise: str, /) -> str:  # type: ignore[override]
        return next(iter(self[field]), otherwise) if field in self else otherwise

    def getlist(self, field: str, /) -> list[str]:
        return self.setdefault(field, [])


def _typed(cells: Mapping[str, str]) -> _Cells:
    """The cells as the form for one license would send them."""
    typed = _Cells({"status": ["valid"]})
    for key, cell in cells.items():
        if key in _SEVERAL:
            codes = [(word, _code(key, word)) for word in _words(key, cell)]
            typed[key] = [code for _, code in codes if code]
            typed[f"{key}?"] = [word for word, code in codes if not code]
        elif key in ("status", "province"):
            typed[key] = [_code(key, cell) or ("" if key == "province" else cell)]
        else:
            typed[key] = [cell]
    return typed


def _words(key: str, cell: str) -> list[str]:
    marks = _ITEM_MARKS if key == "items" else _MARKS
    return [word for part in marks.split(cell) if (word := part.strip())]


def _code(key: str, word: str) -> str:
    """The code of a word people use; empty for one nobody knows or that could mean two things."""
    folded = _folded(word)
    if key in ("kinds", "not_opened"):
        bare = _CATALOGUE_CODE.sub("", folded, count=1) or folded
        kinds = _kinds()
        return kinds.get(folded) or kinds.get(bare) or kinds.get(_IN_BRACKETS.sub("", bare), "")
    return _others(key).get(folded, "")


@cache
def _kinds() -> Mapping[str, str]:
    """Codes, catalogue codes and names of the kinds; what two kinds share is left out."""
    named: dict[str, set[str]] = {}
    for code, kind in catalogue.LAW.kinds.items():
        full = (kind.name.zh, kind.name.en)
        bare = (_IN_BRACKETS.sub("", _folded(name)) for name in full)
        for word in chain((code, kind.catalogue_code, kind.short.zh, kind.short.en), full, bare):
            named.setdefault(_folded(word), set()).add(code)
    return {word: next(iter(codes)) for word, codes in named.items() if len(codes) == 1}


@cache
def _others(key: str) -> Mapping[str, str]:
    if key == "items":
        pairs = list(catalogue.labels("item").items())
    elif key == "status":
        pairs = list(license_typed.STATUSES.items())
    else:
        pairs = list(catalogue.COVERAGES.items())
    words = {_folded(word): code for code, text in pairs for word in (code, text.zh, text.en)}
    if key in ("coverage", "province"):
        words |= {_OF_A_PROVINCE.sub("", text.zh): code for code, text in pairs}
    return words


def _folded(word: str) -> str:
    """Full-width and half-width, capitals and blanks make no difference."""
    return re.sub(r"[\s_]+", "", unicodedata.normalize("NFKC", word)).casefold()
