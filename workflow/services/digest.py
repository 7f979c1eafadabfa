"""The digest: what a person's inbox holds that is new today, as one letter in their language."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.domain.errors import NotFound, RoleMissing
from workflow.domain.procedure import Role, Text
from workflow.law import catalogue
from workflow.law.breaks import in_words
from workflow.law.duties import DUTIES
from workflow.storage import digests, incidents
from workflow.storage.digests import Failing, Line

KEPT = timedelta(days=7)
"""News older than this is not mailed any more: it waits in the inbox."""
_BROKEN = Text("审计轨迹的记录链断开", "The chain of the trail is broken")
_READY = Text("后台生成的文件已可下载", "A file made in the background is ready")
_KEEPERS = (Role.MANAGER, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class Mail:
    """One letter, ready for whoever carries it. `reference` is the same at every attempt."""

    to: str
    subject: str
    body: str
    reference: str


def open_digests(tx: Session, moment: Moment) -> int:
    """One digest for everybody with an address and unread news; how many are new.

    A second call on the same day finds the rows there and opens nothing.
    """
    since = replace(moment, at=moment.at - KEPT).stamp
    return digests.open_digests(tx, moment.today, since=since, at=moment.stamp)


def mail_of(session: Session, outbox_id: int, base_url: str | None) -> Mail | None:
    """The letter of a digest row, None for a row of another kind."""
    head = digests.letter(session, outbox_id)
    if head is None:
        return None
    found = digests.lines(session, outbox_id)
    language = head.language
    count = len(found)
    subject = Text(
        f"许可办理台：{head.day:%m-%d} 有 {count} 条提醒",
        f"License Desk: {count} {'item' if count == 1 else 'items'} on {head.day:%b %d}",
    )
    greeting = Text(f"{head.name}，你好：", f"Hello {head.name},")
    rows = [_line(line, head.day, language, base_url) for line in found]
    farewell = Text(
        "每天最多一封。处理情况以许可办理台为准。",
        "One letter a day at most. License Desk itself is what counts.",
    )
    body = "\n\n".join([greeting.read(language), "\n".join(rows), farewell.read(language)])
    reference = f"digest-{outbox_id}-{head.day:%Y%m%d}"
    return Mail(head.address, subject.read(language), body + "\n", reference)


def failing(session: Session, actor: Actor) -> list[Failing]:
    """Digests that could not be sent yet, with the reason; for managers and administrators."""
    if actor.role not in _KEEPERS:
        raise RoleMissing
    return digests.failing(session)


def retry(tx: Session, outbox_id: int, *, actor: Actor) -> None:
    """Try a digest that was given up again from the first attempt. Raises NotFound for others."""
    if outbox_id not in {mail.id for mail in failing(tx, actor) if mail.state == "incident"}:
        raise NotFound
    incidents.reopen(tx, outbox_id)


def status(session: Session, account_id: int) -> Failing | None:
    """How the newest digest of a person fares; None when there was none."""
    return digests.status(session, account_id)


def _line(line: Line, day: date, language: str, base_url: str | None) -> str:
    if line.broken:
        return f"- {_BROKEN.read(language)}: {in_words(line.broken).read(language)}"
    what = line.case_number or line.license_number
    path = f"/cases/{line.case_number}" if line.case_number else f"/licenses/{line.license_id}"
    told = f"- {_what(line, day).read(language)} · {line.company} · {what}"
    if line.work_id is not None:
        told, path = f"- {_READY.read(language)}", f"/progress/{line.work_id}"
    return f"{told}\n  {base_url.rstrip('/')}{path}" if base_url else told


def _what(line: Line, day: date) -> Text:
    if not line.deadline or line.due_on is None:
        return catalogue.label_of("event", line.action)
    name = DUTIES.get(line.deadline) or catalogue.label_of("clock", line.deadline)
    left = (line.due_on - day).days
    if left < 0:
        return Text(
            f"{name.zh}：已逾期 {-left} 天（{line.due_on}）",
            f"{name.en}: {-left} {_days(-left)} late ({line.due_on})",
        )
    return Text(
        f"{name.zh}：{line.due_on} 截止，还有 {left} 天",
        f"{name.en}: due {line.due_on}, {left} {_days(left)} left",
    )


def _days(count: int) -> str:
    return "day" if count == 1 else "days"
