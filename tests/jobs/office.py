"""A small office for job tests: one client, one case, its people, and events that tell them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from workflow.domain.audit import GENESIS, seal
from workflow.jobs.equipment import Equipment
from workflow.storage.database import Database
from workflow.storage.statements import row, rows, run

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
PEOPLE = (
    ("wang", "王芳", "handler", None),
    ("li", "李强", "reviewer", None),
    ("zhao", "赵敏", "manager", None),
    ("zhou", "周静", "auditor", None),
    ("chen", "陈伟", "handler", "[999]"),
    ("sun", "孙丽", "reviewer", "[999]"),
    ("wu", "吴刚", "reviewer", None),
)


class HandClock:
    """A clock that stands still until it is moved."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@dataclass
class Office:
    """The case `AP-2026-00001` of 示例通信有限公司, handled by 王芳 and reviewed by 李强."""

    database: Database
    ids: dict[str, int]
    case_id: int
    company_id: int

    def happen(self, *recipients: str, actor: str = "clock", action: str = "accept") -> int:
        """One event of the case with its outbox row; the row's id."""
        with self.database.transaction() as tx:
            last = row(
                tx,
                "SELECT seq, hash FROM events WHERE chain = 'case' AND subject_id = :c"
                " ORDER BY seq DESC LIMIT 1",
                c=self.case_id,
            ) or (0, GENESIS)
            seq, body = last[0] + 1, f'{{"seq":{last[0] + 1}}}'
            run(
                tx,
                "INSERT INTO events (chain, subject_id, seq, company_id, case_id, at, actor, role,"
                " action, prev, hash, body) VALUES ('case', :c, :seq, :co, :c, :at, :actor,"
                " 'clock', :action, :prev, :hash, :body)",
                c=self.case_id, seq=seq, co=self.company_id, at=stamp(NOON), prev=last[1],
                actor=str(self.ids.get(actor, actor)), action=action,
                hash=seal(last[1], body), body=body,
            )  # fmt: skip
            return self._send(tx, seq, recipients)

    def _send(self, tx: Any, seq: int, recipients: tuple[str, ...]) -> int:
        listed = ",".join(f'"{role}"' for role in recipients)
        made = row(
            tx,
            "INSERT INTO outbox (company_id, case_id, seq, kind, recipients, not_before, state,"
            " attempt, fence, lease_until, error, settled_at) VALUES (:co, :c, :seq, 'notify',"
            " :to, :at, 'pending', 0, 0, '', '', '') RETURNING id",
            co=self.company_id, c=self.case_id, seq=seq, to=f"[{listed}]", at=stamp(NOON),
        )  # fmt: skip
        return int(made[0])

    def inboxes(self) -> list[tuple[str, int]]:
        """Every message as (login, outbox row), in order."""
        with self.database.reading() as session:
            return [
                tuple(found)
                for found in rows(
                    session,
                    "SELECT a.login, m.outbox_id FROM messages m JOIN accounts a"
                    " ON a.id = m.account_id ORDER BY m.outbox_id, a.login",
                )
            ]

    def letter(self, outbox_id: int) -> dict[str, Any]:
        """The outbox row as it stands."""
        names = ("state", "attempt", "fence", "lease_until", "error", "settled_at")
        with self.database.reading() as session:
            found = row(
                session,
                f"SELECT {', '.join(names)} FROM outbox WHERE id = :i",  # noqa: S608 - our names
                i=outbox_id,
            )
            return dict(zip(names, found, strict=True))

    def states(self) -> dict[str, int]:
        """How many outbox rows are in which state."""
        with self.database.reading() as session:
            return dict(rows(session, "SELECT state, count(*) FROM outbox GROUP BY state"))

    def change(self, sql: str, **values: Any) -> None:
        """One statement in a transaction of its own."""
        with self.database.transaction() as tx:
            run(tx, sql, **values)


def stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def equipment(database: Database, clock: HandClock | None = None) -> Equipment:
    return Equipment(database, "Asia/Shanghai", clock or HandClock())


def open_office(database: Database) -> Office:
    """Open the office in an empty, migrated database."""
    with database.transaction() as tx:
        company = row(
            tx,
            "INSERT INTO companies (name, initials, uscc, province, facts, version, head,"
            " updated_at) VALUES ('示例通信有限公司', 'sltx', '91440106MA0DEM101C', '44', '{}',"
            " 0, '', '') RETURNING id",
        )[0]
        ids = {}
        for login, name, role, scope in PEOPLE:
            ids[login] = row(
                tx,
                "INSERT INTO accounts (login, name, role, password, active, fs_uniquifier,"
                " language, theme, scope, seal, seen_at) VALUES (:l, :n, :r, '', :yes, :l, 'zh',"
                " '', :s, '', '') RETURNING id",
                l=login, n=name, r=role, s=scope, yes=True,
            )[0]  # fmt: skip
        case = row(
            tx,
            "INSERT INTO cases (company_id, number, procedure, state, version, head, kinds, items,"
            " coverage, facts, acts, pack, authority, opened_on, handler_id, reviewer_id, turn,"
            " blockers, updated_at) VALUES (:co, 'AP-2026-00001', 'new', 'submitted', 0, '', '[]',"
            " '{}', '[]', '{}', '[]', '{}', '44', :day, :wang, :li, 'us', 0, '') RETURNING id",
            co=company, day=NOON.date(), wang=str(ids["wang"]), li=str(ids["li"]),
        )[0]  # fmt: skip
    return Office(database, ids, case, company)
