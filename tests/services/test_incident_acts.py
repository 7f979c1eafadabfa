"""What a person does about a message that could not be delivered stands on the trail."""

from __future__ import annotations

import pytest

from tests.support.cast import Cast, moment
from workflow.domain.errors import NotFound, RoleMissing
from workflow.services import delivery, incident_acts, trail
from workflow.storage.statements import row, run


def broken_message(cast: Cast, number: str) -> int:
    """The newest outbox row of a case, tried as often as allowed."""
    with cast.database.transaction() as tx:
        found = row(
            tx,
            "SELECT MAX(o.id) FROM outbox o JOIN cases c ON c.id = o.case_id WHERE c.number = :n",
            n=number,
        )
        assert found
        run(tx, "UPDATE outbox SET state = 'incident', attempt = 8 WHERE id = :i", i=found[0])
    return int(found[0])


@pytest.mark.parametrize(
    ("act", "action", "state"),
    [
        (incident_acts.retry, "retry_message", "pending"),
        (incident_acts.mark_handled, "handle_message", "done"),
    ],
)
def test_it_settles_an_incident_and_says_who_did(cast: Cast, act, action, state) -> None:
    number = cast.submitted()
    broken = broken_message(cast, number)
    with cast.database.transaction() as tx:
        moved = act(tx, number, broken, actor=cast["wang"], moment=moment())
    with cast.database.reading() as session:
        assert row(session, "SELECT state FROM outbox WHERE id = :i", i=broken) == (state,)
        told = row(
            session,
            "SELECT action FROM events e JOIN cases c ON c.id = e.case_id"
            " WHERE c.number = :n AND e.seq = :s",
            n=number,
            s=moved.version,
        )
        assert told == (action,)
        assert not delivery.incidents(session, cast["wang"].scope)
        assert trail.verify(session).intact


def test_it_refuses_auditors_other_cases_and_what_is_no_incident(cast: Cast) -> None:
    number = cast.submitted()
    with cast.database.reading() as session:
        sent = row(session, "SELECT MAX(id) FROM outbox")
    assert sent
    with pytest.raises(NotFound), cast.database.transaction() as tx:
        incident_acts.retry(tx, number, sent[0], actor=cast["wang"], moment=moment())
    broken = broken_message(cast, number)
    with pytest.raises(RoleMissing), cast.database.transaction() as tx:
        incident_acts.retry(tx, number, broken, actor=cast["zhou"], moment=moment())
    with pytest.raises(NotFound), cast.database.transaction() as tx:
        incident_acts.retry(tx, number, broken, actor=cast["chen"], moment=moment())
    with cast.database.reading() as session:
        assert [i.id for i in delivery.incidents(session, cast["wang"].scope)] == [broken]
