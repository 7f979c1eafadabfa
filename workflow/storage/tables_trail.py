"""Tables beside the events: heads without a subject row, the tree, checkpoints, retention."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from workflow.storage.columns import STRICT, BigInt, Day

Text = sa.Text


class Head(SQLModel, table=True):
    """The last event of an account's chain or of the office's; it stays when the account goes."""

    __tablename__ = "heads"
    __table_args__ = STRICT
    chain: str = Field(primary_key=True, sa_type=Text)
    subject_id: int = Field(primary_key=True)
    version: int
    head: str = Field(sa_type=Text)
    updated_at: str = Field(sa_type=Text)


class Leaf(SQLModel, table=True):
    """One leaf of the tree over all events. `idx` has no gaps; `hash` is the RFC 6962 leaf hash."""

    __tablename__ = "leaves"
    __table_args__ = STRICT
    idx: int = Field(primary_key=True, sa_type=BigInt, sa_column_kwargs={"autoincrement": False})
    event_id: int = Field(sa_type=BigInt, unique=True)
    hash: str = Field(sa_type=Text)


class TreeNode(SQLModel, table=True):
    """The root of a complete subtree of 256, 65 536 … leaves (level 8, 16 …), counted by `idx`."""

    __tablename__ = "tree_nodes"
    __table_args__ = STRICT
    level: int = Field(primary_key=True)
    idx: int = Field(primary_key=True, sa_type=BigInt)
    hash: str = Field(sa_type=Text)


class Checkpoint(SQLModel, table=True):
    """One signed checkpoint. `previous` is the hash of the note before it, empty for the first."""

    __tablename__ = "checkpoints"
    __table_args__ = (sa.Index("checkpoints_at", "at", "size"), STRICT)
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    size: int = Field(sa_type=BigInt)
    root: str = Field(sa_type=Text)
    at: str = Field(sa_type=Text)
    previous: str = Field(sa_type=Text)
    hash: str = Field(sa_type=Text)
    key: str = Field(sa_type=Text)
    note: str = Field(sa_type=Text)


class Hold(SQLModel, table=True):
    """While it stands nothing of the client, or of the one case, is removed. Rows stay."""

    __tablename__ = "holds"
    __table_args__ = STRICT
    id: int | None = Field(default=None, primary_key=True)
    company_id: int = Field(foreign_key="companies.id", index=True)
    case_id: int | None = Field(default=None, foreign_key="cases.id")
    reason: str = Field(sa_type=Text)
    set_by: str = Field(sa_type=Text)
    set_at: str = Field(sa_type=Text)
    released_by: str = Field(default="", sa_type=Text)
    released_at: str = Field(default="", sa_type=Text)


class Erasure(SQLModel, table=True):
    """A request to erase personal values of a client or account; another person approves it.

    `field` empty means every field; `state` is asked, done or refused.
    """

    __tablename__ = "erasures"
    __table_args__ = STRICT
    id: int | None = Field(default=None, primary_key=True)
    company_id: int | None = Field(default=None, foreign_key="companies.id", index=True)
    account_id: int | None = None
    field: str = Field(sa_type=Text)
    ground: str = Field(sa_type=Text)
    requested_by: str = Field(sa_type=Text)
    requested_at: str = Field(sa_type=Text)
    state: str = Field(sa_type=Text)
    decided_by: str = Field(default="", sa_type=Text)
    decided_at: str = Field(default="", sa_type=Text)


class Removal(SQLModel, table=True):
    """What is gone: a file (its hash) or a value (its commitment), by the office's event `seq`."""

    __tablename__ = "removals"
    __table_args__ = STRICT
    kind: str = Field(primary_key=True, sa_type=Text)
    what: str = Field(primary_key=True, sa_type=Text)
    company_id: int | None = Field(default=None, foreign_key="companies.id", index=True)
    day: date = Field(sa_type=Day)
    seq: int


class Replay(SQLModel, table=True):
    """The outcome of one replay of the trail against the tables.

    `older` counts cases begun before events kept what a replay needs; `found` is JSON: subject and
    field of the first differences.
    """

    __tablename__ = "replays"
    __table_args__ = STRICT
    id: int | None = Field(default=None, primary_key=True)
    at: str = Field(sa_type=Text)
    cases: int
    licenses: int
    older: int
    differences: int
    found: str = Field(sa_type=Text)


class TrailAlarm(SQLModel, table=True):
    """One break of the trail that people are told of, once.

    `broken` is what the verification named, `good_at` when the trail was last intact before it
    (empty: never): the same break found again, or by two at once, is the same alarm.
    """

    __tablename__ = "trail_alarms"
    __table_args__ = (
        sa.UniqueConstraint("broken", "good_at"),
        sa.UniqueConstraint("outbox_id"),
        STRICT,
    )
    id: int | None = Field(default=None, primary_key=True)
    broken: str = Field(sa_type=Text)
    good_at: str = Field(sa_type=Text)
    at: str = Field(sa_type=Text)
    outbox_id: int | None = Field(default=None, foreign_key="outbox.id", sa_type=BigInt)
