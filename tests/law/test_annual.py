"""Annual reports: who owes which year, and where the season of a report stands."""

from __future__ import annotations

from datetime import date

import pytest

from tests.law.later_cases import license_of
from workflow.law.annual import next_report, overdue_reports, owes, reports_to_file, season


@pytest.mark.parametrize(
    ("first", "last", "owed"),
    [
        ("2025-12-31", "2030-12-31", True),
        ("2026-01-01", "2031-01-01", False),
        ("2020-06-30", "2026-01-01", True),  # lapsed on the first day of the season
        ("2020-06-30", "2026-03-31", True),
        ("2020-06-30", "2025-12-31", False),  # over before the season opened
        ("2020-06-30", "2025-06-30", False),
    ],
)
def test_it_owes_the_report_when_held_by_the_end_of_the_year_and_still_in_the_season(
    first, last, owed
):
    held = license_of(valid_from=date.fromisoformat(first), valid_to=date.fromisoformat(last))
    assert owes(held, 2025) is owed
    missing = license_of(
        valid_from=date.fromisoformat(first),
        valid_to=date.fromisoformat(last),
        annual_reports=frozenset(range(2019, 2025)),
    )
    assert overdue_reports(missing, date(2026, 4, 1)) == ((2025,) if owed else ())


@pytest.mark.parametrize(
    ("day", "stands"),
    [
        ("2025-12-31", "early"),
        ("2026-01-01", "open"),
        ("2026-03-31", "open"),
        ("2026-04-01", "late"),
        ("2026-04-30", "late"),
        ("2026-05-01", "closed"),
        ("2028-01-01", "closed"),
    ],
)
def test_it_says_where_the_season_stands(day, stands):
    assert season(2025, date.fromisoformat(day)) == stands


def test_it_names_every_year_of_the_term_that_is_missing():
    held = license_of(valid_from=date(2022, 5, 1), annual_reports=frozenset({2023}))
    assert overdue_reports(held, date(2026, 3, 31)) == (2022, 2024)
    assert overdue_reports(held, date(2026, 4, 1)) == (2022, 2024, 2025)


def test_it_proposes_last_year_or_the_first_the_license_owes():
    held = license_of(valid_from=date(2026, 2, 1))
    assert next_report(held, date(2026, 3, 1)) == 2026
    assert next_report(license_of(), date(2026, 3, 1)) == 2025


@pytest.mark.parametrize(
    ("filed", "day", "years"),
    [
        (frozenset({2024}), date(2026, 2, 1), (2025,)),
        (frozenset(), date(2026, 2, 1), (2025, 2024)),
        (frozenset({2024, 2025}), date(2026, 2, 1), ()),
        (None, date(2026, 3, 31), (2025,)),
        (None, date(2026, 4, 1), ()),
        (frozenset(), date(2024, 6, 1), ()),
    ],
)
def test_it_names_the_years_that_are_owed_and_not_on_file(filed, day, years):
    held = license_of(
        annual_reports=filed, valid_from=date(2024, 1, 10), valid_to=date(2029, 1, 10)
    )
    assert reports_to_file(held, day) == years
