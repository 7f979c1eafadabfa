"""A license number however it is typed: one way to keep it, one way to compare it."""

from __future__ import annotations

import re
import unicodedata

_SITE = re.compile(r"(?<=\d{8})(\d?)-\d{1,3}$")
_PLAIN = re.compile(r"[\u4e00-\u9fff]*(?:[0-9A-Z.]+-)*[0-9A-Z.]+")
_SIGNS = str.maketrans(
    dict.fromkeys("\u2043\u2212\u30fc", "-") | dict.fromkeys("\u00b7\u2022\u30fb\u3002", ".")
)
"""What keyboards give for a dash that Unicode calls none, and for the dot between letters."""


def plain(number: str) -> str:
    """Half width, capitals, one sort of dash and dot, no blanks and nothing invisible."""
    if _PLAIN.fullmatch(number):
        return number
    signs = (
        "-" if unicodedata.category(sign) == "Pd" else sign
        for sign in unicodedata.normalize("NFKC", number).translate(_SIGNS)
        if unicodedata.category(sign) != "Cf" and not sign.isspace()
    )
    return re.sub("-+", "-", "".join(signs)).upper()


def stripped(number: str) -> str:
    """The plain number without the index a site adds (浙B2-20080101-4): so two are compared."""
    return _SITE.sub(r"\1", plain(number))
