"""A guard is a condition that explains itself: what is required, found, where from, how to fix."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from workflow.domain.facts import Facts
from workflow.domain.procedure import Citation, Severity, Text


class Result(StrEnum):
    """`fail` and `unknown` refuse; `warn` never does."""

    PASS = "pass"
    WARN = "warn"
    FAIL = "fail"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a guard's predicate answers: a result, which of its sentences, the values it saw.

    Values are codes, numbers and ISO dates, never rendered text, so history stays translatable.
    """

    result: Result
    says: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Guard:
    """One legal prerequisite. `fix_at` names the section of the case page where it is mended.

    `earlier` are former texts of the same rule, each with the days it was in force.
    """

    code: str
    title: Text
    severity: Severity
    cites: tuple[Citation, ...]
    says: Mapping[str, Text]
    fix: Text
    fix_at: str
    check: Callable[[Facts], Outcome]
    waivable: bool = True
    only_warns: bool = False
    fixed_at_filing: bool = False
    since: date = date(1900, 1, 1)
    until: date | None = None
    earlier: tuple[Guard, ...] = ()

    @property
    def texts(self) -> tuple[Guard, ...]:
        """Every text of this rule, the newest first: the law changes, old cases keep theirs."""
        return (self, *self.earlier)

    def text_on(self, day: date) -> Guard | None:
        """The text in force on the day, None when there was none."""
        held = (g for g in self.texts if g.since <= day and (g.until is None or day <= g.until))
        return next(held, None)

    @property
    def may_be_waived(self) -> bool:
        """Severity alone decides; the guards named in the contract never."""
        return self.severity is Severity.PRACTICE and self.waivable


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict of one guard on one snapshot. `waived_by` names the reviewer who waived it."""

    code: str
    result: Result
    severity: Severity
    says: str
    values: Mapping[str, Any]
    waived_by: str | None = None

    @property
    def refuses(self) -> bool:
        """A waived `fail` stays `fail` but no longer refuses; `unknown` cannot be waived."""
        if self.result is Result.UNKNOWN:
            return True
        return self.result is Result.FAIL and self.waived_by is None

    def as_record(self) -> dict[str, Any]:
        """The form kept on the trail: codes and values, no sentences."""
        record: dict[str, Any] = {
            "code": self.code,
            "result": self.result.value,
            "severity": self.severity.value,
            "says": self.says,
            "values": {name: _plain(value) for name, value in self.values.items()},
        }
        if self.waived_by:
            record["waived_by"] = self.waived_by
        return record

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Finding:
        """Read back what `as_record` wrote."""
        return cls(
            record["code"],
            Result(record["result"]),
            Severity(record["severity"]),
            record["says"],
            record["values"],
            record.get("waived_by"),
        )


def _plain(value: Any) -> Any:  # noqa: ANN401 - any value a guard looked at
    """A percentage is exact: a whole number, else text; never a float."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else str(value.normalize())
    return value


def judge(guards: Iterable[Guard], facts: Facts, waivers: Mapping[str, str]) -> tuple[Finding, ...]:
    """Ask every guard, never stopping at the first. A guard that raises answers `unknown`.

    `waivers`: guard code -> who waived it, already limited to those in force on the day.
    """
    findings = []
    for guard in guards:
        outcome = _ask(guard, facts)
        finding = Finding(guard.code, outcome.result, guard.severity, outcome.says, outcome.values)
        if outcome.result is Result.FAIL and guard.may_be_waived and guard.code in waivers:
            finding = replace(finding, waived_by=waivers[guard.code])
        findings.append(finding)
    return tuple(findings)


def _ask(guard: Guard, facts: Facts) -> Outcome:
    """Unknown fails closed: a predicate that cannot answer must not let a filing through."""
    try:
        return guard.check(facts)
    except Exception as error:  # noqa: BLE001 - any defect in a predicate must refuse, not crash
        return Outcome(Result.UNKNOWN, "broken", {"error": type(error).__name__})
