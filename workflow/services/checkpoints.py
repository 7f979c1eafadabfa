"""Checkpoints: sign what the tree holds, but only what extends everything signed before."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlmodel import Session

from workflow.domain.acting import Moment
from workflow.domain.checkpoint import Checkpoint, parse, public_bytes, sign
from workflow.domain.errors import DeskError
from workflow.domain.procedure import Text
from workflow.domain.tree import frontier_of
from workflow.services import erasure_list, publishing
from workflow.storage import tree
from workflow.storage.database import Database
from workflow.storage.tree import Kept

__all__ = ["Kept", "Unsealable", "is_due", "last", "last_key", "seal"]

EVERY = timedelta(seconds=60)
AT_LEAST = timedelta(days=1)


class Unsealable(DeskError):
    """No checkpoint can be signed."""

    code = "UNSEALABLE"


@dataclass(frozen=True, slots=True)
class Signing:
    """With what a checkpoint is signed. `former` is the key it takes over from, in a rotation.

    `extensions` are more signed lines; `replaces` says that the former key is lost.
    """

    key: Ed25519PrivateKey
    former: Ed25519PrivateKey | None = None
    extensions: tuple[str, ...] = ()
    replaces: bool = False


def last(session: Session) -> Kept | None:
    """The newest checkpoint, None before the first."""
    return tree.last_checkpoint(session)


def last_key(database: Database) -> str:
    """The public key that signed last, in hex; empty before the first checkpoint."""
    with database.reading() as session:
        newest = tree.last_checkpoint(session)
    return newest.key if newest else ""


def is_due(session: Session, moment: Moment) -> bool:
    """True when a minute passed and something changed, or a day passed."""
    newest, size = tree.last_checkpoint(session), tree.size(session)
    if newest is None:
        return size > 0
    since = replace(moment, at=moment.at - EVERY).stamp
    if size > newest.size:
        return newest.at <= since
    return newest.at <= replace(moment, at=moment.at - AT_LEAST).stamp


def seal(
    database: Database, signing: Signing, moment: Moment, *, published: Path | None = None
) -> Kept:
    """Sign a checkpoint over every leaf there is, keep it, and append it to the published file.

    Raises Unsealable, in words, when the new tree does not extend what was signed or published,
    LeafMissing for a hole in it.
    """
    with database.transaction() as tx:
        tree.lock(tx)
        newest = tree.last_checkpoint(tx)
        if published is not None:
            _check_published(tx, published, newest)
        kept = _signed(tx, signing, moment, newest)
        tree.keep(tx, kept)
    if published is not None:
        publish(database, published)
        erasure_list.publish(database, erasure_list.beside(published), signing.key)
    return kept


def publish(database: Database, path: Path) -> int:
    """Append every checkpoint the file does not have yet; how many."""
    note = publishing.last_note(path)
    with database.reading() as session:
        had = tree.checkpoint_of(session, note.checkpoint.digest) if note else None
        if note and had is None:
            return 0
        after, told = (had.id if had else 0), 0
        while batch := tree.checkpoints_after(session, after, 500):
            publishing.append(path, [kept.note for kept in batch])
            after, told = batch[-1].id, told + len(batch)
    return told


def _signed(tx: Session, signing: Signing, moment: Moment, newest: Kept | None) -> Kept:
    if newest is not None:
        _check_time(newest, moment)
        _check_key(newest, signing)
    size = tree.size(tx)
    root = _root(tx, size)
    if newest is not None and (size < newest.size or _root(tx, newest.size).hex() != newest.root):
        raise Unsealable(
            Text(
                f"事件树与第 {newest.id} 个检查点封存的内容不符",
                f"the tree is not the one that checkpoint {newest.id} sealed",
            )
        )
    origin = parse(newest.note).checkpoint.origin if newest else f"license-desk-{_fresh_name()}"
    previous = newest.hash if newest else ""
    told = Checkpoint(origin, size, root, moment.stamp, previous, signing.extensions)
    keys = [signing.key] if signing.former is None else [signing.former, signing.key]
    note = sign(told, origin, *keys)
    return Kept(
        id=newest.id + 1 if newest else 1,
        size=size,
        root=root.hex(),
        at=moment.stamp,
        previous=previous,
        hash=told.digest,
        key=public_bytes(signing.key).hex(),
        note=note.text,
    )


def _root(tx: Session, size: int) -> bytes:
    return frontier_of(size, tree.subtrees(tx)).root


def _check_time(newest: Kept, moment: Moment) -> None:
    if moment.stamp < newest.at:
        raise Unsealable(
            Text(
                f"时钟比第 {newest.id} 个检查点（{newest.at}）还早，请先校准时钟",
                f"the clock is behind checkpoint {newest.id} ({newest.at}); set it right first",
            )
        )


def _check_key(newest: Kept, signing: Signing) -> None:
    held = signing.former or signing.key
    if not signing.replaces and public_bytes(held).hex() != newest.key:
        raise Unsealable(
            Text(
                f"密钥不是签署第 {newest.id} 个检查点的那一把；若已遗失，"
                "请用 license-desk audit seal --key-lost 说明原因",
                f"this is not the key that signed checkpoint {newest.id}; if that one is lost, "
                "say why with license-desk audit seal --key-lost",
            )
        )


def _check_published(tx: Session, path: Path, newest: Kept | None) -> None:
    """The file outside must end in a checkpoint that is also here, else the database is older."""
    note = publishing.last_note(path)
    if note is None or tree.checkpoint_of(tx, note.checkpoint.digest):
        return
    told, size = note.checkpoint, newest.size if newest else 0
    if newest and parse(newest.note).checkpoint.origin != told.origin:
        says = Text(
            f"{path} 中的检查点来自另一套系统（{told.origin}）",
            f"the checkpoints in {path} are another installation's ({told.origin})",
        )
    elif newest is None or told.time > newest.at:
        says = Text(
            f"数据库比已公布的检查点旧：{path} 记到 {told.size} 个事件（{told.time}），"
            f"数据库只封存到 {size} 个，可能恢复了旧备份",
            f"the database is older than what was published: {path} ends at {told.size} events "
            f"({told.time}), the database sealed {size}; an old backup may have been restored",
        )
    else:
        says = Text(
            f"{path} 的最后一个检查点（{told.time}）不在数据库中，两段历史已经分叉",
            f"the last checkpoint in {path} ({told.time}) is not in the database: two histories",
        )
    raise Unsealable(says)


def _fresh_name() -> str:
    return secrets.token_hex(4)
