"""One figure or name that an answer takes from the law, and how it reads inside a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from workflow.domain.procedure import Text


@dataclass(frozen=True, slots=True)
class Datum:
    """What a placeholder stands for, and the rule it belongs to.

    A `proper` one is written as it is; the others lose their capital inside a sentence.
    """

    text: Text
    rule: str = ""
    proper: bool = False


def spoken(text: Text | None, rule: str) -> Datum | None:
    """The text as a datum of that rule; None stays None."""
    return Datum(text, rule) if text else None


def cased(word: str, *, starts: bool) -> str:
    """A name where it stands in an English sentence: `Business license` is small, `ICP` stays."""
    if starts:
        return word[:1].upper() + word[1:]
    return word[:1].lower() + word[1:] if re.match(r"[A-Z][a-z]", word) else word


def joined(texts: Iterable[Text], *, proper: bool = False) -> Text:
    """Names one after the other; in English only the first keeps its capital."""
    found = list(texts)
    english = [
        text.en if proper or not position else cased(text.en, starts=False)
        for position, text in enumerate(found)
    ]
    # A name that lists something itself asks for the stronger separator.
    comma = "；" if any("、" in text.zh for text in found) else "、"
    return Text(comma.join(text.zh for text in found), ", ".join(english))
