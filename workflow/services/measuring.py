"""Measure the pen beside the bare driver: same submits, same bytes, taken in turn in one run."""

from __future__ import annotations

import secrets
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlmodel import Session
from stdnum.cn import uscc as credit_code

from workflow.domain.acting import Actor, Moment
from workflow.domain.procedure import Role
from workflow.services import client_companies, opening, paperwork
from workflow.services.advance import advance
from workflow.services.database import Database, open_database, upgrade
from workflow.services.intake import COMPANY_DEFAULTS
from workflow.storage import bare, outbox

HANDLER = Actor("bench-handler", "示例经办", Role.HANDLER)
REVIEWER = Actor("bench-reviewer", "示例复核", Role.REVIEWER)
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_INNER = (3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds per submit, by the pen and by the bare driver, in the order taken."""

    pen: list[float]
    driver: list[float]


@contextmanager
def scratch(url: str, folder: Path) -> Iterator[str]:
    """A place on the configured database that nothing else uses and nothing is left of.

    A schema of its own on PostgreSQL, a file of its own in `folder` for SQLite; migrated.
    """
    if url.startswith("sqlite"):
        with tempfile.TemporaryDirectory(dir=folder, prefix="bench-") as own:
            address = f"sqlite+pysqlite:///{own}/bench.db"
            upgrade(address)
            yield address
        return
    schema = f"bench_{secrets.token_hex(6)}"
    database = open_database(url)
    try:
        with database.transaction() as tx:
            tx.connection().exec_driver_sql(f"CREATE SCHEMA {schema}")
        address = f"{url}{'&' if '?' in url else '?'}options=-csearch_path%3D{schema}"
        upgrade(address)
        yield address
    finally:
        with database.transaction() as tx:
            tx.connection().exec_driver_sql(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
        database.close()


def make_cases(database: Database, count: int, moment: Moment, start: int = 0) -> list[str]:
    """Complete, signed-off ICP cases, each of its own company, ready to submit."""
    numbers = []
    for index in range(start, start + count):
        with database.transaction() as tx:
            numbers.append(_make_case(tx, index, moment))
    return numbers


def measure(database: Database, numbers: list[str], moment: Moment) -> Times:
    """Submit half of the cases with the pen, half with the bare driver, one of each in turn."""
    for_pen, for_driver = numbers[::2], numbers[1::2]
    steps = [_captured(database, number, moment) for number in for_driver]
    connection, close = _driver_connection(database)
    try:
        step = bare.stepper(connection, database.dialect)
        times = Times([], [])
        for number, values in zip(for_pen, steps, strict=False):
            times.pen.append(_timed(lambda n=number: submit(database, n, moment)))  # type: ignore[misc]
            times.driver.append(_timed(lambda v=values: step(v)))  # type: ignore[misc]
    finally:
        close()
    return times


def figures(times: Times) -> dict[str, Any]:
    """Medians in microseconds and counts of one run."""
    return {
        "submits": len(times.pen),
        "pen_us": round(statistics.median(times.pen) * 1e6),
        "driver_us": round(statistics.median(times.driver) * 1e6),
    }


def _make_case(tx: Session, index: int, moment: Moment) -> str:
    told = {
        **COMPANY_DEFAULTS,
        "name": f"示例测速信息服务{index}有限公司",
        "uscc": invented_code("44", index),
        "province": "44",
    }
    company = client_companies.add_company(tx, told, actor=HANDLER, moment=moment)
    number = opening.open_for(
        tx, company, "new", kinds=["ICP"], coverage=["44"], actor=HANDLER, moment=moment
    ).number
    advance(tx, number, "prepare", actor=HANDLER, moment=moment)
    for code in opening.required_codes(tx, number, moment):
        paperwork.provide(tx, number, code, actor=HANDLER, moment=moment)
    advance(tx, number, "sign_off", actor=REVIEWER, moment=moment)
    return number


def invented_code(province: str, index: int) -> str:
    """A credit code that checks and belongs to nobody: both check characters hold."""
    serial = ""
    for _ in range(5):
        index, rest = divmod(index, len(_ALPHABET))
        serial = _ALPHABET[rest] + serial
    body = f"MB{serial}Y"
    values = [int(c) if c.isdigit() else ord(c) - 55 for c in body]
    rest = 11 - sum(v * w for v, w in zip(values, _INNER, strict=True)) % 11
    first = f"91{province}0000{body}" + {10: "X", 11: "0"}.get(rest, str(rest))
    return first + str(credit_code.calc_check_digit(first))


def submit(database: Database, number: str, moment: Moment) -> None:
    """Submit one case with the pen."""
    with database.transaction() as tx:
        advance(tx, number, "submit", actor=HANDLER, moment=moment)


def told_of(session: Session, number: str) -> int:
    """The outbox row of the newest act on a case."""
    return outbox.newest_of(session, number)


def pending(session: Session) -> int:
    """How many rows of the outbox wait to be delivered."""
    return outbox.by_state(session, late="")[0].get("pending", 0)


def _captured(database: Database, number: str, moment: Moment) -> dict[str, Any]:
    """What the pen would write for this case; the step itself is rolled back."""
    with database.session() as session:
        advance(session, number, "submit", actor=HANDLER, moment=moment)
        values = bare.captured(session, number)
        session.rollback()
    return values


def _driver_connection(database: Database) -> tuple[Any, Callable[[], None]]:
    """A raw connection with the settings of the pool, in autocommit mode."""
    held = database.engine.raw_connection()
    connection: Any = held.driver_connection
    if database.dialect == "postgresql":
        connection.rollback()
        connection.autocommit = True

    def close() -> None:
        if database.dialect == "postgresql":
            connection.autocommit = False
        held.close()

    return connection, close


def _timed(act: Callable[[], None]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start
