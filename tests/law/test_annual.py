"""Which annual reports may be filed on a day, and where each stands."""

from datetime import date

import pytest

from tests.law.later_cases import license_of
from workflow.law.annual import reports_to_file


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
