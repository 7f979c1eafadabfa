"""Does the database still guard the trail? Asked before anything of ours begins to write."""

from __future__ import annotations

from workflow.domain.errors import DeskError, Unavailable
from workflow.domain.procedure import Text
from workflow.storage import triggers
from workflow.storage.database import open_database
from workflow.storage.migrate import is_current


class Unguarded(DeskError):
    """A trigger that keeps the trail from being changed is missing, changed, off or strange."""

    code = "UNGUARDED"

    def __init__(self, name: str) -> None:
        super().__init__(
            Text(
                f"数据库中保护审计轨迹的触发器 {name} 缺失、被改动、停用或来历不明；请查明原因，"
                "运行 license-desk migrate 恢复，再运行 license-desk audit verify",
                f"the trigger {name} that guards the trail is missing, changed, off or strange; "
                "find out why, put it back with license-desk migrate, then run "
                "license-desk audit verify",
            )
        )


def refuse_unguarded(url: str) -> None:
    """Raise Unguarded unless every guard is as our migrations made it.

    A database that is away or of another version is for others to wait for or to name.
    """
    database = open_database(url)
    try:
        if not is_current(database):
            return
        with database.reading() as session:
            wrong = triggers.first_fault(session)
    except Unavailable:
        return
    finally:
        database.close()
    if wrong:
        raise Unguarded(wrong)


def restore(url: str) -> list[str]:
    """Put every guard back, as the owner of the tables; the names of those that were not right.

    Raises Unguarded for one that is not ours: somebody must look at it and take it away.
    """
    database = open_database(url)
    try:
        with database.transaction() as tx:
            wrong = triggers.restore(tx)
            strange = triggers.first_fault(tx) if wrong else ""
    finally:
        database.close()
    if strange:
        raise Unguarded(strange)
    return wrong
