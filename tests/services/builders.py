"""What the tests of the core build on: fresh clients, whole dumps, cases as they are stored."""

from __future__ import annotations

import hashlib
import itertools
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import SQLModel

from tests.support.cast import TODAY, Cast, moment
from workflow.domain.errors import DeskError
from workflow.services import client_companies, clockwork, opening, paperwork, standing, trail
from workflow.services.intake import COMPANY_DEFAULTS
from workflow.services.measuring import invented_code
from workflow.storage import (
    tables,
    tables_board,
    tables_desk,
    tables_import,
    tables_own,
    tables_time,
)
from workflow.storage.database import Database
from workflow.storage.reads import case_by_number
from workflow.storage.rows import CaseRow
from workflow.storage.statements import rows

POINT = {"material": "M-INFOSEC", "text": "缺少用户日志留存说明"}
NEEDED = {
    "request_correction": {"points": [POINT]},
    "approve": {"number": "示例许可-1"},
    "reject": {"reasons": "不符合条件"},
    "decline": {"reason": "不属于本机关职权"},
    "withdraw": {"reason": "企业改变计划"},
    "return_pack": {"reason": "承诺书缺签字页"},
    "revoke_sign_off": {"reason": "发现遗漏"},
    "waive": {"guard": "G-STAFF", "reason": "主管部门同意先提交"},
    "rectify": {"event": "prepare", "field": "on", "value": "2026-03-18", "reason": "笔误"},
}
ROLES = {"handler": "wang", "reviewer": "li", "manager": "zhao", "auditor": "zhou"}
TABLES = sorted(
    kind.__tablename__
    for module in (tables, tables_board, tables_desk, tables_import, tables_own, tables_time)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, SQLModel) and kind is not SQLModel
)
_serial = itertools.count(1)
SERIAL = itertools.count(1)
TERM = {"valid_from": date(2022, 3, 1), "valid_to": date(2027, 3, 1)}


def after(days: int, start: date = TODAY) -> date:
    """That many days later."""
    return start + timedelta(days)


def new_company(cast: Cast, **facts: Any) -> int:
    """Another client company, complete and domestic unless told otherwise."""
    told = {
        **COMPANY_DEFAULTS,
        "name": "示例测试信息服务有限公司",
        "uscc": invented_code("44", next(_serial)),
        "province": "44",
        **facts,
    }
    with cast.database.transaction() as tx:
        return client_companies.add_company(tx, told, actor=cast["wang"], moment=moment())


def set_company(cast: Cast, **facts: Any) -> None:
    """Change facts of the company of this test."""
    with cast.database.transaction() as tx:
        client_companies.set_company_facts(
            tx, cast.company, facts, actor=cast["wang"], moment=moment()
        )


def answer(cast: Cast, number: str, points=None, *, day: date = TODAY, by: str = "wang") -> None:
    """Answer these points of the open round (None: all)."""
    with cast.database.transaction() as tx:
        paperwork.answer(tx, number, points, actor=cast[by], moment=moment(day), text="已补正")


def tick(cast: Cast, day: date) -> list[str]:
    """What the clock took on that day."""
    with cast.database.reading() as session:
        due = clockwork.due(session, day)
    taken = []
    for number in due:
        with cast.database.transaction() as tx:
            if clockwork.take(tx, number, moment(day)):
                taken.append(number)
    return taken


def now(cast: Cast, number: str, day: date = TODAY) -> standing.Standing:
    """The case as it stands on a day, read to the end while the session is open."""
    with cast.database.reading() as session:
        found = standing.of_case(session, number, day)
        _ = found.facts, found.findings, found.readings, found.missing, found.rules
        return found


def stored(cast: Cast, number: str) -> CaseRow:
    """The case's row."""
    with cast.database.reading() as session:
        return case_by_number(session, number)


def results(cast: Cast, number: str, day: date = TODAY) -> dict[str, str]:
    """Every guard's result by its code."""
    return {f.code: f.result.value for f in now(cast, number, day).findings}


def clock(cast: Cast, number: str, code: str, day: date = TODAY) -> dict[str, Any]:
    """One clock as a scenario sees it; empty when nothing started it."""
    return now(cast, number, day).clock(code)


def license_of(cast: Cast, number: str) -> dict[str, Any]:
    """The license of the case as the register holds it."""
    with cast.database.reading() as session:
        return standing.license_now(session, number, None)


def open_tasks(cast: Cast, number: str) -> list[str]:
    """Codes of the case's open follow-up tasks."""
    with cast.database.reading() as session:
        return standing.of_case(session, number, TODAY).tasks


def query(database: Database, sql: str, **values: Any) -> list[tuple[Any, ...]]:
    """Rows of one query."""
    with database.reading() as session:
        return [tuple(row) for row in rows(session, sql, **values)]


def bodies(cast: Cast, number: str) -> list[str]:
    """The bodies of the case's events, in order."""
    sql = "SELECT body FROM events WHERE case_id = :c ORDER BY seq"
    return [body for (body,) in query(cast.database, sql, c=stored(cast, number).id)]


def dump(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    with database.reading() as session:
        return {name: sorted(rows(session, f"SELECT * FROM {name}"), key=repr) for name in TABLES}  # noqa: S608


def fingerprint(database: Database) -> str:
    """Every row of every table in one word, to compare with another."""
    if database.dialect == "postgresql":
        one = "SELECT '{0}', md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {0} t"
        return repr(query(database, " UNION ALL ".join(one.format(name) for name in TABLES)))
    return hashlib.sha256(repr(dump(database)).encode()).hexdigest()


def intact(database: Database) -> bool:
    """True when the whole trail verifies."""
    with database.reading() as session:
        return trail.verify(session).intact


@contextmanager
def refused(database: Database, error: type[DeskError], **attributes: Any):
    """The act is refused with this error, and no table changed."""
    before = fingerprint(database)
    with pytest.raises(error) as caught:
        yield caught
    assert fingerprint(database) == before
    assert {name: getattr(caught.value, name) for name in attributes} == attributes


def held(cast: Cast, **changes: Any) -> int:
    """A license of the client of this test, entered into the register by hand."""
    told = {
        "number": f"粤B2-2022{next(SERIAL):04}",
        "kinds": ["EDI", "ICP"],
        "coverage": ["44"],
        **TERM,
        **changes,
    }
    with cast.database.transaction() as tx:
        return client_companies.add_license(
            tx, cast.company, told, actor=cast["wang"], moment=moment()
        )


def about(cast: Cast, license_id: int | None, procedure: str, **what: Any) -> str:
    """A case in draft about that license."""
    with cast.database.transaction() as tx:
        return opening.open_for(
            tx, cast.company, procedure, license_id=license_id, actor=cast["wang"],
            moment=moment(), **what,
        ).number  # fmt: skip


def filed(cast: Cast, license_id: int | None, procedure: str, **what: Any) -> str:
    """The same in the hands of the authority."""
    number = about(cast, license_id, procedure, **what)
    cast.do(number, "prepare")
    cast.provide(number)
    cast.do(number, "sign_off", by="li")
    cast.do(number, "submit")
    return number


def register(cast: Cast, license_id: int) -> dict[str, Any]:
    """The license as the register has it."""
    with cast.database.reading() as session:
        return standing.license_now(session, None, license_id)
