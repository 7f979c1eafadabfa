"""Checkpoints out of the ordinary: a key rotated, a key lost, going on after an old backup.

Each is an event of the office first, so that the checkpoint covers the reason for it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from workflow.domain.acting import Actor, Moment
from workflow.domain.checkpoint import public_bytes
from workflow.domain.errors import BadInput
from workflow.domain.procedure import Text
from workflow.services import checkpoints, publishing, sequencing
from workflow.services.advance import record_about
from workflow.services.checkpoints import Kept, Signing
from workflow.services.sealing import OFFICE
from workflow.storage import tree
from workflow.storage.database import Database

KEY_LOST, RESTORED = "key-lost", "restored-from"


def rotate(
    database: Database,
    keys: tuple[Ed25519PrivateKey, Ed25519PrivateKey],
    *,
    actor: Actor,
    moment: Moment,
    published: Path,
) -> Kept:
    """The second key follows the first: one checkpoint carries the signatures of both."""
    former, key = keys
    changed = _changed("key", public_bytes(former).hex(), public_bytes(key).hex())
    _tell(database, "rotate_key", changed, actor, moment)
    return checkpoints.seal(database, Signing(key, former), moment, published=published)


def replace_lost(
    database: Database,
    key: Ed25519PrivateKey,
    *,
    reason: str,
    actor: Actor,
    moment: Moment,
    published: Path,
) -> Kept:
    """Another key takes over alone; every verification tells of it from now on.

    Raises BadInput without a reason, or when the key is the one in use.
    """
    with database.reading() as session:
        last = tree.last_checkpoint(session)
    own = public_bytes(key).hex()
    if last is None or last.key == own:
        raise BadInput(
            "key",
            Text("这就是正在使用的密钥，没有遗失", "This is the key in use; it is not lost"),
        )
    changed = _changed("key", last.key, own) + _changed("reason", None, _checked(reason))
    _tell(database, "lose_key", changed, actor, moment)
    signing = Signing(key, extensions=(f"{KEY_LOST} {last.key}",), replaces=True)
    return checkpoints.seal(database, signing, moment, published=published)


def restart(
    database: Database,
    key: Ed25519PrivateKey,
    *,
    reason: str,
    actor: Actor,
    moment: Moment,
    published: Path,
) -> Kept:
    """Go on from an older database than was published; what was lost is named for ever.

    Raises BadInput without a reason, or when nothing published is missing here.
    """
    note = publishing.last_note(published)
    with database.reading() as session:
        here = note is None or tree.checkpoint_of(session, note.checkpoint.digest)
    if here or note is None:
        raise BadInput(
            "restore",
            Text("已公布的检查点都在数据库中", "Every published checkpoint is in the database"),
        )
    lost = note.checkpoint
    changed = _changed("sealed", lost.size, None) + _changed("reason", None, _checked(reason))
    _tell(database, "restore", changed, actor, moment)
    signing = Signing(key, extensions=(f"{RESTORED} {lost.digest} {lost.time}",))
    kept = checkpoints.seal(database, signing, moment)
    publishing.append(published, [kept.note])
    return kept


def _tell(
    database: Database, action: str, changed: list[dict[str, Any]], actor: Actor, moment: Moment
) -> None:
    with database.transaction() as tx:
        record_about(
            tx, "office", OFFICE, action, actor=actor, moment=moment,
            change=lambda: changed, personal=frozenset({"reason"}),
        )  # fmt: skip
    sequencing.catch_up(database, whole=True)


def _changed(field: str, old: Any, new: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - JSON
    return [{"field": field, "old": old, "new": new}]


def _checked(reason: str) -> str:
    if not reason.strip():
        raise BadInput("reason", Text("请写明原因", "Say why"))
    return reason.strip()
