"""A license kind in full: class, scopes, items, foreign caps, its own conditions."""

from __future__ import annotations

from collections.abc import Iterator

from workflow.cli.law_words import Words
from workflow.domain.procedure import LicenseKind
from workflow.law.follow_ups import of_new
from workflow.law.foreign import Cap, cap_of
from workflow.law.prerequisites import notes_of, of_kinds


def kind_lines(kind: LicenseKind, words: Words) -> Iterator[str]:
    """Everything the law says of one kind."""
    yield kind_line(kind, words)
    if kind.unconfirmed:
        doubt = words.listed("scope", sorted(kind.unconfirmed))
        yield words(
            f"    {doubt}许可是否存在未经证实", f"    Unconfirmed whether it exists: {doubt}"
        )
    yield row(words("覆盖范围列到", "Coverage stated by"), words.listed("grain", [kind.grain]))
    yield row(words("服务项目", "Items"), words.coded("item", (i.code for i in kind.items)))
    yield row(words("另须材料", "Further materials"), words.coded("material", kind.materials))
    yield row(words("取证后", "Afterwards"), words.coded("task", of_new([kind.code])))
    yield from _caps(kind, words)
    for asked in of_kinds([kind.code]):
        yield _condition(asked.code, words.read(asked.name), asked.hard, words)
        yield from words.basis(asked.cites)
    for note in notes_of([kind.code]):
        yield _condition(note.code, words.read(note.says), note.hard, words)
        yield from words.basis(note.cites)
    yield row(words("依据", "Basis"), "")
    yield from words.basis(kind.cites)


def kind_line(kind: LicenseKind, words: Words) -> str:
    """A kind with its code in the catalogue of services, its class and its scopes."""
    scopes = words.listed("scope", sorted(kind.scopes, reverse=True))
    named = words.label("service_class", kind.service_class)
    return f"  {kind.code}  {words.read(kind.name)} [{kind.catalogue_code}, {named}, {scopes}]"


def cap_line(cap: Cap, words: Words) -> str:
    """The three caps of a kind or item in one line."""
    if cap.ordinary is None:
        return words("未核实，须人工核实", "not verified: a person examines it")
    only = words("；P20 只放开应用商店", "; P20 opens app stores alone") if cap.app_stores else ""
    usual = words("一般", "ordinary")
    return f"{usual} {cap.ordinary}%, P4 {cap.p4}%, P20 {cap.p20}%{only}"


def row(name: str, value: str) -> str:
    """One line under an entry."""
    return f"    {name}: {value}".rstrip()


def _caps(kind: LicenseKind, words: Words) -> Iterator[str]:
    """One line for a kind whose items do not differ, else one an item."""
    title = words("外资上限", "Foreign cap")
    lines = {item.code: cap_line(cap_of(kind.code, item.code), words) for item in kind.items}
    if len(set(lines.values())) <= 1:
        yield row(title, cap_line(cap_of(kind.code, next(iter(lines), None)), words))
        return
    for code, line in lines.items():
        yield row(f"{title} {code}", line)


def _condition(code: str, says: str, hard: bool, words: Words) -> str:
    weight = words("须符合", "required") if hard else words("提醒", "to be verified")
    return f"    {code}  {says} [{weight}]"
