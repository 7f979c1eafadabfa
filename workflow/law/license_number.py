"""What is odd about a license number: shape, year, authority, class letters. Never a bar."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date

from workflow.domain.facts import crosses_provinces
from workflow.domain.license_number import plain, stripped
from workflow.domain.procedure import Text
from workflow.law.authorities import COVERAGES, PROVINCES
from workflow.law.kinds import BY_CODE

FIRST_YEAR = 2000
FOREIGN = "合字"
_PROVINCE_OF = {province.abbr: province.code for province in PROVINCES.values()}
_LETTERS = {"1": "B1", "2": "B2", "2B": "A2"}
SHAPE = (
    rf"(?P<prefix>{FOREIGN}|[{''.join(_PROVINCE_OF)}])?"
    r"(?P<letters>(?:A2\.)?(?:B1\.B2|B1|B2)|A2)-(?P<year>\d{4})\d{4,5}"
)
"""The usual form of a license number as a pattern: prefix, class letters, year and serial."""


def oddities(
    number: str, *, kinds: Collection[str], coverage: Collection[str], today: date
) -> tuple[Text, ...]:
    """Every way the number does not look like the license it is said to be; it may still be right.

    Formats were observed, no rule text was found, so nothing is refused for them. An empty
    `kinds` or `coverage` is not compared.
    """
    found = re.fullmatch(SHAPE, stripped(number))
    if found is None:
        return (
            Text(
                "与常见的许可证号格式不同（如 粤B2-20230088、B1.B2-20140001），请与原件核对",
                "Not the usual form of a license number (粤B2-20230088, B1.B2-20140001): "
                "compare it with the license",
            ),
        )
    return (
        *_of_site(number),
        *_of_authority(found["prefix"], coverage),
        *_of_letters(set(found["letters"].split(".")), kinds),
        *_of_year(int(found["year"]), today),
    )


def _of_site(number: str) -> Iterator[Text]:
    if stripped(number) != plain(number):
        yield Text(
            f"末尾的序号不属于许可证号，许可证号是 {stripped(number)}",
            f"The index at the end is no part of the number, which is {stripped(number)}",
        )


def _of_authority(prefix: str | None, coverage: Collection[str]) -> Iterator[Text]:
    """A province's character stands for one province, none for the ministry's own licenses."""
    if not coverage or prefix == FOREIGN:
        return
    if prefix is None and not crosses_provinces(coverage):
        yield Text(
            "没有省份简称的是跨地区许可证，而覆盖范围只有一个省",
            "A number without a province belongs to a nationwide license, "
            "but the coverage is one province",
        )
    if prefix is not None and set(coverage) != {_PROVINCE_OF[prefix]}:
        named = COVERAGES[_PROVINCE_OF[prefix]]
        yield Text(
            f"“{prefix}”是{named.zh}的许可证，与覆盖范围不符",
            f"{prefix} stands for a license of {named.en}, which is not the coverage",
        )


def _of_letters(letters: set[str], kinds: Collection[str]) -> Iterator[Text]:
    """B1 and B2 are the classes of value-added services, A2 the second-class basic ones."""
    expected = {_LETTERS[BY_CODE[kind].service_class] for kind in kinds if kind in BY_CODE}
    if not expected:
        return
    for letter in sorted(expected - letters):
        yield Text(
            f"业务种类中有 {letter} 类，而许可证号里没有",
            f"One of the kinds is of class {letter}, which the number does not have",
        )
    for letter in sorted(letters - expected):
        yield Text(
            f"许可证号含 {letter}，而业务种类中没有该类",
            f"The number says {letter}, but none of the kinds is of that class",
        )


def _of_year(year: int, today: date) -> Iterator[Text]:
    if not FIRST_YEAR <= year <= today.year:
        yield Text(
            f"号码中的年份 {year} 不在 {FIRST_YEAR} 至 {today.year} 之间",
            f"The year in the number, {year}, is not between {FIRST_YEAR} and {today.year}",
        )
