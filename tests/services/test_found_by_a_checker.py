"""What an independent check found once: overlapping pauses, moved receipts, items not asked for."""

from __future__ import annotations

from datetime import date

import pytest

from tests.services.builders import about, held, new_company, stored
from tests.support.cast import Cast, moment
from workflow.domain.errors import BadInput, GuardsUnmet
from workflow.services import client_companies, clockwork, replaying, standing
from workflow.services.advance import advance


def day(text: str) -> date:
    return date.fromisoformat(text)


def stand(cast: Cast, number: str, on: str) -> standing.Standing:
    with cast.database.reading() as session:
        found = standing.of_case(session, number, day(on))
        _ = found.readings, found.dates, found.rules
        return found


def test_it_counts_no_paused_day_twice(cast: Cast) -> None:
    number = cast.submitted(day=day("2026-03-02"))
    for trigger, on in (
        ("pause_review", "2026-03-10"),
        ("resume_review", "2026-03-12"),
        ("pause_review", "2026-03-12"),
        ("resume_review", "2026-03-13"),
    ):
        cast.do(number, trigger, day=day(on))
    clock = stand(cast, number, "2026-03-13").clock("K-REV")
    assert (clock["due"], clock["calendar"]) == (day("2026-06-03"), day("2026-05-05"))


def test_it_undoes_a_silence_that_a_moved_receipt_contradicts(cast: Cast) -> None:
    number = cast.submitted(day=day("2026-03-02"))
    with cast.database.transaction() as tx:
        assert clockwork.take(tx, number, moment(day("2026-03-10")))
    given = {"event": "submit", "field": "on", "value": "2026-03-09", "reason": "回执日期看错"}
    cast.do(number, "rectify", by="li", given=given, day=day("2026-03-10"))
    assert stand(cast, number, "2026-03-10").dates["accepted_on"] is None
    cast.do(number, "accept", day=day("2026-03-11"))
    assert stand(cast, number, "2026-03-11").dates["accepted_on"] == day("2026-03-11")


def test_it_grants_no_item_that_was_not_applied_for(cast: Cast) -> None:
    number = cast.submitted(items={"ICP": ["ICP-PUBLISH"]})
    given = {"number": f"许可-{number}", "items": {"ICP": ["ICP-SEARCH"]}}
    with pytest.raises(BadInput) as refused:
        cast.do(number, "approve", given=given)
    assert refused.value.field == "items"


def test_it_refuses_a_filing_before_the_company_existed(cast: Cast) -> None:
    number = cast.fileable(company=new_company(cast, established_on=day("2026-03-01")))
    with pytest.raises(GuardsUnmet) as refused, cast.database.transaction() as tx:
        advance(tx, number, "submit", actor=cast["wang"], moment=moment(), on=day("1999-01-01"))
    assert [finding.code for finding in refused.value.unmet] == ["G-COMPANY"]


def test_it_refuses_facts_of_the_future(cast: Cast) -> None:
    with pytest.raises(BadInput) as refused, cast.database.transaction() as tx:
        client_companies.set_company_facts(
            tx,
            cast.company,
            {"established_on": day("2030-01-01")},
            actor=cast["wang"],
            moment=moment(),
        )
    assert refused.value.field == "established_on"


def test_it_dates_a_case_from_the_day_it_is_opened(cast: Cast) -> None:
    license_id = held(cast)
    renewal = about(cast, license_id, "renewal")
    change = about(
        cast, license_id, "change", changes=["C-LREP"], facts={"registered_on": date(2026, 3, 10)}
    )
    dated = [(stored(cast, n).next_due, stored(cast, n).next_clock) for n in (renewal, change)]
    assert dated == [(date(2026, 12, 1), "K-RENEW"), (date(2026, 4, 9), "K-CHG-REG")]
    assert stored(cast, change).next_look is not None
    with cast.database.reading() as session:
        assert not {d.subject for d in replaying.replay(session).found} & {f"case:{renewal}"}
