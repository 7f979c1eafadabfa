"""When each deadline reminds, in calendar days around its last day (our own decision, not law)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from workflow.domain.ladder import Ladder
from workflow.domain.time_limit import Clock

WINDOW = 180
"""Calendar days before the last day of a license at which we open its renewal (rulebook 2.3)."""
RENEWAL_LEAD = 90
"""Calendar days before the last day by which the renewal must be filed (K-RENEW)."""

_OURS = Ladder(before=(10, 5, 2, 0), every=1)
_REPLY = Ladder(before=(5, 3, 1, 0), every=1)
_AUTHORITY = Ladder(before=(-1,), every=5)
_SEASON = Ladder(before=(80, 30, 14, 7, 3, 0), every=7, last=28)

CLOCK_LADDERS: Mapping[str, Ladder] = MappingProxyType(
    {
        # 270, 180, 120, 100 and 90 days before expiry, then daily: counted from expiry - 90
        "K-RENEW": Ladder(before=(180, 90, 30, 10, 0), every=1, escalate=-10),
        "K-AR": _SEASON,
        "K-CODEAR": _SEASON,
        "K-FEE": Ladder(before=(10, 3, 0), every=7, last=28),
        "K-NUMUSE": Ladder(before=(180, 90, 30, 7, 0), every=7),
        "K-REG30": Ladder(before=(10, 3, 0), every=7),
    }
)
LADDERS: Mapping[str, Ladder] = MappingProxyType({**CLOCK_LADDERS, "REPLY-BY": _REPLY})


def ladder_of(code: str, clock: Clock | None) -> Ladder | None:
    """The ladder of a deadline; None for the authority's silence that counts by itself.

    A clock of the authority reminds only once it has passed: nobody can hurry it before.
    """
    if code in LADDERS:
        return LADDERS[code]
    if clock is None or clock.window:
        return None
    if clock.whose == "authority":
        return None if clock.silence and code in _COUNTS_BY_ITSELF else _AUTHORITY
    return _OURS


_COUNTS_BY_ITSELF = frozenset({"K-CORR", "K-RDEEM"})
"""Silence that the clock itself turns into acceptance or renewal (行政许可法 32, 50)."""
