"""The trail searched by key, either way; each single filter has an index of its own.

Several filters at once walk one index in spans, at most `MOST` rows, and say how far they came.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import Scope
from workflow.storage.scope import within
from workflow.storage.statements import numbers, row, rows

SPANS = (1_000, 9_000, 40_000)
MOST = sum(SPANS)
Place = tuple[str, int]  # of an event: its instant, and its id among those of one instant


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters; empty means all. `since` is the first instant, `until` the first one after.

    An event of `actions` is wanted; one of the `risky` acts or `marks` puts it at risk.
    """

    since: str = ""
    until: str = ""
    actor: str = ""
    company_id: int | None = None
    case_id: int | None = None
    license_id: int | None = None
    event_id: int | None = None
    actions: frozenset[str] = frozenset()
    risky: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Hits:
    """Places found, in order. `reached`: where the search stopped with more still to look at."""

    places: list[Place]
    reached: Place | None = None


@dataclass(frozen=True, slots=True)
class _Source:
    """An index to walk: the table, the condition it answers, the filter that is settled by it."""

    condition: str
    settles: str = ""
    table: str = "events"


@dataclass(frozen=True, slots=True)
class _Plan:
    """Sources to walk and what must hold beside; `bounded`: one subject's history, short."""

    sources: tuple[_Source, ...]
    tests: tuple[str, ...] = ()
    bounded: bool = False


@dataclass(frozen=True, slots=True)
class _Walk:
    """A plan in one direction through the trail, with the values its statements name."""

    plan: _Plan
    values: Mapping[str, Any]
    asked: Asked
    oldest: bool = False

    def order(self, of: str = "", *, back: bool = False) -> str:
        """The order of the walk, or the opposite one."""
        turn = "" if self.oldest is not back else " DESC"
        return f"{of}at{turn}, {of}id{turn}"

    def between(self, start: Place | None) -> tuple[str, dict[str, Any]]:
        """The instants wanted, beyond `start`, and every value of the statement."""
        parts, values = [], dict(self.values)
        if self.asked.since:
            parts.append("at >= :since")
            values["since"] = self.asked.since
        if self.asked.until:
            parts.append("at < :until")
            values["until"] = self.asked.until
        if start:
            parts.append(f"(at, id) {'>' if self.oldest else '<'} (:at, :id)")
            values["at"], values["id"] = start
        return "".join(f" AND {part}" for part in parts), values

    def looked_at(self, name: str) -> str:
        """The event of every place found, for the filters that no index settled."""
        tests = " AND ".join(self.plan.tests)
        return f" JOIN events e ON e.id = {name}.id WHERE {tests}" if tests else ""


def find(
    session: Session,
    scope: Scope,
    asked: Asked,
    *,
    start: Place | None = None,
    oldest: bool = False,
    limit: int = 50,
    sparing: bool = True,
) -> Hits:
    """Events beyond `start`, newest first, or `oldest` first.

    `sparing` reads little for one page; without it one walk serves page after page.
    """
    plan, values = _plan(session, scope, asked, sparing=sparing)
    walk = _Walk(plan, values, asked, oldest)
    if plan.tests and not plan.bounded:
        return _in_spans(session, walk, start, limit)
    return Hits(_by_key(session, walk, start, limit))


def count(session: Session, scope: Scope, asked: Asked, most: int) -> int | None:
    """How many match, at most `most`; None where counting would be a long walk."""
    found = newest(session, scope, asked, most)
    return None if found is None else len(found)


def newest(session: Session, scope: Scope, asked: Asked, most: int) -> list[Place] | None:
    """The newest `most` that match; None where that would be a long walk."""
    plan, values = _plan(session, scope, asked, sparing=True)
    if plan.tests and not plan.bounded:
        return None
    return _by_key(session, _Walk(plan, values, asked), None, most)


def place_of(session: Session, event_id: int) -> Place | None:
    """Where an event stands, None when there is none of this id."""
    found = row(session, "SELECT at, id FROM events WHERE id = :i", i=event_id)
    return (str(found[0]), int(found[1])) if found else None


def place_on(session: Session, chain: str, subject_id: int, seq: int) -> Place:
    """Where an event of a chain stands; it must be there."""
    (found,) = rows(
        session,
        "SELECT at, id FROM events WHERE chain = :c AND subject_id = :s AND seq = :n",
        c=chain,
        s=subject_id,
        n=seq,
    )
    return str(found[0]), int(found[1])


def _by_key(session: Session, walk: _Walk, start: Place | None, limit: int) -> list[Place]:
    """What the sources hold, merged: each is read no further than one page."""
    between, values = walk.between(start)
    most = MOST if walk.plan.tests else limit
    parts = [
        f"SELECT at, id FROM (SELECT at, id FROM {source.table} WHERE {source.condition}{between}"
        f" ORDER BY {walk.order()} LIMIT {most}) p{n}"
        for n, source in enumerate(walk.plan.sources)
    ]
    found = rows(
        session,
        f"WITH found AS MATERIALIZED ({' UNION '.join(parts)}) SELECT f.at, f.id FROM found f"
        f"{walk.looked_at('f')} ORDER BY {walk.order('f.')} LIMIT {limit}",
        **values,
    )
    return [(at, event_id) for at, event_id in found]


def _in_spans(session: Session, walk: _Walk, start: Place | None, limit: int) -> Hits:
    """Longer and longer spans of one source, until the page is full or `MOST` rows are read."""
    places: list[Place] = []
    for span in SPANS:
        found, start, read = _span(session, walk, start, span, limit - len(places))
        places += found
        if len(places) >= limit or read < span:
            return Hits(places)
    return Hits(places, start)


def _span(
    session: Session, walk: _Walk, start: Place | None, span: int, limit: int
) -> tuple[list[Place], Place | None, int]:
    """One span: what matches, where it ended, how many rows it had."""
    (source,) = walk.plan.sources
    between, values = walk.between(start)
    found = rows(
        session,
        f"WITH span AS MATERIALIZED (SELECT at, id FROM {source.table} WHERE"
        f" {source.condition}{between} ORDER BY {walk.order()} LIMIT {span}),"
        f" hits AS (SELECT s.at, s.id FROM span s{walk.looked_at('s')}"
        f" ORDER BY {walk.order('s.')} LIMIT {limit}),"
        f" edge AS (SELECT at, id FROM span ORDER BY {walk.order(back=True)} LIMIT 1)"
        " SELECT at, id, 0 FROM hits UNION ALL SELECT at, id, 1 FROM edge"
        " UNION ALL SELECT '', COUNT(*), 2 FROM span",
        **values,
    )
    by_part: dict[int, list[Place]] = {0: [], 1: [], 2: []}
    for at, event_id, part in found:
        by_part[part].append((at, event_id))
    places = sorted(by_part[0], reverse=not walk.oldest)
    return places, next(iter(by_part[1]), start), by_part[2][0][1]


def _plan(
    session: Session, scope: Scope, asked: Asked, *, sparing: bool
) -> tuple[_Plan, dict[str, Any]]:
    """Which index is walked, what is left to look at in each of its rows, and the values named."""
    tests, values = _tests(scope, asked)
    subject = _subject(session, asked, values)
    if subject is not None:
        return _Plan((subject,), tuple(tests.values()), bounded=True), values
    if tests and set(tests) <= {"kinds", "risks"} and sparing:
        union = _union(asked, values)
        if union:
            return _Plan(union), values
    source = _single(asked, tests, values)
    return _Plan((source,), tuple(t for n, t in tests.items() if n != source.settles)), values


def _tests(scope: Scope, asked: Asked) -> tuple[dict[str, str], dict[str, Any]]:
    """Every filter but the instants as a condition on the event `e`, by name."""
    tests: dict[str, str] = {}
    values: dict[str, Any] = {}
    if scope.companies is not None:
        tests["scope"] = within(scope, "e.company_id")
    if asked.company_id is not None:
        tests["company"], values["company"] = "e.company_id = :company", asked.company_id
    if asked.actor:
        tests["actor"], values["actor"] = "e.actor = :actor", asked.actor
    if asked.actions:
        tests["kinds"] = f"e.action IN ({_listed(asked.actions, values)})"
    either = [f"e.action IN ({_listed(asked.risky, values)})"] if asked.risky else []
    if asked.marks:
        listed = _listed(asked.marks, values)
        either.append(
            f"EXISTS (SELECT 1 FROM event_marks m WHERE m.id = e.id AND m.mark IN ({listed}))"
        )
    if either:
        tests["risks"] = f"({' OR '.join(either)})"
    return tests, values


def _subject(session: Session, asked: Asked, values: dict[str, Any]) -> _Source | None:
    """One event; the events of one case; of one license, its own and those of its cases."""
    if asked.event_id is not None:
        values["event_id"] = asked.event_id
        return _Source("id = :event_id")
    if asked.case_id is not None:
        values["case_id"] = asked.case_id
        return _Source("case_id = :case_id")
    if asked.license_id is None:
        return None
    values["license"] = asked.license_id
    found = rows(session, "SELECT id FROM cases WHERE license_id = :l", l=asked.license_id)
    cases = numbers([number for (number,) in found])
    return _Source(f"(chain = 'license' AND subject_id = :license OR case_id IN ({cases}))")


def _union(asked: Asked, values: dict[str, Any]) -> tuple[_Source, ...]:
    """A source for every act and mark, where these together are the whole answer."""
    if asked.actions and asked.marks:
        return ()
    both = asked.actions and asked.risky
    acts = asked.actions & asked.risky if both else asked.actions or asked.risky
    found = [_Source(f"action = {_listed([act], values)}") for act in sorted(acts)]
    found += [_marked(mark, values) for mark in sorted(asked.marks)]
    return tuple(found) or (_Source("1 = 0"),)


def _single(asked: Asked, tests: Mapping[str, str], values: dict[str, Any]) -> _Source:
    """The one index that is likely to have the fewest rows to walk."""
    if "company" in tests:
        return _Source("company_id = :company", "company")
    if len(asked.marks) == 1 and not asked.risky:
        return _marked(next(iter(asked.marks)), values)
    if "actor" in tests:
        return _Source("actor = :actor", "actor")
    for name, acts in (("risks", asked.risky), ("kinds", asked.actions)):
        if len(acts) == 1 and not (name == "risks" and asked.marks):
            return _Source(f"action = {_listed(acts, values)}", name)
    return _Source("1 = 1")


def _marked(mark: str, values: dict[str, Any]) -> _Source:
    return _Source(f"mark = {_listed([mark], values)}", "risks", "event_marks")


def _listed(words: Iterable[str], values: dict[str, Any]) -> str:
    """A named place in the statement for each word."""
    names = []
    for word in sorted(words):
        known = (n for n, v in values.items() if n[:2] == "w_" and v == word)
        name = next(known, f"w_{len(values)}")
        values[name] = word
        names.append(name)
    return ", ".join(f":{name}" for name in names)
