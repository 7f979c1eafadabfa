"""The tables no procedure owns: foreign capital, meeting cases, formats, bureaus, their figures."""

from __future__ import annotations

from collections.abc import Iterator

from workflow.cli.law_kind import cap_line, row
from workflow.cli.law_words import Words
from workflow.law import catalogue
from workflow.law.capital import MINIMUM_NATIONWIDE, MINIMUM_PROVINCE
from workflow.law.figures import FIGURES
from workflow.law.foreign import CAPS, CEPA, CITES, PILOT_AREAS, PROHIBITED_CONTENT
from workflow.law.license_number import SHAPE
from workflow.law.meetings import MATRIX
from workflow.law.number_ranges import RANGES

_CREDIT_CODE = "[0-9A-HJ-NPQRTUWXY]{18}, 91…"


def caps(words: Words) -> Iterator[str]:
    """The largest foreign share of every kind and item, and where the pilots apply."""
    for code, cap in CAPS.items():
        group = "kind" if code in catalogue.LAW.kinds else "item"
        yield row(f"{code} {words.label(group, code)}", cap_line(cap, words))
    for code, areas in PILOT_AREAS.items():
        yield row(code, words.read(areas))
    yield row("CEPA", words.read(CEPA))
    barred = words.listed("content", sorted(PROHIBITED_CONTENT))
    yield row(words("禁止外资的内容", "Content closed to foreign capital"), barred)
    yield from words.basis(CITES)


def matrix(words: Words) -> Iterator[str]:
    """How a case about to be filed stands to one filed already; others are independent."""
    for (mine, other), says in MATRIX.items():
        one, two = (f"{words.label('procedure', code)} ({code})" for code in (mine, other))
        yield row(f"{one} × {two}", words.read(says))
    yield from words.basis(catalogue.LAW.guards["G-CONFLICT"].cites)


def formats(words: Words) -> Iterator[str]:
    """The shapes of license numbers, codes and credit codes."""
    odd = words("只提醒，从不拒绝", "only warned about, never refused")
    yield row(words("许可证号", "License number"), f"{SHAPE} ({odd})")
    for found in RANGES:
        yield row(found.code, found.pattern)
    yield row(words("统一社会信用代码", "Unified social credit code"), _CREDIT_CODE)
    yield from words.basis(catalogue.LAW.guards["G-COMPANY"].cites[1:])


def bureaus(words: Words) -> Iterator[str]:
    """Every province with its bureau and the character of its license numbers."""
    for code, found in catalogue.PROVINCES.items():
        yield row(f"{code} {words.read(found.name)}", f"{words.read(found.bureau)} {found.abbr}")


def figures(words: Words) -> Iterator[str]:
    """Figures: the capital the law asks for, and what bureaus may ask for otherwise."""
    capital = words("注册资本最低限额（元）", "Least registered capital (RMB)")
    province, nation = words.label("scope", "P"), words.label("scope", "N")
    amounts = f"{province} {MINIMUM_PROVINCE:,}; {nation} {MINIMUM_NATIONWIDE:,}"
    yield row(capital, amounts)
    yield from words.basis(catalogue.LAW.guards["G-CAPITAL"].cites)
    for figure in FIGURES:
        usual = words("全国默认", "national default")
        says = f"{words.read(figure.name)}; {usual}: {words.read(figure.usually)}"
        yield row(figure.code, says)
        yield from words.basis(figure.cites)
