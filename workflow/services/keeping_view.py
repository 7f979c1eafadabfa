"""What the page of retention shows: rules with what is due, holds, requests, what is gone."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.domain.errors import BadInput
from workflow.domain.procedure import Text
from workflow.law.keeping import FILES, TRAIL, VALUES, Keeping
from workflow.services.retention import FINAL, ended_before
from workflow.storage import keeping
from workflow.storage import retention as rows
from workflow.storage.keeping import Tombstone
from workflow.storage.retention import Asked, HoldLine

MOST = 20


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: how long what is kept and why, how much is past its term, how much of it held."""

    keeping: Keeping
    due: int | None
    held: int


@dataclass(frozen=True, slots=True)
class Kept:
    """Everything of the page, of the clients this person may see."""

    rules: list[Rule]
    holds: list[HoldLine]
    waiting: list[Asked]
    decided: list[Asked]
    gone: list[Tombstone]


def of(session: Session, reader: Actor, moment: Moment) -> Kept:
    """As it stands now; the newest `MOST` of what is over."""
    sees = reader.scope.allows
    files = keeping.files_over(session, ended_before(FILES, moment), FINAL)
    values = keeping.clients_over(session, ended_before(VALUES, moment), FINAL)
    return Kept(
        [Rule(FILES, *files), Rule(VALUES, *values), Rule(TRAIL, None, 0)],
        [line for line in rows.holds(session) if sees(line.company_id)],
        [asked for asked in rows.waiting(session) if sees(asked.company_id)],
        [asked for asked in keeping.decided(session, MOST) if sees(asked.company_id)],
        keeping.tombstones(session, MOST),
    )


def subject(session: Session, words: str, *, field: str = "about") -> tuple[int, str]:
    """The client meant, and the case when a case number was given. Raises BadInput for neither."""
    if case := rows.case_of(session, words):
        return case[1], words
    company_id = keeping.client_of(session, words)
    if company_id is None:
        says = Text(
            "没有找到：请写完整的企业名称、信用代码或案件编号",
            "Not found: give the whole name, the credit code or a case number",
        )
        raise BadInput(field, says)
    return company_id, ""
