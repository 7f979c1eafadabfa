"""Placeholders of an answer, filled from the rules that guard the cases: a figure stands once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from string import Formatter

from workflow.domain.procedure import Procedure, Text
from workflow.law.cancellation import PROCEDURE as CANCELLATION
from workflow.law.materials import MATERIALS
from workflow.law.new import PROCEDURE as NEW
from workflow.law.number import PROCEDURE as NUMBER
from workflow.law.question_amounts import AMOUNTS, clock_length
from workflow.law.question_datum import Datum, cased, joined
from workflow.law.question_names import NAMES, coded, content_document
from workflow.law.renewal import PROCEDURE as RENEWAL

_FAMILIES = {**AMOUNTS, **NAMES}
_PROCEDURES = {found.code: found for found in (NEW, RENEWAL, CANCELLATION, NUMBER)}
_MATERIAL_NAMES = {material.code: material.name for material in MATERIALS}


def datum(name: str, on: date) -> Datum | None:
    """The datum behind a placeholder as in force on the day; None for an unknown one."""
    head, _, rest = name.partition(".")
    if head in _FAMILIES:
        return _FAMILIES[head](rest)
    if head == "content":
        return content_document(rest, on)
    if head == "papers":
        return _papers(_PROCEDURES.get(rest))
    if head.startswith("K-"):
        return clock_length(head, rest)
    return coded(head, rest, on)


def _papers(procedure: Procedure | None) -> Datum | None:
    """What every case of the procedure hands in, whatever its kind."""
    if procedure is None:
        return None
    always = [need.code for need in procedure.needs if need.when is None]
    return Datum(joined(_MATERIAL_NAMES[code] for code in always), procedure.code)


def fill(text: Text, on: date) -> Text:
    """The text with every placeholder filled. Raises KeyError for an unknown one."""
    zh = re.sub(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])", "", _filled(text.zh, "zh", on))
    return Text(zh, _filled(text.en, "en", on))


def names_in(text: Text) -> tuple[str, ...]:
    """The placeholders of a text, in the order of the Chinese, each once."""
    return tuple(dict.fromkeys(name for _, name in _parts(text.zh) if name))


def problems(place: str, text: Text) -> Iterator[str]:
    """What is wrong with a text: a language, a placeholder, one that only one language names."""
    if not text.zh.strip() or not text.en.strip():
        yield f"{place}: missing a language"
        return
    english = {name for _, name in _parts(text.en) if name}
    for name in sorted({*names_in(text), *english}):
        if datum(name, date.max) is None:
            yield f"{place}: unknown placeholder {{{name}}}"
    if set(names_in(text)) != english:
        yield f"{place}: the languages name different values"


def _parts(sentence: str) -> Iterator[tuple[str, str | None]]:
    return ((before, name) for before, name, _, _ in Formatter().parse(sentence))


def _filled(sentence: str, language: str, on: date) -> str:
    written = ""
    for before, name in _parts(sentence):
        written += before
        if name is None:
            continue
        found = datum(name, on)
        if found is None:
            raise KeyError(name)
        word = found.text.read(language)
        written += word if found.proper else cased(word, starts=_starts(written))
    return written


def _starts(written: str) -> bool:
    return re.search(r"(^|[.?!]\s)$", written) is not None
