"""How long a license runs."""

from __future__ import annotations

from workflow.domain.procedure import Citation, Confidence
from workflow.law.sources import ORDER_42, cite

TERM_YEARS = 5
"""In calendar years, from the first day of the license."""

TERM_CITES: tuple[Citation, ...] = (cite(ORDER_42, "第十四条", "Art. 14", Confidence.SECONDARY),)
