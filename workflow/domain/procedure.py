"""The nouns the law is written in; `problems` (in `definition.py`) says what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from workflow.domain.facts import Act, Facts

Language = Literal["zh", "en"]
ServiceClass = Literal["1", "2", "2B"]
Grain = Literal["city", "province", "nation"]


class State(StrEnum):
    """Where a case is. The last three are final."""

    DRAFT = "draft"
    MATERIAL_PREP = "material_prep"
    SUBMITTED = "submitted"
    CORRECTION_REQUESTED = "correction_requested"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"

    @property
    def final(self) -> bool:
        """True once nothing but `deliver` and `rectify` may follow."""
        return self in (State.APPROVED, State.REJECTED, State.WITHDRAWN)


FINAL_STATES = frozenset(state for state in State if state.final)
OPEN_STATES = tuple(state for state in State if not state.final)


class Role(StrEnum):
    """Who acts. `clock` is time itself, never a person."""

    HANDLER = "handler"
    REVIEWER = "reviewer"
    MANAGER = "manager"
    AUDITOR = "auditor"
    ADMIN = "admin"
    CLOCK = "clock"


class Severity(StrEnum):
    """Hard guards (statute) are never waived; practice guards may be, by a reviewer."""

    HARD = "H"
    PRACTICE = "P"


class Confidence(StrEnum):
    """What stands behind a rule: the text itself, a copy, memory, or our own decision."""

    TEXT = "text"
    SECONDARY = "secondary"
    KNOWLEDGE = "knowledge"
    DESIGN = "design"


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in both languages; Chinese is authoritative."""

    zh: str
    en: str

    def read(self, language: str) -> str:
        """The sentence in `language`; anything but English reads Chinese."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a rule comes from: the law, the article, and how sure we are of the wording."""

    law: Text
    article: Text
    confidence: Confidence
    quote: Text | None = None

    def read(self, language: str) -> str:
        """Law and article as one line."""
        return f"{self.law.read(language)} {self.article.read(language)}".strip()


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing an act asks of the person: name in `with`, how it is typed, whether required."""

    name: str
    label: Text
    kind: Literal[
        "text",
        "long_text",
        "license_number",
        "date",
        "choice",
        "points",
        "coverage",
        "kinds",
        "items",
        "guard",
    ] = "text"
    required: bool = False
    choices: tuple[tuple[str, Text], ...] = ()
    hint: Text | None = None
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One act: who may do it from which states, what it asks, what guards it, what follows.

    `target` None means the act is recorded and the state stays. `while_` narrows an act inside a
    state by what already happened (accepting twice makes no sense); it looks at acts only.
    """

    trigger: str
    label: Text
    source: tuple[State, ...]
    target: State | None
    by: frozenset[Role]
    cites: tuple[Citation, ...]
    guards: tuple[str, ...] = ()
    asks: tuple[Ask, ...] = ()
    effects: tuple[str, ...] = ()
    sends: tuple[Role, ...] = ()
    while_: Callable[[tuple[Act, ...]], bool] | None = None
    authority_fact: bool = False


@dataclass(frozen=True, slots=True)
class Material:
    """One paper we file. `unlisted`: no procedure's list has it, an authority or an act asks."""

    code: str
    name: Text
    note: Text
    cites: tuple[Citation, ...]
    unlisted: bool = False


@dataclass(frozen=True, slots=True)
class Enclosure:
    """What goes in with a paper and has no code of its own: always, or when the facts say so."""

    says: Text
    when: Callable[[Facts], bool] | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """A material a procedure asks for: always, or when the facts say so.

    `alternatives` may be handed in instead of `code`; `encloses` goes in with it.
    """

    code: str
    when: Callable[[Facts], bool] | None = None
    why: Text | None = None
    alternatives: tuple[str, ...] = ()
    encloses: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True)
class ServiceItem:
    """A service item (服务项目) a license lists under a kind."""

    code: str
    name: Text


@dataclass(frozen=True, slots=True)
class LicenseKind:
    """A kind of value-added telecom service (业务种类). `scopes`: P one province, N nationwide.

    `unconfirmed` scopes may or may not exist: ask the authority first. `evaluated` kinds must
    pass a technical evaluation before the service is opened. `materials` come on top of those that
    every application needs.
    """

    code: str
    catalogue_code: str
    name: Text
    short: Text
    service_class: ServiceClass
    scopes: frozenset[str]
    grain: Grain
    cites: tuple[Citation, ...]
    items: tuple[ServiceItem, ...] = ()
    follow_ups: tuple[str, ...] = ()
    unconfirmed: frozenset[str] = frozenset()
    evaluated: bool = False
    materials: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Procedure:
    """One procedure as data: acts, guards judged at filing, materials, clocks.

    `guards_when` and `clocks_when` narrow the lists by the facts of the case; what is not named
    there always applies. `filing_clocks` are those that say whether it was filed in time.
    `license`: whether a case is about a license in the register.
    """

    code: str
    prefix: str
    name: Text
    rules: tuple[Rule, ...]
    needs: tuple[Need, ...]
    clocks: tuple[str, ...]
    kinds: frozenset[str]
    cites: tuple[Citation, ...]
    in_force: date = date(1900, 1, 1)
    labels: Mapping[State, Text] = field(default_factory=dict)
    license: Literal["none", "required", "optional"] = "none"
    guards_when: Mapping[str, Callable[[Facts], bool]] = field(default_factory=dict)
    clocks_when: Mapping[str, Callable[[Mapping[str, Any]], bool]] = field(default_factory=dict)
    filing_clocks: tuple[str, ...] = ()

    def rule(self, trigger: str, state: State) -> Rule | None:
        """The one rule for an act from a state, or None."""
        return next((r for r in self.rules if r.trigger == trigger and state in r.source), None)

    def clocks_for(self, told: Mapping[str, Any]) -> tuple[str, ...]:
        """The clocks that may run in a case with these facts."""
        when = self.clocks_when
        return tuple(code for code in self.clocks if code not in when or when[code](told))
