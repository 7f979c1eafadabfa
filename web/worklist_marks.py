"""What a person follows and what others did: read once for each request, when asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import g

from web.access import current_actor
from web.ports import desk, now
from workflow.services import following, standing_in
from workflow.services.following import Event
from workflow.services.standing_in import Away


@dataclass(frozen=True, slots=True)
class Marks:
    """`since` is when the person last said they have seen the news; newest first."""

    followed: frozenset[str]
    since: str
    news: tuple[Event, ...]
    instead_of: Mapping[str, Away]
    """Whom the person stands in for today, by account id."""

    @property
    def news_of(self) -> frozenset[str]:
        """The numbers of the cases with news."""
        return frozenset(event.number for event in self.news)


def marks() -> Marks:
    """The marks of the person who is signed in."""
    if "marks" not in g:
        with desk().database.reading() as session:
            followed = following.followed(session, current_actor())
            since, news = following.news(session, current_actor(), now())
            covered = standing_in.instead_of(session, current_actor(), now())
        instead_of = {str(away.account_id): away for away in covered}
        g.marks = Marks(frozenset(followed), since, tuple(news), instead_of)
    found: Marks = g.marks
    return found
