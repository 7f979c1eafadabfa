"""A crash after any step leaves nothing behind, and the same request then succeeds."""

from __future__ import annotations

import itertools

import pytest

from tests.services.builders import POINT, answer, fingerprint, intact, new_company, query, stored
from tests.services.faults import PlantedError, after_statement, killed, raise_planted
from tests.support.cast import moment
from workflow.domain.errors import Unavailable
from workflow.services import client_companies, opening, paperwork
from workflow.services.advance import advance
from workflow.services.once import once

LICENSE = {
    "kinds": ["ICP"], "coverage": ["44"], "valid_from": "2024-01-01", "valid_to": "2028-12-31",
}  # fmt: skip


def acts(company):
    """Every kind of write, each as (what makes it possible, what is done under a key)."""

    def law(trigger, by="wang", **given):
        def act(cast, tx, number, request):
            return advance(
                tx, number, trigger, actor=cast[by], moment=moment(), given=given, request=request
            ).version

        return act

    def entered(cast, tx, number, request):
        return client_companies.add_license(
            tx, cast.company, {**LICENSE, "number": f"甲-{number}"}, actor=cast["wang"],
            moment=moment(), request=request,
        )  # fmt: skip

    def corrected(cast):
        number = cast.in_correction("一", "二")
        answer(cast, number)
        cast.do(number, "sign_off", by="li")
        return number

    def noticed(cast):
        number = cast.submitted()
        cast.do(number, "accept")
        return number

    return {
        "open": (lambda _: "", lambda cast, tx, _, request: opening.open_for(
            tx, cast.company, "new", kinds=["ICP"], coverage=["44"], actor=cast["wang"],
            moment=moment(), request=request).number),
        "submit": (lambda cast: cast.fileable(), law("submit", receipt="示例回执-1")),
        "provide": (lambda cast: cast.fileable(), lambda cast, tx, number, request:
            paperwork.provide(tx, number, "M-SI", actor=cast["wang"], moment=moment(),
                              request=request).version),
        "request_correction": (noticed, law("request_correction", points=[POINT, POINT])),
        "resubmit": (corrected, law("resubmit")),
        "approve": (lambda cast: cast.submitted(), law("approve", number=f"乙-{company}")),
        "rectify": (lambda cast: cast.approved(license_number=f"丙-{cast.company}"), law(
            "rectify", by="li", event="approve", field="on", value="2026-03-18", reason="笔误")),
        "waive": (lambda cast: cast.fileable(), law(
            "waive", by="li", guard="G-STAFF", reason="主管部门同意")),
        "license": (lambda cast: cast.fileable(), entered),
    }  # fmt: skip


NAMES = sorted(acts(0))


def request(cast, name, number):
    """The act as an edge does it: one transaction, one key."""
    act = acts(cast.company)[name][1]
    with cast.database.transaction() as tx:
        return once(
            tx, f"{name}-{cast.company}", {"act": name},
            lambda request: {"answer": act(cast, tx, number, request)},
            actor=cast["wang"], moment=moment(),
        )  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_it_leaves_nothing_when_any_statement_is_the_last(cast, name):
    number = acts(cast.company)[name][0](cast)
    before, fault = fingerprint(cast.database), raise_planted
    for nth in itertools.count(1):
        try:
            with after_statement(nth, fault):
                answered = request(cast, name, number)
        except PlantedError:
            assert fingerprint(cast.database) == before, nth
        else:
            break
    assert nth > 6
    after = fingerprint(cast.database)
    assert after != before
    assert request(cast, name, number) == answered
    assert fingerprint(cast.database) == after
    assert intact(cast.database)


@pytest.mark.parametrize("name", ["submit", "approve"])
def test_it_leaves_nothing_when_it_is_killed_after_any_statement(cast, name):
    number = acts(cast.company)[name][0](cast)
    before = fingerprint(cast.database)
    nth = 1
    while killed(cast, lambda child: request(child, name, number), nth):
        assert fingerprint(cast.database) == before, nth
        nth += 1
    assert nth > 6
    # the last child lived: what it committed is what a client that lost the answer gets again
    case = stored(cast, number)
    assert request(cast, name, number) == {"answer": case.version}
    assert stored(cast, number).version == case.version
    assert intact(cast.database)


def test_it_says_so_when_the_database_goes_away(cast):
    number = cast.fileable()

    def gone():
        raise cast.database.engine.dialect.loaded_dbapi.OperationalError

    before = fingerprint(cast.database)
    with pytest.raises(Unavailable), after_statement(4, gone):
        request(cast, "submit", number)
    assert fingerprint(cast.database) == before
    assert request(cast, "submit", number)


def test_it_gives_out_no_number_twice_after_crashes(cast):
    for nth in range(1, 5):
        with pytest.raises(PlantedError), after_statement(nth, raise_planted):
            cast.open_case()
    new_company(cast)
    numbers = [number for (number,) in query(cast.database, "SELECT number FROM cases")]
    assert cast.open_case() not in numbers
    assert len(set(numbers)) == len(numbers)
