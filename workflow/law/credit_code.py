"""The unified social credit code (GB 32100-2015): what is wrong with one, if anything."""

from __future__ import annotations

from typing import Literal

from stdnum.cn import uscc

from workflow.law.authorities import PROVINCES

Flaw = Literal["malformed", "not_a_company", "inner", "region"]

_COMPANY_PREFIX = "91"
_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def flaw(code: str) -> Flaw | None:
    """The gravest flaw of `code`, or None.

    `malformed`: length, alphabet or check character; `not_a_company`: prefix is not 91.
    `inner` (check character of the organization code) and `region` are only suspicious.
    """
    if code != uscc.compact(code) or not uscc.is_valid(code):
        return "malformed"
    if not code.startswith(_COMPANY_PREFIX):
        return "not_a_company"
    if not _inner_holds(code[8:17]):
        return "inner"
    return None if code[2:4] in PROVINCES else "region"


def _inner_holds(organization: str) -> bool:
    """GB 11714: the ninth character checks the eight before it."""
    pairs = zip(organization, _WEIGHTS, strict=False)
    rest = 11 - sum(_CHARACTERS.index(sign) * weight for sign, weight in pairs) % 11
    return organization[8] == {10: "X", 11: "0"}.get(rest, str(rest))
