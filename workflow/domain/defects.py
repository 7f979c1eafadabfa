"""What can be wrong with any entry of the law: its words, its basis, its name, its days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from string import Formatter

from workflow.domain.procedure import Citation, Text

Days = tuple[date, date | None]


def of_texts(place: str, texts: Iterable[Text]) -> Iterator[str]:
    """A sentence that lacks one of the two languages."""
    for text in texts:
        for language, words in (("zh", text.zh), ("en", text.en)):
            if not words.strip():
                yield f"{place}: missing {language} text (other language: {text.zh or text.en})"


def of_basis(place: str, cites: tuple[Citation, ...]) -> Iterator[str]:
    """No basis at all, or one that cannot be read in both languages."""
    if not cites:
        yield f"{place}: no basis"
    for basis in cites:
        yield from of_texts(f"{place}, basis", [basis.law, basis.article])


def of_name(place: str, key: str, code: str) -> Iterator[str]:
    """A row that is listed under another code than its own."""
    if key != code:
        yield f"{place}: listed under {key} but calls itself {code}"


def unknown(place: str, what: str, names: Iterable[str], known: Collection[str]) -> Iterator[str]:
    """Names that name nothing."""
    for name in names:
        if name not in known:
            yield f"{place}: unknown {what} {name}"


def twice(place: str, what: str, names: Iterable[str]) -> Iterator[str]:
    """A name given to two things."""
    for name, count in Counter(names).items():
        if count > 1:
            yield f"{place}: {what} {name} twice"


def of_versions(place: str, spans: Iterable[Days]) -> Iterator[str]:
    """Texts of one rule over time: each ends after it begins, one follows the other day by day."""
    spans = sorted(spans, key=lambda span: span[0])
    for since, until in spans:
        if until is not None and until < since:
            yield f"{place}: a text ends on {until}, before it begins"
    for (_, until), (following, _) in pairwise(spans):
        if until is None or following <= until:
            yield f"{place}: two texts in force on {following}"
        elif following > until + timedelta(1):
            yield f"{place}: no text in force on {until + timedelta(1)}"


def placeholders(sentence: str) -> set[str]:
    """The values a sentence names."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}
