"""One fact as a form asks for it, and what a case is about that decides which are asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from web.case_form import YES_NO
from web.case_words import kind_words
from workflow.domain.facts import Company, HeldLicense
from workflow.domain.procedure import Text
from workflow.law import catalogue
from workflow.law.kinds import EVALUATED
from workflow.law.prerequisite_notes import Note
from workflow.law.prerequisites import notes_of

Sort = Literal[
    "day", "line", "yuan", "share", "year", "code", "places", "yes_no", "one", "radio", "several"
]
Choices = tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One fact as it is asked for. `name`: dotted for a part of `new`; `group`: its words.

    `choices` are what is offered, by default every code of the group. A `personal` value is a
    person's own.
    """

    name: str
    sort: Sort
    label: Text
    group: str = ""
    choices: Choices = ()
    required: bool = False
    hint: Text | None = None
    personal: bool = False


@dataclass(frozen=True, slots=True)
class About:
    """What a case is about: what is done, for whom, on which license, from what day on."""

    procedure: str
    company: Company
    held: HeldLicense | None
    changes: tuple[str, ...]
    today: date

    @property
    def kinds(self) -> list[str]:
        """The kinds on the license, in the order of the catalogue."""
        held = self.held.kinds if self.held else frozenset()
        return [code for code in catalogue.LAW.kinds if code in held]


def label(name: str) -> Text:
    """What a fact of a case is called."""
    return catalogue.label_of("case_field", name)


def field(name: str, sort: Sort, group: str = "", **more: object) -> Field:
    """A field under the law's own word for its fact, offering every code of its group."""
    offered = tuple(catalogue.labels(group).items()) if group else ()
    if sort == "yes_no":
        offered = YES_NO
    return Field(name, sort, label(name.removeprefix("new.")), group,
                 **{"choices": offered, **more})  # type: ignore[arg-type]  # fmt: skip


def kind_choices(codes: Iterable[str], notes: Mapping[str, Text] | None = None) -> Choices:
    """Kinds by their short and full names, some with a note."""
    found = []
    for code in codes:
        words, note = kind_words(catalogue.kind(code)), (notes or {}).get(code)
        noted = Text(f"{words.zh}（{note.zh}）", f"{words.en} ({note.en})") if note else words
        found.append((code, noted))
    return tuple(found)


DECIDED = field(
    "decided_on", "day",
    hint=Text("股东会或公司作出决定的日期；从决定起算的三十日由此计算",
              "The day the company decided; thirty days from the decision run from it"),
)  # fmt: skip


def service_fields(about: About, guards: set[str]) -> Iterable[Field]:
    """What is operated, as far as a condition of this case looks at it."""
    adds = "C-KIND" in about.changes
    if "G-KINDSPEC" in guards and (adds or "EDI" in about.kinds):
        yield from (field(name, "yes_no", required=not adds, hint=_TRADES) for name in _TRADE)
    if "G-KINDSPEC" in guards:
        yield from lacking_field(None if adds else about.kinds)
    if "G-PREAPP" in guards:
        yield field("content", "several", "content")
    if "G-KINDSPEC" in guards and (adds or EVALUATED & set(about.kinds)):
        yield field("evaluation_passed", "yes_no", hint=EVALUATION)
    if "G-FOREIGN" in guards and from_abroad(about):
        yield field("pilot_approval", "yes_no")
    if adds:
        yield field("activities", "several", "activity")


def lacking_field(kinds: Iterable[str] | None) -> Iterable[Field]:
    """What only the applicant can say of these kinds, or of any; nothing where nothing is hard."""
    notes = notes_of(catalogue.LAW.kinds if kinds is None else kinds)
    offered = tuple((note.code, _of_kinds(note)) for note in notes if note.hard)
    if offered:
        yield Field("lacking", "several", label("lacking"), "declared", offered,
                    hint=Text("都具备的不用选", "Leave open where all are met"))  # fmt: skip


def _of_kinds(note: Note) -> Text:
    """`ICP：须有明确的网站或应用`."""
    short = [catalogue.kind(code).short for code in catalogue.LAW.kinds if code in note.kinds]
    zh, en = "、".join(text.zh for text in short), ", ".join(text.en for text in short)
    return Text(f"{zh}：{note.says.zh}", f"{en}: {note.says.en}")


_TRADE = ("third_party_platform", "deals_online")
OF_KINDS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(_TRADE, frozenset({"EDI"})),
    "evaluation_passed": frozenset(EVALUATED),
}
"""Facts that are asked for the sake of some kinds alone."""
_TRADES = Text("EDI 的交易处理业务", "For the transaction item of EDI")
EVALUATION = Text("IDC、ISP、CDN 开通前须通过", "IDC, ISP and CDN need it before opening")


def from_abroad(about: About) -> bool:
    """Somebody from abroad holds a share, or may after this case."""
    return bool(about.company.foreign_share or about.company.pilot_zone) or "C-SH" in about.changes
