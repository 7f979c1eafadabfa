"""What a guard may look at: the frozen facts of one case on one day, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from workflow.domain.workdays import Calendar


@dataclass(frozen=True, slots=True)
class Company:
    """A client company as known to us. None means nobody has told us: guards answer `unknown`.

    Capital in RMB yuan, `foreign_share` in percent looked through every level.
    """

    name: str
    uscc: str
    province: str
    city: str | None = None
    entity: str | None = None
    status: str | None = None
    established_on: date | None = None
    registered_capital: int | None = None
    paid_in_capital: int | None = None
    insured_staff: int | None = None
    insured_months: int | None = None
    premises: bool | None = None
    foreign_share: Decimal | None = None
    foreign_exception: bool = False
    pilot_zone: str | None = None
    free_trade_zone: bool = False
    office_at_registered_address: bool = True
    dishonest_list: bool | None = None
    adverse_list: bool | None = None
    bars: tuple[Bar, ...] = ()
    penalties: tuple[Penalty, ...] = ()
    code_fees_owed: bool = False
    branches: tuple[int, int] = (0, 0)
    industry: str | None = None
    legal_representative: str | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """A decided bar on re-application: concealment one year, fraud three."""

    kind: str
    decided_on: date


@dataclass(frozen=True, slots=True)
class Penalty:
    """An administrative penalty by an authority."""

    authority: str
    on: date


@dataclass(frozen=True, slots=True)
class Paper:
    """A material in hand: its newest version, and until when it is valid (None: no end)."""

    code: str
    version: int
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class SignOff:
    """The standing of the filing pack: who changed it, and who signed it off after that.

    `signed_by` None means no sign-off stands.
    """

    changed_by: frozenset[str]
    signed_by: str | None = None
    signed_name: str = ""


@dataclass(frozen=True, slots=True)
class OtherCase:
    """Another case of the same company that was filed and is not final.

    `told` are its case facts (changes, kinds to end, report year, code range …).
    """

    number: str
    procedure: str
    kinds: frozenset[str]
    coverage: frozenset[str]
    license_id: int | None = None
    told: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HeldLicense:
    """A license of the company in our register.

    `opened` are the kinds in service, `annual_reports` the years filed (None: all that were due),
    `unreported_changes` the C-codes of registry changes the authority was not told of, `done` the
    duties (clock, cycle) that somebody marked done.
    """

    number: str
    kinds: frozenset[str]
    coverage: frozenset[str]
    status: str
    valid_to: date
    id: int = 0
    valid_from: date | None = None
    items: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    opened: frozenset[str] = frozenset()
    annual_reports: frozenset[int] | None = None
    unreported_changes: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    evaluated: frozenset[str] = frozenset()
    done: frozenset[tuple[str, str]] = frozenset()

    @property
    def nationwide(self) -> bool:
        """True when it crosses provinces."""
        return crosses_provinces(self.coverage)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A practice figure of a bureau (insured staff, months, premises) and where it comes from."""

    value: Any
    source: str


@dataclass(frozen=True, slots=True)
class Act:
    """One dated fact in the life of a case. `on` is the legal day, `given` what was supplied."""

    seq: int
    do: str
    on: date
    given: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Facts:
    """The snapshot a guard may look at. `on` is the filing day asked about.

    `license` is the license the case is about, None for a first license and license-free codes.
    """

    on: date
    company: Company
    kinds: tuple[str, ...]
    items: Mapping[str, tuple[str, ...]]
    coverage: tuple[str, ...]
    case: Mapping[str, Any]
    papers: Mapping[str, Paper]
    sign_off: SignOff
    open_points: tuple[int, ...]
    others: tuple[OtherCase, ...]
    licenses: tuple[HeldLicense, ...]
    parameters: Mapping[tuple[str, str], Parameter]
    calendar: Calendar
    fixed: Mapping[str, Any] = field(default_factory=dict)
    procedure: str = "new"
    license: HeldLicense | None = None

    @property
    def nationwide(self) -> bool:
        """True when the license would cross provinces, so MIIT decides."""
        return crosses_provinces(self.coverage)

    @property
    def changes(self) -> tuple[str, ...]:
        """The C-codes of a change case, in the order told."""
        return tuple(self.case.get("changes") or ())

    def day(self, name: str) -> date | None:
        """A day among the case facts, None when nobody has told it."""
        value = self.case.get(name)
        return date.fromisoformat(value) if isinstance(value, str) else value


def crosses_provinces(coverage: Iterable[str]) -> bool:
    """True when a coverage is the whole country or more than one province."""
    return "national" in coverage or len(set(coverage)) > 1
