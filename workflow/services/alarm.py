"""The alarm of a broken trail: administrators and auditors are told, once of each break."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from workflow.domain.acting import Moment
from workflow.domain.procedure import Role, Text
from workflow.law.breaks import in_words
from workflow.services.digest import Mail
from workflow.storage import alarms, outbox
from workflow.storage.alarms import KIND, Alarm
from workflow.storage.outbox import Claim

__all__ = ["KIND", "TO", "Alarm", "deliver", "mail_of", "of", "sound"]

TO = (Role.ADMIN, Role.AUDITOR)
"""Whom a break concerns whatever their clients are: it says nothing about any of them."""


def sound(tx: Session, broken: str, good_at: str, moment: Moment) -> bool:
    """Put the alarm of this break into the outbox; False when it was raised before.

    `good_at`: when the trail was last intact. A break that comes back after that is a new one.
    """
    return alarms.raise_once(tx, broken=broken, good_at=good_at, at=moment.stamp)


def deliver(tx: Session, claim: Claim, *, moment: Moment, by_mail: bool) -> int | None:
    """Tell every active administrator and auditor, and settle the row; None for a stale claim.

    `by_mail`: there is a mail server, so that who has an address gets a letter too.
    """
    if not outbox.settle(tx, claim, at=moment.stamp):
        return None
    people = [account for role in TO for account, _ in outbox.active_accounts(tx, role=role)]
    return sum(alarms.post(tx, claim, one, at=moment.stamp, by_mail=by_mail) for one in people)


def of(session: Session, broken: str) -> Alarm | None:
    """How the alarm of this break fares, and who has it; None when none was raised."""
    return alarms.newest(session, broken)


def mail_of(session: Session, outbox_id: int, base_url: str | None, zone: str) -> Mail | None:
    """The letter of an alarm in its reader's language, None for a row of another kind."""
    found = alarms.letter(session, outbox_id)
    if found is None:
        return None
    what, at = in_words(found.broken), _local(found.at, zone)
    good = Text("从未", "never")
    if found.good_at:
        good = Text(_local(found.good_at, zone), _local(found.good_at, zone))
    subject = Text(
        "许可办理台：审计轨迹的记录链断开", "License Desk: the chain of the trail is broken"
    )
    body = Text(
        f"{found.name}，你好：\n\n验证发现记录链断开（{at}）。\n第一处断点：{what.zh}\n"
        f"上一次完整：{good.zh}\n\n请不要改动数据库。管理员先备份数据库、文件和检查点文件；"
        "审计员在审计追踪页导出断点证据。系统继续追加记录。",
        f"Hello {found.name},\n\na verification found the chain of the trail broken"
        f" ({at}).\nFirst break: {what.en}\nLast intact: {good.en}\n\nDo not change the"
        " database. Administrators: back up the database, the files and the file of checkpoints."
        " Auditors: export the evidence on the page of the trail. The desk goes on appending.",
    )
    link = f"\n\n{base_url.rstrip('/')}/audit" if base_url else ""
    return Mail(
        found.address,
        subject.read(found.language),
        body.read(found.language) + link + "\n",
        f"alarm-{outbox_id}",
    )


def _local(stamp: str, zone: str) -> str:
    return f"{datetime.fromisoformat(stamp).astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"
