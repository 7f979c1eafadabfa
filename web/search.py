"""What a person types into a search box, turned into what the lists look for."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 100
_CODE = re.compile(r"(?=.*\d)[0-9A-Za-z][0-9A-Za-z .\-]*", re.ASCII)


def search_words(typed: str) -> str:
    """Full-width signs made plain; codes and numbers in capitals, pinyin initials in small."""
    line = unicodedata.normalize("NFKC", "".join(s for s in typed if s.isprintable())).strip()
    if _CODE.fullmatch(line):
        line = line.replace(" ", "").upper()
    elif line.isascii():
        line = line.lower()
    return line[:LONGEST]
