"""Verification of the trail, chains to triggers: in constant memory, resumable."""

from __future__ import annotations

import json
from collections.abc import Generator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from sqlmodel import Session

from workflow.domain.audit import commitment
from workflow.services import chain_walk, marking, sweeping, tree_walk
from workflow.services.chain_walk import MOST_NOTICES, Walked
from workflow.services.database import Database
from workflow.storage import chains, keeping, promises, retention, sweep, tree, triggers

Notice = tuple[str, str]
_VALUES = 1000
_SWEPT = json.dumps(asdict(Walked(len(chains.CHAINS))))
"""Where the walk goes on when the chains are known to be sound."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification saw. `place` names the first break, empty when intact.

    `sealed` events are covered by a checkpoint, `unsealed` ones are younger than the last.
    `notices` (what, where) are no breaks: a clock set back, a key that was replaced.
    """

    chains: int
    events: int
    place: str = ""
    why: str = ""
    sealed: int = 0
    unsealed: int = 0
    notices: tuple[Notice, ...] = ()

    @property
    def intact(self) -> bool:
        """True when nothing is broken."""
        return not self.place


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it has come: events read of all, and from where another run would go on."""

    done: int
    total: int
    cursor: str


def verify(session: Session, *, published: Sequence[Path] = ()) -> Verdict:
    """Walk the whole trail over the stored bytes; stops at the first place that does not hold."""
    return _through(walk(session, published=published))


def verify_all(database: Database, *, published: Sequence[Path] = ()) -> Verdict:
    """The same, quickly: a sweep over the bytes by two processes, and the walk where it stumbles.

    What the sweep calls sound the walk would pass; every other verdict is the walk's own.
    """
    theirs, quick = sweeping.started(database), None
    try:
        mine = sweeping.swept(database, sweeping.MINE)
        with database.reading() as session:
            sweep.take_time(session)
            if mine:
                with suppress(ValueError):  # a leaf that is no hash is for the walk to name
                    quick = _through(walk(session, published=published, cursor=_SWEPT))
    finally:
        rest = theirs()
    with database.reading() as session:
        sound = sweeping.together(mine, rest)
        if sound and quick and quick.intact:
            newest = tree.last_checkpoint(session)
            unsealed = sweep.unsealed(session, newest.size if newest else 0)
            return replace(
                quick,
                chains=sound.chains,
                events=sound.events,
                sealed=sound.events - unsealed,
                unsealed=unsealed,
            )
        return _through(walk(session, published=published))


def _through(steps: Generator[Progress, None, Verdict]) -> Verdict:
    while True:
        try:
            next(steps)
        except StopIteration as ended:
            verdict: Verdict = ended.value
            return verdict


def walk(
    session: Session, *, published: Sequence[Path] = (), cursor: str = ""
) -> Generator[Progress, None, Verdict]:
    """The same step by step. `published` are files of checkpoints kept outside the database.

    It may be left at any step, or killed: it wrote nothing, and `cursor` of the last Progress lets
    another run go on behind the last chain that was walked whole.
    """
    walked = Walked(**json.loads(cursor)) if cursor else Walked()
    newest, total = tree.last_checkpoint(session), chains.count(session)
    sealed = newest.size if newest else 0
    fault: tuple[str, str] | None = None
    for found in chain_walk.walk(session, walked, sealed):
        fault = found
        yield Progress(walked.events, total, json.dumps(asdict(walked)))
    if not fault and (lost := chains.without_subject(session)):
        fault = lost, "orphan"
    notices = [(what, where) for what, where in walked.notices]
    if not fault:
        listed = tree_walk.read_list(session)
        fault, notices = listed.fault, notices + listed.notices
        for step in tree_walk.walk(session, published, listed) if not fault else ():
            if isinstance(step, tuple):
                fault = step
            yield Progress(walked.events, total, json.dumps(asdict(walked)))
    if not fault:
        fault = _first_false_value(session) or _first_alone(session)
        notices += [
            ("erased", f"office:{gone.seq}, {gone.day}, {gone.actor}, {gone.count}")
            for gone in keeping.tombstones(session, MOST_NOTICES, "value")
        ]
    if not fault:
        fault = marking.first_fault(session)
    if not fault and (trigger := triggers.first_fault(session)):
        fault = f"trigger:{trigger}", "unguarded"
    place, why = fault or ("", "")
    return Verdict(
        walked.chains,
        walked.events,
        place,
        why,
        walked.events - walked.unsealed,
        walked.unsealed,
        tuple(notices),
    )


def _first_alone(session: Session) -> tuple[str, str] | None:
    """A promise whose row is gone, or a tombstone that no sealed act explains."""
    if lost := promises.first_lost(session):
        return lost, "forgotten"
    unfounded = promises.first_unfounded(session)
    return (unfounded, "unfounded") if unfounded else None


def _first_false_value(session: Session) -> tuple[str, str] | None:
    """A value that does not open its commitment, or is gone without an event that says so."""
    after = ""
    while found := retention.page_of_values(session, after, _VALUES):
        for promised, field, salt, value, erased in found:
            if value is None:
                opens, why = promised in (erased or ""), "unbacked"
            else:
                opens, why = commitment(salt or "", field, value) == promised, "unopened"
            if not opens:
                return f"value:{promised[:16]}", why
        after = found[-1][0]
    return None
