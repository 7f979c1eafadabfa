"""Our own target and a client promise: beside the dates of the law until the case is filed."""

from datetime import timedelta

import pytest

from tests.support.cast import TODAY, moment
from workflow.domain.errors import BadInput, NotOffered, RoleMissing
from workflow.services import agreed_dates, case_view, desk
from workflow.services.advance import advance


def agree(cast, number, who="wang", **dates):
    with cast.database.transaction() as tx:
        return agreed_dates.set_dates(tx, number, dates, actor=cast[who], moment=moment())


def entry(cast, number):
    with cast.database.reading() as session:
        return desk.entry_of(session, cast["wang"], moment(), number)


def test_it_counts_the_nearest_of_both_until_the_case_is_filed(cast):
    number = cast.fileable()
    agree(cast, number, internal_by=TODAY + timedelta(9), promised_by=TODAY + timedelta(2))
    line = entry(cast, number).line
    assert (line.next_due, line.next_clock) == ((TODAY + timedelta(2)), "PROMISE")
    agree(cast, number, promised_by=None)  # the other stays as it is
    assert entry(cast, number).line.next_clock == "TARGET"
    assert entry(cast, number).ready  # a date is no change of the pack: its sign-off holds
    with cast.database.transaction() as tx:
        advance(tx, number, "submit", actor=cast["wang"], moment=moment())
    assert entry(cast, number).line.next_clock not in ("TARGET", "PROMISE")
    with pytest.raises(NotOffered):
        agree(cast, number, promised_by=TODAY + timedelta(5))


def test_it_stands_behind_the_law_and_the_authority_on_one_day(cast):
    number = cast.in_correction(reply_by=TODAY + timedelta(4))
    agree(cast, number, internal_by=TODAY + timedelta(4), promised_by=TODAY + timedelta(4))
    assert entry(cast, number).line.next_clock == "REPLY-BY"
    with cast.database.reading() as session:
        view = case_view.view(session, number, cast["wang"], moment())
    assert view.case.pack["dates"] == {
        n: (TODAY + timedelta(4)).isoformat() for n in ("internal_by", "promised_by")
    }


def test_it_takes_no_new_day_behind_us_and_nobody_who_only_reads(cast):
    number = cast.open_case()
    with pytest.raises(BadInput) as refused:
        agree(cast, number, promised_by=TODAY - timedelta(1))
    assert refused.value.field == "promised_by"
    with pytest.raises(RoleMissing):
        agree(cast, number, "zhou", promised_by=TODAY + timedelta(1))
