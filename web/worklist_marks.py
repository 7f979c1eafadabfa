"""What a person follows and what others did: read once for each request, when asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import g

from web.access import current_actor
from web.ports import desk, now
from workflow.services import following
from workflow.services.following import Covered, News


@dataclass(frozen=True, slots=True)
class Marks:
    """`since` is when the person last said they have seen the news; newest first."""

    followed: frozenset[str]
    since: str
    news: tuple[News, ...]
    instead_of: Mapping[str, Covered]
    """Whom the person stands in for today, by account id."""

    @property
    def news_of(self) -> frozenset[str]:
        """The numbers of the cases with news."""
        return frozenset(event.number for event in self.news)


def marks() -> Marks:
    """The marks of the person who is signed in."""
    if "marks" not in g:
        with desk().database.reading() as session:
            found = following.marks(session, current_actor(), now())
        covered = {away.account_id: away for away in found.covered}
        g.marks = Marks(frozenset(found.followed), found.since, tuple(found.news), covered)
    kept: Marks = g.marks
    return kept
