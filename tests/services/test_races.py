"""Rivals: however many reach for one case, or one number, exactly one is served."""

from __future__ import annotations

import multiprocessing
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.services.builders import dump, intact, new_company, query, stored
from tests.support.cast import Cast, gather, moment
from workflow.domain.errors import DeskError, GuardsUnmet
from workflow.services import accounts
from workflow.services.advance import advance
from workflow.storage.database import open_database

ROUNDS, RIVALS = 20, 8
REASON = {"reason": "企业改变计划"}


def outcome(cast: Cast, number: str, trigger: str, **more) -> str:
    """`won`, or the code of the refusal (of the guard, where one refused)."""
    try:
        with cast.database.transaction() as tx:
            advance(tx, number, trigger, actor=cast["wang"], moment=moment(), **more)
    except GuardsUnmet as error:
        return ",".join(finding.code for finding in error.unmet)
    except DeskError as error:
        return error.code
    return "won"


def at_once(acts: list[Callable[[], str]]) -> Counter[str]:
    """What came of each, all started together."""
    gate, found = threading.Barrier(len(acts)), []

    def run(act):
        gate.wait()
        found.append(act())

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(found)


def rivals(act: Callable[[], str]) -> Counter[str]:
    return at_once([act] * RIVALS)


def kept(cast: Cast, number: str) -> None:
    """Every event counted once, and the head is the last one's."""
    case = stored(cast, number)
    found = query(
        cast.database, "SELECT seq, hash FROM events WHERE case_id = :c ORDER BY seq", c=case.id
    )
    assert [seq for seq, _ in found] == list(range(1, case.version + 1))
    assert found[-1][1] == case.head


def test_it_lets_one_of_eight_act_on_the_version_they_saw(cast):
    for _ in range(ROUNDS):
        number = cast.open_case()
        found = rivals(lambda n=number: outcome(cast, n, "prepare", version=1))
        assert found == {"won": 1, "STALE": RIVALS - 1}
        assert stored(cast, number).version == 2
        kept(cast, number)


def test_it_lets_one_of_eight_act_without_a_version(cast):
    for _ in range(ROUNDS):
        number = cast.open_case()
        found = rivals(lambda n=number: outcome(cast, n, "prepare"))
        assert found == {"won": 1, "NOT-OFFERED": RIVALS - 1}
        kept(cast, number)


def test_it_takes_every_act_that_may_follow_another(cast):
    for _ in range(5):
        number = cast.prepared()
        version = stored(cast, number).version
        found = rivals(lambda n=number: outcome(cast, n, "request_sign_off"))
        assert found == {"won": 1, "NOT-OFFERED": RIVALS - 1}
        acts = [lambda n=number, d=days: handed_in(cast, n, d) for days in range(RIVALS)]
        assert at_once(acts) == {"won": RIVALS}
        assert stored(cast, number).version == version + 1 + RIVALS
        kept(cast, number)


def handed_in(cast: Cast, number: str, _days: int) -> str:
    cast.provide(number, "M-APP")
    return "won"


def test_it_files_one_of_two_applications_that_exclude_each_other(cast):
    for _ in range(ROUNDS):
        one = replace(cast, company=new_company(cast))
        numbers = [one.fileable(), one.fileable()]
        found = at_once([lambda n=n: outcome(cast, n, "submit") for n in numbers])
        assert found == {"won": 1, "G-CONFLICT": 1}
        for number in numbers:
            kept(cast, number)


def test_it_opens_eight_cases_under_eight_numbers(cast):
    for _ in range(ROUNDS):
        found = at_once([cast.open_case] * RIVALS)
        assert len(found) == RIVALS
        assert set(found.values()) == {1}


def test_it_grants_one_license_number_once(cast):
    for turn in range(5):
        numbers = [
            replace(cast, company=new_company(cast)).submitted(coverage=(province,))
            for province in ("11", "12", "13")
        ]
        given = {"number": f"同号-{cast.company}-{turn}"}
        found = at_once(
            [lambda n=n, g=given: outcome(cast, n, "approve", given=g) for n in numbers]
        )
        assert found["won"] == 1
        assert set(found) <= {"won", "INPUT", "UNAVAILABLE"}
        for number in numbers:
            kept(cast, number)


def test_it_leaves_an_intact_trail_after_all_that(cast):
    assert intact(cast.database)


def _rival(url: str, numbers: list[str], gate, results) -> None:
    database = open_database(url)
    cast = gather_again(database)
    for number in numbers:
        gate.wait()
        results.put((number, outcome(cast, number, "prepare", version=1)))
    database.close()


def gather_again(database) -> Cast:
    cast = Cast(database)
    with database.reading() as session:
        cast.actors = {a.login: accounts.actor(session, a) for a in accounts.everybody(session)}
    return cast


def test_it_lets_one_of_several_processes_win(database_url):
    database = open_database(database_url)
    cast = gather(database)
    numbers = [cast.open_case() for _ in range(ROUNDS)]
    fork = multiprocessing.get_context("fork")
    gate, results = fork.Barrier(4), fork.Queue()
    rivals = [
        fork.Process(target=_rival, args=(database_url, numbers, gate, results)) for _ in range(4)
    ]
    for rival in rivals:
        rival.start()
    found = [results.get(timeout=30) for _ in range(4 * ROUNDS)]
    for rival in rivals:
        rival.join()
    for number in numbers:
        assert Counter(end for n, end in found if n == number) == {"won": 1, "STALE": 3}
        kept(cast, number)
    assert intact(database)
    database.close()


@pytest.mark.parametrize("seen", [0, 2, 99])
def test_it_tells_who_looked_at_another_version(cast, seen):
    number = cast.open_case()
    before = dump(cast.database)
    assert outcome(cast, number, "prepare", version=seen) == "STALE"
    assert dump(cast.database) == before
