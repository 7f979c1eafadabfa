"""Long work carried on without a worker: what is due is done at once, share by share."""

from __future__ import annotations

from tests.support.cast import moment
from workflow.services import delivery, long_running
from workflow.services.database import Database


def run_errands(database: Database) -> None:
    """Everything that waits, to its end; a failure is the test's."""
    with database.transaction() as tx:
        claims = delivery.claim_due(tx, moment=moment())
    for claim in claims:
        assert long_running.go_on(database, claim, moment) == "ended"
