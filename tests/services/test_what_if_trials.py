"""Whatever is supposed, no table changes, and every date is the last row of its ledger."""

from tests.services.what_if_trials import trial
from tests.support.cast import gather


def test_it_leaves_every_table_as_it_was_and_every_ledger_ends_on_its_date(database):
    assert trial(gather(database), cases=12, each=3) > 0
