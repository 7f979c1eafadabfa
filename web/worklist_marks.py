"""What a person follows and what others did: read once for each request, when asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import g

from web.access import current_actor
from web.ports import desk, now
from workflow.services import following, standing_in
from workflow.services.following import News
from workflow.services.standing_in import Away


@dataclass(frozen=True, slots=True)
class Marks:
    """`since` is when the person last said they have seen the news; newest first."""

    followed: frozenset[str]
    since: str
    news: tuple[News, ...]

    @property
    def news_of(self) -> frozenset[str]:
        """The numbers of the cases with news."""
        return frozenset(event.number for event in self.news)


def marks() -> Marks:
    """The marks of the person who is signed in."""
    if "marks" not in g:
        with desk().database.reading() as session:
            followed, since, news = following.marks(session, current_actor(), now())
        g.marks = Marks(frozenset(followed), since, tuple(news))
    found: Marks = g.marks
    return found


def instead_of() -> Mapping[str, Away]:
    """Whom the person stands in for today, by account id."""
    if "instead_of" not in g:
        with desk().database.reading() as session:
            covered = standing_in.instead_of(session, current_actor(), now())
        g.instead_of = {str(away.account_id): away for away in covered}
    found: Mapping[str, Away] = g.instead_of
    return found
