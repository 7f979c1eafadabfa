"""A holiday notice as a YAML or JSON file: read whole, faults named, nothing trusted."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from workflow.domain.errors import BadInput
from workflow.domain.procedure import Text
from workflow.domain.workdays import YearNotice
from workflow.services.notice_days import read_days, written

LARGEST = 64 * 1024
MOST_ENTRIES = 400
_KEYS = {"year", "notice", "source", "off", "workdays", "valid_through", "provisional"}
EXAMPLE = "{year: 2027, notice: …, off: [2027-02-05…2027-02-11], workdays: [2027-01-31]}"


@dataclass(frozen=True, slots=True)
class NoticeFile:
    """What a file says, each part as text that a form would hold."""

    year: str
    notice: str
    source: str
    off: str
    workdays: str
    valid_through: str
    provisional: bool


def read_file(content: bytes) -> NoticeFile:
    """Read a file of one year; the contract's `calendar: {2027: {…}}` is understood too.

    Raises BadInput at `file` for anything that is no such file.
    """
    if len(content) > LARGEST:
        raise _bad(
            Text(
                f"文件超过 {LARGEST // 1024} KB，不是放假安排",
                f"The file has more than {LARGEST // 1024} KB; it is no holiday notice",
            )
        )
    tree = _one_year(_load(content))
    unknown = sorted(set(tree) - _KEYS)
    if unknown:
        raise _bad(Text(f"不认识的项：{unknown[0]}", f"Unknown key: {unknown[0]}"))
    if "off" not in tree:
        raise _bad(Text("文件里没有放假日期（off）", "The file names no days off (off)"))
    return NoticeFile(
        year=_text(tree, "year"),
        notice=_text(tree, "notice"),
        source=_text(tree, "source"),
        off=_lines(tree, "off"),
        workdays=_lines(tree, "workdays"),
        valid_through=_text(tree, "valid_through"),
        provisional=_flag(tree, "provisional"),
    )


def notice_of(told: NoticeFile) -> YearNotice:
    """The notice itself. Raises BadInput at the part that cannot be used."""
    if not (told.year.isascii() and told.year.isdigit() and len(told.year) == len("2027")):
        raise BadInput("year", Text("请填写年份，例如 2027", "Give the year, such as 2027"))
    year = int(told.year)
    if not told.notice:
        raise BadInput("notice", Text("请填写通知文号", "Give the number of the notice"))
    through = sorted(read_days(told.valid_through, "valid_through", year))
    return YearNotice(
        year,
        read_days(told.off, "off", year),
        read_days(told.workdays, "workdays", year),
        Text(told.notice, told.notice),
        told.provisional,
        through[-1] if through else None,
    )


def as_file(notice: YearNotice, source: str = "") -> dict[str, Any]:
    """The notice as `read_file` takes it."""
    return {
        "year": notice.year,
        "notice": notice.notice.zh,
        "source": source,
        "off": written(notice.off).splitlines(),
        "workdays": written(notice.workdays).splitlines(),
        "provisional": notice.provisional,
    }


def _load(content: bytes) -> Any:  # noqa: ANN401 - a YAML tree
    reader = YAML(typ="base", pure=True)  # every value is text: a day no calendar has, too
    try:
        return reader.load(io.StringIO(content.decode("utf-8-sig")))
    except UnicodeDecodeError as error:
        raise _bad(Text("文件不是 UTF-8 文本", "The file is not UTF-8 text")) from error
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _bad(
            Text(f"第 {line} 行不是 YAML 或 JSON", f"Line {line} is neither YAML nor JSON")
        ) from error
    except (YAMLError, ValueError, RecursionError) as error:
        raise _bad(
            Text(f"文件读不懂：{_short(error)}", f"The file cannot be read: {_short(error)}")
        ) from error


def _one_year(tree: Any) -> dict[str, Any]:  # noqa: ANN401
    if isinstance(tree, Mapping) and set(tree) == {"calendar"}:
        years = tree["calendar"]
        if isinstance(years, Mapping) and len(years) == 1:
            ((year, told),) = years.items()
            tree = {"year": year, **told} if isinstance(told, Mapping) else None
        else:
            raise _bad(Text("一个文件写一年", "One file holds one year"))
    if not isinstance(tree, Mapping):
        raise _bad(Text(f"文件应写成 {EXAMPLE}", f"Write the file as {EXAMPLE}"))
    return {str(key): value for key, value in tree.items()}


def _text(tree: Mapping[str, Any], key: str) -> str:
    value = tree.get(key, "")
    if not isinstance(value, str):
        raise _bad(Text(f"{key} 应是文字", f"{key} should be text"))
    return " ".join(value.split())


def _lines(tree: Mapping[str, Any], key: str) -> str:
    value = tree.get(key) or []
    if isinstance(value, str):
        return value
    if not isinstance(value, list) or len(value) > MOST_ENTRIES:
        raise _bad(Text(f"{key} 应是日期列表", f"{key} should be a list of days"))
    return "\n".join(_text({"day": day}, "day") for day in value)


def _flag(tree: Mapping[str, Any], key: str) -> bool:
    value = tree.get(key, "false")
    if value not in ("true", "false"):
        raise _bad(Text(f"{key} 应是 true 或 false", f"{key} should be true or false"))
    return bool(value == "true")


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:80]


def _bad(says: Text) -> BadInput:
    return BadInput("file", says)
