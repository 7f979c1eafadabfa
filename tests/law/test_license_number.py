"""License numbers: what is odd about one is told, and nothing is refused for it."""

from __future__ import annotations

from datetime import date

import pytest

from workflow.domain.license_number import plain, stripped
from workflow.law.license_number import oddities

TODAY = date(2026, 11, 23)


def told(number, kinds=(), coverage=()):
    return [text.en for text in oddities(number, kinds=kinds, coverage=coverage, today=TODAY)]


@pytest.mark.parametrize(
    ("number", "kinds", "coverage"),
    [
        ("京B2-20201234", ["ICP"], ["11"]),
        ("浙B2-20080101", ["EDI", "SP"], ["33"]),
        ("粤B1-20090059", ["IDC"], ["44"]),
        ("粤B1.B2-20180452", ["ISP", "CC"], ["44"]),
        ("B2-20090001", ["SP"], ["national"]),
        ("B1-20180452", ["CDN"], ["11", "31"]),
        ("B1.B2-20140001", ["IDC", "ICP"], ["national"]),
        ("A2-20190012", ["CPN"], ["national"]),
        ("A2.B1.B2-20140001", ["FDT", "IDC", "ICP"], ["national"]),
        ("A2.B1-20140001", ["FDT", "IDC"], ["national"]),
        ("合字B2-20210123", ["EDI"], ["31"]),
        ("合字B2-20210123", ["EDI"], ["national"]),
        ("B2-202600012", ["SP"], ["national"]),
        (" b2－20090001 ", ["SP"], ["national"]),
        ("B2-20090001", [], []),
    ],
)
def test_it_finds_nothing_odd_about_the_forms_that_were_seen(number, kinds, coverage):
    assert told(number, kinds, coverage) == []


@pytest.mark.parametrize(
    "number", ["", "沪ICP备2024001", "B3-20090001", "B2.B1-20090001", "B2-2009", "蜀B2-20090001",
               "合字粤B2-20090001", "B2-2009000112", "20240001", "B2 20090001"],
)  # fmt: skip
def test_it_says_when_the_form_is_unusual_and_no_more(number):
    (only,) = told(number, ["SP"], ["44"])
    assert only.startswith("Not the usual form")


@pytest.mark.parametrize(
    ("number", "kinds", "coverage", "said"),
    [
        ("浙B2-20080101-4", ["EDI"], ["33"], "which is 浙B2-20080101"),
        ("浙B2-20080101", ["EDI"], ["44"], "浙 stands for a license of Zhejiang"),
        ("浙B2-20080101", ["EDI"], ["33", "44"], "浙 stands for a license of Zhejiang"),
        ("浙B2-20080101", ["EDI"], ["national"], "浙 stands for a license of Zhejiang"),
        ("B2-20090001", ["EDI"], ["33"], "the coverage is one province"),
        ("粤B2-20090059", ["IDC", "EDI"], ["44"], "is of class B1"),
        ("粤B1.B2-20090059", ["IDC"], ["44"], "says B2"),
        ("粤B2-20090059", ["CPN", "EDI"], ["44"], "is of class A2"),
        ("粤B2-19990059", ["EDI"], ["44"], "between 2000 and 2026"),
        ("粤B2-20270059", ["EDI"], ["44"], "between 2000 and 2026"),
    ],
)
def test_it_tells_one_thing_that_does_not_fit(number, kinds, coverage, said):
    (only,) = told(number, kinds, coverage)
    assert said in only


def test_it_tells_everything_at_once_in_both_languages():
    found = oddities("粤B1-20990001-12", kinds=["EDI"], coverage=["31"], today=TODAY)
    assert len(found) == 5
    assert all(text.zh.strip() and text.en.strip() for text in found)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("浙B2-20080101-4", "浙B2-20080101"),
        ("浙B2-200801012-123", "浙B2-200801012"),
        ("浙B2-20080101", "浙B2-20080101"),
        ("浙b2 - 20080101 - 4", "浙B2-20080101"),
        ("浙B2-20080101-1234", "浙B2-20080101-1234"),
        ("浙Ｂ２－２００８０１０１", "浙B2-20080101"),
        ("浙b2——20080101", "浙B2-20080101"),
        ("浙B2\u221220080101", "浙B2-20080101"),
        ("\ufeff浙B2\u2011\u200b2008 0101\u3000", "浙B2-20080101"),
        ("b1·b2–20140001", "B1.B2-20140001"),
        ("B1。B2﹣20140001", "B1.B2-20140001"),
    ],
)
def test_two_numbers_are_compared_however_they_are_typed_and_without_the_index_of_a_site(
    written, number
):
    assert stripped(written) == number
    assert stripped(plain(written)) == number
