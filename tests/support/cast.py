"""The small cast: people, client companies and one case, made through the services.

王芳 handles, 李强 reviews, 赵敏 manages, 周静 audits, 陈伟 handles other clients only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

from argon2 import PasswordHasher

from workflow.domain.acting import Actor, Moment
from workflow.services import accounts, client_companies, opening, paperwork
from workflow.services.advance import Moved, advance, seal_name
from workflow.services.database import Database
from workflow.services.intake import COMPANY_DEFAULTS
from workflow.storage import people

ZONE = "Asia/Shanghai"
TODAY = date(2026, 3, 18)
PASSWORD = "correct horse 电池"  # noqa: S105 - of people who do not exist
PEOPLE = (
    ("wang", "王芳", "handler"),
    ("li", "李强", "reviewer"),
    ("zhao", "赵敏", "manager"),
    ("zhou", "周静", "auditor"),
    ("chen", "陈伟", "handler"),
    ("admin", "管理员", "admin"),
)
CLIENT = {
    "name": "广州示例信息服务有限公司",
    "uscc": "91440106MA0DEM101C",
    "province": "44",
    "registered_capital": 1_000_000,
    "legal_representative": "周示例",
}
OTHER_CLIENT = {
    "name": "兰州示例云商科技有限公司",
    "uscc": "91620102MA0DEM0139",
    "province": "62",
    "registered_capital": 2_000_000,
}


@cache
def password_hash() -> str:
    """Hashed once for everybody, and cheaply: hashing is slow on purpose."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


def moment(day: date = TODAY, hour: int = 9) -> Moment:
    """That hour of that day in the agency's time zone."""
    at = datetime.combine(day, time(hour), tzinfo=UTC) - timedelta(hours=8)
    return Moment.of(at, ZONE)


@dataclass
class Cast:
    """Everybody by login name, and the two clients; `other` is the one 陈伟 may see."""

    database: Database
    company: int = 0
    other: int = 0
    actors: dict[str, Actor] = field(default_factory=dict)

    def __getitem__(self, login: str) -> Actor:
        return self.actors[login]

    def open_case(
        self,
        *,
        kinds: tuple[str, ...] = ("ICP",),
        coverage: tuple[str, ...] = ("44",),
        company: int | None = None,
        by: str = "wang",
        day: date = TODAY,
        **more: Any,
    ) -> str:
        """A case in draft; its number."""
        with self.database.transaction() as tx:
            return opening.open_for(
                tx, company or self.company, "new", kinds=list(kinds), coverage=list(coverage),
                actor=self[by], moment=moment(day), **more,
            ).number  # fmt: skip

    def do(
        self,
        number: str,
        trigger: str,
        *,
        by: str = "wang",
        day: date = TODAY,
        given: Mapping[str, Any] | None = None,
    ) -> Moved:
        """One act of the law, in a transaction of its own."""
        with self.database.transaction() as tx:
            return advance(
                tx, number, trigger, actor=self[by], moment=moment(day), given=given or {}
            )

    def provide(
        self,
        number: str,
        *codes: str,
        missing: tuple[str, ...] = (),
        by: str = "wang",
        day: date = TODAY,
        valid_until: date | None = None,
    ) -> None:
        """Hand in these materials (none named: all that are required, less `missing`)."""
        with self.database.transaction() as tx:
            required = opening.required_codes(tx, number, moment(day))
            for code in codes or tuple(c for c in required if c not in missing):
                paperwork.provide(
                    tx, number, code, actor=self[by], moment=moment(day), valid_until=valid_until
                )

    def prepared(self, *, missing: tuple[str, ...] = (), **what: Any) -> str:
        """A case being prepared with its materials in hand, not signed off."""
        number = self.open_case(**what)
        who = {name: what[name] for name in ("by", "day") if name in what}
        self.do(number, "prepare", **who)
        self.provide(number, missing=missing, **who)
        return number

    def fileable(self, **what: Any) -> str:
        """A complete case, signed off: `submit` is all that is left."""
        number = self.prepared(**what)
        self.do(number, "sign_off", by="li", day=what.get("day", TODAY))
        return number

    def submitted(self, **what: Any) -> str:
        """A case in the hands of the authority."""
        number = self.fileable(**what)
        who = {name: what[name] for name in ("by", "day") if name in what}
        self.do(number, "submit", **who)
        return number

    def in_correction(
        self, *texts: str, material: str = "M-INFOSEC", reply_by: date | None = None, **what: Any
    ) -> str:
        """A case with an open correction round, one point per text."""
        number = self.submitted(**what)
        points = [{"material": material, "text": text} for text in texts or ("缺少日志留存说明",)]
        given: dict[str, Any] = {"points": points}
        if reply_by:
            given["reply_by"] = reply_by
        who = {name: what[name] for name in ("by", "day") if name in what}
        self.do(number, "request_correction", given=given, **who)
        return number

    def approved(self, *, license_number: str = "粤B2-20260001", **what: Any) -> str:
        """A case that ended with a license."""
        number = self.submitted(**what)
        who = {name: what[name] for name in ("by", "day") if name in what}
        self.do(number, "accept", **who)
        self.do(number, "approve", given={"number": license_number}, **who)
        return number


def gather(database: Database, day: date = TODAY) -> Cast:
    """Enter the cast and its two clients into an empty, migrated database."""
    cast = Cast(database)
    with database.transaction() as tx:
        for login, name, role in PEOPLE:
            people.insert(
                tx, login=login, name=name, role=role, password=password_hash(),
                uniquifier=f"session-of-{login}", seal=seal_name(tx, name),
                scope=[2] if login == "chen" else None,
            )  # fmt: skip
        cast.actors = {
            account.login: accounts.actor(tx, account) for account in accounts.everybody(tx)
        }
        cast.company, cast.other = (
            client_companies.add_company(
                tx, {**COMPANY_DEFAULTS, **facts}, actor=cast["wang"], moment=moment(day)
            )
            for facts in (CLIENT, OTHER_CLIENT)
        )
    assert cast["chen"].scope.allows(cast.other)
    assert not cast["chen"].scope.allows(cast.company)
    return cast
