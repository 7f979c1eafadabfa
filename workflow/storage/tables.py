"""All tables of cases, register and trail. Every business row carries `company_id`."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from workflow.storage.columns import STRICT, BigInt, Day, Plain

Text = sa.Text
_UNREPORTED = sa.text("""status = 'valid' AND facts LIKE '%"unreported_changes":[{%'""")


_AWAITED = sa.text(
    "(state NOT IN ('approved', 'rejected', 'withdrawn')"
    " OR (state = 'approved' AND turn = 'authority'))"
)


def _some(name: str, *columns: str, where: sa.TextClause) -> sa.Index:
    """An index of some rows only."""
    return sa.Index(name, *columns, sqlite_where=where, postgresql_where=where)


def _company() -> int:
    return Field(foreign_key="companies.id", index=True)  # type: ignore[no-any-return]


class Company(SQLModel, table=True):
    """A client company. `facts` is canonical JSON of what we were told (domain Company).

    `handler_id` is the person in charge of the client, empty while nobody is.
    """

    __tablename__ = "companies"
    __table_args__ = (sa.Index("companies_charge", "handler_id", "id"), STRICT)
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(sa_type=Text)
    initials: str = Field(default="", sa_type=Text)
    uscc: str = Field(sa_type=Plain, unique=True)
    province: str = Field(sa_type=Text)
    facts: str = Field(sa_type=Text)
    version: int = 0
    head: str = Field(default="", sa_type=Text)
    updated_at: str = Field(default="", sa_type=Text)
    handler_id: str = Field(default="", sa_type=Text, sa_column_kwargs={"server_default": ""})


class CompanyWord(SQLModel, table=True):
    """Every ending of a client's name and of its pinyin initials: a part of them is a prefix here.

    Written whenever the name is (`storage/words.py`).
    """

    __tablename__ = "company_words"
    __table_args__ = (
        sa.Index("company_words_company", "company_id"),
        {**STRICT, "sqlite_with_rowid": False},
    )
    word: str = Field(primary_key=True, sa_type=Plain)
    company_id: int = Field(primary_key=True, foreign_key="companies.id")


class License(SQLModel, table=True):
    """A license in the register. Lists are canonical JSON; `valid_to` is its last day.

    `next_look` is the first day on which one of its deadlines has something to remind of;
    `number_key` is the number as it is compared, however it was typed.
    """

    __tablename__ = "licenses"
    __table_args__ = (
        sa.Index("licenses_life", "status", "valid_to", "id"),
        sa.Index("licenses_look", "next_look", "id"),
        sa.Index("licenses_compared", "number_key", unique=True),
        sa.Index("licenses_client", "company_id", "valid_to", "id"),
        _some("licenses_unreported", "company_id", where=_UNREPORTED),
        STRICT,
    )
    id: int | None = Field(default=None, primary_key=True)
    company_id: int = _company()
    number: str = Field(sa_type=Plain, unique=True)
    kinds: str = Field(sa_type=Text)
    items: str = Field(sa_type=Text)
    coverage: str = Field(sa_type=Text)
    authority: str = Field(sa_type=Text)
    valid_from: date = Field(sa_type=Day)
    valid_to: date = Field(sa_type=Day, index=True)
    status: str = Field(default="valid", sa_type=Text)
    opened: str = Field(default="[]", sa_type=Text)
    facts: str = Field(default="{}", sa_type=Text)
    case_id: int | None = Field(default=None, index=True)
    version: int = 0
    head: str = Field(default="", sa_type=Text)
    updated_at: str = Field(default="", sa_type=Text)
    next_look: date | None = Field(default=None, sa_type=Day)
    number_key: str | None = Field(default=None, sa_type=Plain)


class Case(SQLModel, table=True):
    """One case. `version` = number of its events, `head` = hash of the last one.

    `acts` folds the dated facts of its life, `pack` the standing of the filing pack. `turn` to
    `first_blocker` are what the worklist reads; they are recomputed on every write. `calendar`
    names the holiday notices the case's dates were last told by.
    """

    __tablename__ = "cases"
    __table_args__ = (
        sa.Index("cases_desk", "handler_id", "next_due", "id"),
        sa.Index("cases_company", "company_id", "state"),
        sa.Index("cases_due", "state", "next_due"),
        sa.Index("cases_look", "next_look", "id"),
        sa.Index("cases_filed", "procedure", "filed_on", "id"),
        _some("cases_awaited", "next_due", "id", "company_id", where=_AWAITED),
        _some("cases_in_review", "next_due", "id", where=sa.text("turn = 'reviewer'")),
        STRICT,
    )
    id: int | None = Field(default=None, primary_key=True)
    company_id: int = Field(foreign_key="companies.id")
    license_id: int | None = Field(default=None, foreign_key="licenses.id", index=True)
    number: str = Field(sa_type=Plain, unique=True)
    procedure: str = Field(sa_type=Text)
    state: str = Field(sa_type=Text)
    version: int
    head: str = Field(sa_type=Text)
    kinds: str = Field(sa_type=Text)
    items: str = Field(sa_type=Text)
    coverage: str = Field(sa_type=Text)
    facts: str = Field(sa_type=Text)
    acts: str = Field(default="[]", sa_type=Text)
    pack: str = Field(default="{}", sa_type=Text)
    authority: str = Field(sa_type=Text)
    opened_on: date = Field(sa_type=Day)
    filed_on: date | None = Field(default=None, sa_type=Day)
    handler_id: str = Field(sa_type=Text)
    reviewer_id: str | None = Field(default=None, sa_type=Text)
    turn: str = Field(default="us", sa_type=Text)
    turn_since: date | None = Field(default=None, sa_type=Day)
    next_due: date | None = Field(default=None, sa_type=Day)
    next_clock: str | None = Field(default=None, sa_type=Text)
    blockers: int = 0
    first_blocker: str | None = Field(default=None, sa_type=Text)
    updated_at: str = Field(default="", sa_type=Text)
    next_look: date | None = Field(default=None, sa_type=Day)
    calendar: str = Field(
        default="shipped", sa_type=Text, sa_column_kwargs={"server_default": "shipped"}
    )


class Event(SQLModel, table=True):
    """One sealed event of one chain (case, company, license, account or office).

    `body` is what was hashed; `company_id` is null where an event is about no client.
    """

    __tablename__ = "events"
    __table_args__ = (
        sa.UniqueConstraint("chain", "subject_id", "seq"),
        sa.Index("events_case", "case_id", "seq"),
        sa.Index("events_at", "at", "id"),
        sa.Index("events_actor", "actor", "at", "id"),
        sa.Index("events_action", "action", "at", "id"),
        sa.Index("events_company", "company_id", "at", "id"),
        STRICT,
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=BigInt)
    chain: str = Field(sa_type=Text)
    subject_id: int
    seq: int
    company_id: int | None = Field(default=None, foreign_key="companies.id")
    case_id: int | None = Field(default=None, foreign_key="cases.id")
    at: str = Field(sa_type=Text)
    actor: str = Field(sa_type=Text)
    role: str = Field(sa_type=Text)
    action: str = Field(sa_type=Text)
    source: str | None = Field(default=None, sa_type=Text)
    target: str | None = Field(default=None, sa_type=Text)
    prev: str = Field(sa_type=Text)
    hash: str = Field(sa_type=Text)
    body: str = Field(sa_type=Text)


class EventMark(SQLModel, table=True):
    """Why an event deserves a second look. An index for finding it, derived from what is sealed.

    `at` and `id` are the event's own, so that marked events are read in order from here.
    """

    __tablename__ = "event_marks"
    __table_args__ = (sa.Index("event_marks_event", "id"), STRICT)
    mark: str = Field(primary_key=True, sa_type=Text)
    at: str = Field(primary_key=True, sa_type=Text)
    id: int = Field(primary_key=True, sa_type=BigInt, sa_column_kwargs={"autoincrement": False})


class PersonalValue(SQLModel, table=True):
    """A personal value the trail only holds a commitment of. Erasing it leaves chains valid."""

    __tablename__ = "personal_values"
    __table_args__ = STRICT
    commitment: str = Field(primary_key=True, sa_type=Text)
    company_id: int | None = Field(default=None, foreign_key="companies.id")
    field: str = Field(sa_type=Text)
    salt: str | None = Field(default=None, sa_type=Text)
    value: str | None = Field(default=None, sa_type=Text)


class MaterialVersion(SQLModel, table=True):
    """One version of one material of a case; versions are never overwritten."""

    __tablename__ = "material_versions"
    __table_args__ = (sa.UniqueConstraint("case_id", "code", "version"), STRICT)
    id: int | None = Field(default=None, primary_key=True)
    company_id: int = _company()
    case_id: int = Field(foreign_key="cases.id")
    code: str = Field(sa_type=Text)
    version: int
    seq: int
    file_hash: str | None = Field(default=None, sa_type=Text)
    file_name: str = Field(default="", sa_type=Text)
    media_type: str = Field(default="", sa_type=Text)
    size: int = 0
    valid_until: date | None = Field(default=None, sa_type=Day)
    provided_by: str = Field(sa_type=Text)
    provided_on: date = Field(sa_type=Day)


class ItemReview(SQLModel, table=True):
    """What one reviewer found about one version of one material: a row that stays.

    `version_id` names the version looked at, `verdict` is pass or return, `points` a JSON list of
    the check points that were ticked.
    """

    __tablename__ = "item_reviews"
    __table_args__ = (sa.Index("item_reviews_case", "case_id", "id"), STRICT)
    id: int | None = Field(default=None, primary_key=True)
    company_id: int = _company()
    case_id: int = Field(foreign_key="cases.id")
    code: str = Field(sa_type=Text)
    version_id: int = Field(foreign_key="material_versions.id")
    verdict: str = Field(sa_type=Text)
    reason: str = Field(default="", sa_type=Text)
    points: str = Field(default="[]", sa_type=Text)
    reviewer_id: str = Field(sa_type=Text)
    reviewer: str = Field(sa_type=Text)
    at: str = Field(sa_type=Text)


class CorrectionPoint(SQLModel, table=True):
    """One point of one correction round, with its answer once there is one."""

    __tablename__ = "correction_points"
    __table_args__ = (sa.UniqueConstraint("case_id", "round", "no"), STRICT)
    id: int | None = Field(default=None, primary_key=True)
    company_id: int = _company()
    case_id: int = Field(foreign_key="cases.id")
    round: int
    no: int
    about: str = Field(default="", sa_type=Text)
    text: str = Field(sa_type=Text)
    notified_on: date = Field(sa_type=Day)
    reply_by: date | None = Field(default=None, sa_type=Day)
    answer: str | None = Field(default=None, sa_type=Text)
    answered_by: str | None = Field(default=None, sa_type=Text)
    answered_on: date | None = Field(default=None, sa_type=Day)
    closed_on: date | None = Field(default=None, sa_type=Day)


class Waiver(SQLModel, table=True):
    """A reviewer let one practice guard go, with a reason, possibly until a day."""

    __tablename__ = "waivers"
    __table_args__ = STRICT
    id: int | None = Field(default=None, primary_key=True)
    company_id: int = _company()
    case_id: int = Field(foreign_key="cases.id", index=True)
    guard: str = Field(sa_type=Text)
    reason: str = Field(sa_type=Text)
    until: date | None = Field(default=None, sa_type=Day)
    waived_by: str = Field(sa_type=Text)
    waived_on: date = Field(sa_type=Day)
    seq: int


class FollowUp(SQLModel, table=True):
    """A duty that follows from a decision (show the number, update the registry scope …)."""

    __tablename__ = "follow_ups"
    __table_args__ = (sa.Index("follow_ups_license", "license_id"), STRICT)
    id: int | None = Field(default=None, primary_key=True)
    company_id: int = _company()
    case_id: int = Field(foreign_key="cases.id", index=True)
    license_id: int | None = Field(default=None, foreign_key="licenses.id")
    code: str = Field(sa_type=Text)
    opened_on: date = Field(sa_type=Day)
    done_on: date | None = Field(default=None, sa_type=Day)
