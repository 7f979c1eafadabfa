"""The letter that carries a checkpoint out of the house, one a day at most."""

from __future__ import annotations

from sqlmodel import Session

from workflow.domain.acting import Moment
from workflow.domain.procedure import Text
from workflow.services.digest import Mail
from workflow.storage import letters, tree

KIND = "checkpoint"


def post(tx: Session, address: str, moment: Moment) -> bool:
    """Put today's letter into the outbox; False when today has one."""
    return letters.post_once(tx, kind=KIND, to=address, day=moment.today, at=moment.stamp)


def mail_of(session: Session, outbox_id: int) -> Mail | None:
    """The letter with the newest checkpoint, None for an outbox row of another kind."""
    found = letters.addressed(session, outbox_id, KIND)
    newest = tree.last_checkpoint(session)
    if found is None or newest is None:
        return None
    address, day = found
    subject = Text(f"审计轨迹检查点 {day}", f"checkpoint of the trail, {day}")
    told = Text(
        "请妥善保存这封邮件：日后可用它核对审计轨迹是否被删改。",
        "Keep this letter: it shows later whether the trail was shortened or changed.",
    )
    return Mail(
        address,
        f"{subject.zh} / {subject.en}",
        f"{told.zh}\n{told.en}\n\n{newest.note}",
        f"checkpoint-{newest.hash[:16]}-{day:%Y%m%d}",
    )
