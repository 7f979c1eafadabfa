"""The minimum registered capital: one figure for one province, one for more."""

from __future__ import annotations

MINIMUM_PROVINCE = 1_000_000
MINIMUM_NATIONWIDE = 10_000_000


def minimum_for(*, nationwide: bool) -> int:
    """The least registered capital in RMB yuan (42 号令第六条第四项)."""
    return MINIMUM_NATIONWIDE if nationwide else MINIMUM_PROVINCE
