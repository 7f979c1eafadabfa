"""The same request twice is done once, whoever is quicker."""

from __future__ import annotations

import threading

import pytest

from tests.services.builders import fingerprint, query, refused, stored
from tests.support.cast import moment
from workflow.domain.errors import BadInput, GuardsUnmet, KeyReused
from workflow.services.advance import advance
from workflow.services.once import once


def send(cast, number, key, trigger="submit", *, by="wang", given=None, pause=None):
    """One request as the edges make it: its content, its key, its answer."""
    content = {"number": number, "trigger": trigger, "with": given or {}}
    with cast.database.transaction() as tx:

        def act(request):
            moved = advance(
                tx, number, trigger, actor=cast[by], moment=moment(), given=given or {},
                request=request,
            )  # fmt: skip
            return {"number": moved.number, "state": moved.state, "version": moved.version}

        if pause:
            pause.wait()
        return once(tx, key, content, act, actor=cast[by], moment=moment())


def keys(cast):
    return query(cast.database, "SELECT count(*) FROM idempotency_keys")[0][0]


def test_it_answers_a_repeated_request_with_the_first_answer(cast):
    number = cast.fileable()
    first = send(cast, number, "k1")
    before = fingerprint(cast.database)
    assert send(cast, number, "k1") == first
    assert fingerprint(cast.database) == before
    assert first["version"] == stored(cast, number).version


def test_it_refuses_the_key_for_another_request(cast):
    number = cast.fileable()
    send(cast, number, "k2", given={"receipt": "示例回执-1"})
    for other in ({"receipt": "示例回执-2"}, {}):
        with refused(cast.database, KeyReused):
            send(cast, number, "k2", given=other)
    with refused(cast.database, KeyReused):
        send(cast, number, "k2", "accept")


def test_it_keeps_no_key_of_a_refused_act(cast):
    number = cast.prepared()
    with refused(cast.database, GuardsUnmet):
        send(cast, number, "k3")
    cast.do(number, "sign_off", by="li")
    assert send(cast, number, "k3")["state"] == "submitted"


def test_it_keeps_the_keys_of_different_people_apart(cast):
    number = cast.submitted()
    before = keys(cast)
    send(cast, number, "k4", "accept")
    assert send(cast, number, "k4", "pause_review", by="li")["state"] == "submitted"
    assert keys(cast) == before + 2


def test_it_acts_every_time_without_a_key(cast):
    number = cast.submitted()
    before = keys(cast)
    send(cast, number, "", "pause_review")
    send(cast, number, "", "resume_review")
    assert keys(cast) == before


def test_it_refuses_a_key_that_is_no_key(cast):
    number = cast.fileable()
    for key in ("k" * 201, "a\nb", "\x00"):
        with refused(cast.database, BadInput, field="key"):
            send(cast, number, key)


def test_it_does_what_two_send_at_once_only_once(cast):
    for _ in range(5):
        number = cast.fileable(coverage=("44",))
        answers, gate = [], threading.Barrier(4)

        def ask(number=number, answers=answers, gate=gate):
            gate.wait()
            answers.append(send(cast, number, f"both-{number}"))

        together = [threading.Thread(target=ask) for _ in range(4)]
        for thread in together:
            thread.start()
        for thread in together:
            thread.join()
        assert len(answers) == 4
        assert all(answer == answers[0] for answer in answers)
        assert answers[0]["version"] == stored(cast, number).version
        cast.do(number, "withdraw", given={"reason": "只为测试"})


@pytest.mark.parametrize("broken", [None, {}, {"v": float("nan")}])
def test_it_compares_content_not_its_order(cast, broken):
    number = cast.open_case()
    content = {"b": 1, "a": broken}
    with cast.database.transaction() as tx:
        first = once(
            tx, f"o{number}", content, lambda _: {"done": 1}, actor=cast["wang"], moment=moment()
        )
    with cast.database.transaction() as tx:
        again = once(
            tx, f"o{number}", dict(reversed(content.items())), lambda _: {"done": 2},
            actor=cast["wang"], moment=moment(),
        )  # fmt: skip
    assert first == again == {"done": 1}
