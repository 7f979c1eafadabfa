"""What can be wrong with what pages only tell: words anywhere in the law, notes, open points."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from types import ModuleType

from workflow.domain.defects import of_texts, twice, unknown
from workflow.domain.definition import Law
from workflow.domain.procedure import Text
from workflow.law.filing_notes import FILING_NOTES, FilingNote
from workflow.law.open_points import OPEN_POINTS, OpenPoint
from workflow.law.procedure_notes import PROCEDURE_NOTES
from workflow.law.vocabulary import Labels


@dataclass(frozen=True, slots=True)
class Told:
    """The notes as they are shipped; a check may be shown others."""

    filing: tuple[FilingNote, ...] = FILING_NOTES
    procedures: Labels = field(default_factory=lambda: PROCEDURE_NOTES)
    points: tuple[OpenPoint, ...] = OPEN_POINTS


SHIPPED = Told()


def defects(law: Law, codes: Collection[str], told: Told = SHIPPED) -> Iterator[str]:
    """Names in the notes that name nothing. `codes` are all rules; `unspoken` reads the words."""
    for note in told.filing:
        place = f"filing note {note.code}"
        yield from unknown(place, "procedure", sorted(note.procedures), law.procedures)
    yield from twice("filing notes", "note", [note.code for note in told.filing])
    yield from unknown("procedure notes", "procedure", told.procedures, law.procedures)
    for code in law.procedures:
        if code not in told.procedures:
            yield f"procedure {code}: nothing says what it is"
    for point in told.points:
        yield from unknown(f"open point {point.number}", "rule", point.codes, codes)
    yield from twice("open points", "point", [str(point.number) for point in told.points])


def unspoken(modules: Iterable[ModuleType]) -> Iterator[str]:
    """Words that lack a language, rows that lack a basis, wherever a module of the law has them."""
    seen: set[int] = set()
    for module in modules:
        for name, value in vars(module).items():
            yield from _within(f"{module.__name__.rpartition('.')[2]}.{name}", value, seen)


def _within(place: str, value: object, seen: set[int]) -> Iterator[str]:
    """`seen` keeps a row that several tables share from being named more than once."""
    if isinstance(value, type) or id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, Text):
        yield from of_texts(place, [value])
    elif is_dataclass(value):
        at = f"{place} {code}" if (code := getattr(value, "code", "")) else place
        if getattr(value, "cites", None) == ():
            yield f"{at}: no basis"
        for part in fields(value):
            yield from _within(at, getattr(value, part.name), seen)
    elif isinstance(value, Mapping):
        for key, entry in value.items():
            yield from _within(f"{place} {key}", entry, seen)
    elif isinstance(value, tuple | list | frozenset):
        for entry in value:
            yield from _within(place, entry, seen)
