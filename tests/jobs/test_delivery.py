"""Delivery: who is told, what a fence allows, and when a person must look."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from tests.jobs.office import NOON, Office
from workflow.domain.acting import Moment, Scope
from workflow.domain.errors import NotFound
from workflow.services import delivery
from workflow.services.delivery import Claim
from workflow.services.seats import Seat

EVERYWHERE = Scope()


def moment(seconds: float = 0) -> Moment:
    return Moment.of(NOON + timedelta(seconds=seconds), "Asia/Shanghai")


def claim_at(office: Office, seconds: float = 0) -> list[Claim]:
    with office.database.transaction() as tx:
        return delivery.claim_due(tx, moment=moment(seconds))


def deliver(office: Office, claim: Claim, seconds: float = 0) -> int | None:
    with office.database.transaction() as tx:
        if delivery.begin(tx, claim, moment=moment(seconds)) is None:
            return None
    with office.database.transaction() as tx:
        return delivery.deliver(tx, claim, moment=moment(seconds))


def told(office: Office, *recipients: str, actor: str = "clock") -> set[str]:
    letter = office.happen(*recipients, actor=actor)
    deliver(office, claim_at(office)[0])
    assert office.letter(letter)["state"] == "done"
    return {login for login, of in office.inboxes() if of == letter}


def test_it_tells_the_handler_and_the_reviewer_of_the_case(office):
    assert told(office, "handler", "reviewer") == {"wang", "li"}


def test_it_never_tells_the_one_who_acted(office):
    assert told(office, "handler", "reviewer", actor="wang") == {"li"}


def test_it_tells_every_reviewer_in_scope_when_the_case_has_none(office):
    office.change("UPDATE cases SET reviewer_id = NULL")
    assert told(office, "reviewer") == {"li", "wu"}


def test_it_tells_all_of_another_role(office):
    assert told(office, "manager") == {"zhao"}


def test_it_tells_nobody_whose_scope_lacks_the_company(office):
    office.change("UPDATE cases SET handler_id = :i", i=str(office.ids["chen"]))
    assert told(office, "handler") == set()


def test_it_tells_nobody_whose_account_is_closed(office):
    office.change("UPDATE accounts SET active = :no WHERE login = 'wang'", no=False)
    assert told(office, "handler", "reviewer") == {"li"}


def test_it_gives_a_row_to_one_claimant_until_the_lease_ends(office):
    letter = office.happen("handler")
    assert claim_at(office, 0) == [Claim(letter, 1)]
    assert claim_at(office, 19) == []
    assert claim_at(office, 20) == [Claim(letter, 2)]


def test_it_waits_until_the_row_is_due(office):
    office.happen("handler")
    assert claim_at(office, -1) == []


def test_a_stale_fence_changes_nothing(office):
    letter = office.happen("handler")
    (stale,) = claim_at(office, 0)
    (current,) = claim_at(office, 20)
    before = office.letter(letter)
    with office.database.transaction() as tx:
        assert delivery.deliver(tx, stale, moment=moment(21)) is None
        delivery.fail(tx, stale, attempt=8, error=ValueError("late"), moment=moment(21))
    assert deliver(office, stale, 21) is None
    assert office.letter(letter) == before
    assert office.inboxes() == []
    assert deliver(office, current, 21) == 1


def test_a_row_delivered_twice_reaches_the_inbox_once(office):
    office.happen("handler", "reviewer")
    (claim,) = claim_at(office)
    assert deliver(office, claim) == 2
    assert deliver(office, claim) is None
    assert len(office.inboxes()) == 2


def test_a_message_already_there_is_not_sent_again(office):
    letter = office.happen("handler")
    (claim,) = claim_at(office)
    deliver(office, claim)
    office.change("UPDATE outbox SET state = 'pending', lease_until = '' WHERE id = :i", i=letter)
    (again,) = claim_at(office, 60)
    assert deliver(office, again, 60) == 0
    assert office.inboxes() == [("wang", letter)]


def test_rival_relays_never_claim_the_same_row(office):
    for _ in range(60):
        office.happen("handler")
    claims: list[Claim] = []
    start = threading.Barrier(4)

    def rival() -> None:
        start.wait()
        while found := claim_at(office):
            claims.extend(found)

    rivals = [threading.Thread(target=rival) for _ in range(4)]
    for thread in rivals:
        thread.start()
    for thread in rivals:
        thread.join()
    assert sorted(claim.id for claim in claims) == sorted({claim.id for claim in claims})
    assert len(claims) == 60
    assert {claim.fence for claim in claims} == {1}


def test_two_jobs_for_one_claim_at_once_leave_one_message(office):
    letter = office.happen("handler")
    (claim,) = claim_at(office)
    start = threading.Barrier(2)
    answers: list[int | None] = []

    def twin() -> None:
        start.wait()
        answers.append(deliver(office, claim))

    twins = [threading.Thread(target=twin) for _ in range(2)]
    for thread in twins:
        thread.start()
    for thread in twins:
        thread.join()
    assert sorted(answers, key=str) == [1, None]
    assert office.inboxes() == [("wang", letter)]


def test_it_keeps_a_bounded_number_of_rows_under_way(office, monkeypatch):
    monkeypatch.setattr(delivery, "MOST_IN_FLIGHT", 5)
    for _ in range(8):
        office.happen("handler")
    assert len(claim_at(office)) == 5
    assert claim_at(office) == []
    assert len(claim_at(office, 20)) == 5


def failing(office: Office, times: int) -> None:
    """Let as many attempts fail, each as soon as it may begin."""
    seconds = 0.0
    for _ in range(times):
        seconds += 61
        (claim,) = claim_at(office, seconds)
        with office.database.transaction() as tx:
            attempt = delivery.begin(tx, claim, moment=moment(seconds))
        with office.database.transaction() as tx:
            delivery.fail(
                tx, claim, attempt=attempt, error=ValueError("no\nmore"), moment=moment(seconds)
            )


def test_a_failed_attempt_is_recorded_and_tried_again_after_a_pause(office):
    letter = office.happen("handler")
    failing(office, 3)
    assert office.letter(letter)["error"] == "ValueError: no"
    assert office.letter(letter)["attempt"] == 3
    assert claim_at(office, 3 * 61 + 3.9) == []
    (claim,) = claim_at(office, 3 * 61 + 4)
    assert deliver(office, claim, 190) == 1
    assert office.letter(letter)["error"] == ""


def test_eight_failures_make_an_incident_of_the_case(office):
    letter = office.happen("handler")
    failing(office, 8)
    assert claim_at(office, 9999) == []
    with office.database.reading() as session:
        (incident,) = delivery.incidents(session, EVERYWHERE, office.case_id)
        assert delivery.incidents(session, Scope(frozenset({999}))) == []
        assert delivery.incidents(session, EVERYWHERE, office.case_id + 1) == []
    assert (incident.id, incident.number, incident.attempt) == (letter, "AP-2026-00001", 8)
    assert incident.error == "ValueError: no"


def test_eight_attempts_that_end_without_a_word_make_an_incident(office):
    letter = office.happen("handler")
    for number in range(8):
        (claim,) = claim_at(office, number * 20)
        with office.database.transaction() as tx:
            assert delivery.begin(tx, claim, moment=moment(number * 20)) == number + 1
    with office.database.transaction() as tx:
        assert not delivery.is_spent(tx, moment=moment(159))
        assert delivery.sweep(tx, moment=moment(159)) == 0
        assert delivery.is_spent(tx, moment=moment(160))
        assert delivery.sweep(tx, moment=moment(160)) == 1
    assert office.letter(letter)["state"] == "incident"


def test_a_claim_that_never_began_uses_no_attempt_up(office):
    letter = office.happen("handler")
    for number in range(20):
        assert len(claim_at(office, number * 20)) == 1
    assert office.letter(letter)["attempt"] == 0


def test_an_incident_can_be_tried_again(office):
    letter = office.happen("handler")
    failing(office, 8)
    with office.database.transaction() as tx:
        assert delivery.retry(tx, EVERYWHERE, letter).case_id == office.case_id
    (claim,) = claim_at(office, 600)
    assert deliver(office, claim, 600) == 1


def test_an_incident_can_be_closed_by_hand(office):
    letter = office.happen("handler")
    failing(office, 8)
    with office.database.transaction() as tx:
        delivery.mark_handled(tx, EVERYWHERE, letter, moment=moment(600))
    closed = office.letter(letter)
    assert (closed["state"], closed["error"]) == ("done", "ValueError: no")
    assert closed["settled_at"] == moment(600).stamp
    assert office.inboxes() == []


@pytest.mark.parametrize("scope", [EVERYWHERE, Scope(frozenset({999}))])
def test_only_an_incident_in_scope_can_be_touched(office, scope):
    letter = office.happen("handler")
    if scope is not EVERYWHERE:
        failing(office, 8)
    with office.database.transaction() as tx:
        with pytest.raises(NotFound):
            delivery.retry(tx, scope, letter)
        with pytest.raises(NotFound):
            delivery.mark_handled(tx, scope, letter, moment=moment())


def test_reconciliation_counts_what_is_late_or_does_not_match(office):
    for recipients in (("handler",), ("auditor",), ()):
        office.happen(*recipients)
    for claim in claim_at(office)[:2]:
        deliver(office, claim)
    with office.database.reading() as session:
        early = delivery.reconcile(session, moment=moment(599))
        late = delivery.reconcile(session, moment=moment(600))
    assert early.agrees
    assert not late.agrees
    assert (late.pending, late.done, late.late, late.messages, late.silent) == (1, 2, 1, 2, 0)
    office.change("UPDATE outbox SET seq = 77 WHERE state = 'pending'")
    with office.database.reading() as session:
        assert delivery.reconcile(session, moment=moment(0)).without_event == 1


def test_a_seat_is_for_one_and_falls_free_when_its_lease_lapses(office):
    first = Seat(office.database, "scheduler", "a")
    second = Seat(office.database, "scheduler", "b")
    assert first.hold(moment(0))
    assert not second.hold(moment(1))
    assert first.hold(moment(20))
    assert not second.hold(moment(49))
    assert second.hold(moment(50))
    assert not first.hold(moment(51))
    first.leave()
    assert not first.hold(moment(52))
    second.leave()
    assert first.hold(moment(53))
