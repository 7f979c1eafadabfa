"""Keys in addresses: where a page of a list starts."""

from __future__ import annotations

from datetime import date

from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**62
LARGEST_ROW = 2**31 - 1
_DIGITS = len(str(LARGEST))


class RowNumber(IntegerConverter):
    """A number in a path. More than a row of any database has is no address: 404."""

    def __init__(self, map_: Map, fixed_digits: int = 0) -> None:
        super().__init__(map_, fixed_digits, max=LARGEST_ROW)


def page_key(typed: str | None) -> int | None:
    """A row id from an address, or None when there is none or it is no number."""
    if not typed or not (typed.isascii() and typed.isdigit()):
        return None
    return min(int(typed[:20]), LARGEST)


def company_key(typed: str) -> int:
    """A client's id from an address. Anything that is no number names no client; 0 is nobody's."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < _DIGITS else 0


def day_key(typed: str | None) -> tuple[date, int] | None:
    """A day and a row id written `2026-03-20.17`, or None."""
    day, _, row = (typed or "").partition(".")
    number = page_key(row)
    try:
        return None if number is None else (date.fromisoformat(day), number)
    except ValueError:
        return None


def place_key(typed: str | None) -> tuple[str, int] | None:
    """A row id and what it is sorted by written `17.2026-03-20`, or None."""
    row, _, value = (typed or "").partition(".")
    number = page_key(row)
    return None if number is None or not value else (value[:200], number)


def client_key(typed: str | None) -> tuple[int, date, int] | None:
    """A client, a day and a row id written `12.2026-03-20.17`, or None."""
    client, _, rest = (typed or "").partition(".")
    company, place = page_key(client), day_key(rest)
    return (company, *place) if company is not None and place is not None else None
