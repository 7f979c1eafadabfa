"""The trail leaves the desk exactly as filtered: a table, or sealed lines with a manifest.

Personal values are commitments unless the full export was asked for, with a reason. The export is
on the office's own chain before its first line is written.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.domain.audit import canonical
from workflow.law import catalogue
from workflow.services import trail_actors, trail_finder, trail_kinds
from workflow.services.advance import record_about
from workflow.services.desk import case_scope
from workflow.services.exporting import OFFICE
from workflow.services.lists import TrailPage
from workflow.services.sealing import Request
from workflow.services.sheet_out import as_csv, csv_line
from workflow.services.trail_finder import Wanted
from workflow.storage import trail_search
from workflow.storage.database import Database
from workflow.storage.rows import compact
from workflow.storage.stories import EventLine
from workflow.storage.trail_search import Place

Form = Literal["csv", "jsonl"]
MEDIA: Mapping[Form, str] = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson"}
AT_ONCE = 50_000
"""More events than this are exported as long work."""
BATCH = 500
_HEAD = {
    "zh": ["序号", "时间", "操作人", "操作者", "角色", "类型", "发生了什么", "对象",
           "企业", "原状态", "新状态", "变更", "填写", "理由", "请求号", "前一条", "本条"],
    "en": ["No.", "Time", "Actor", "Kind of actor", "Role", "Kind", "What happened", "Subject",
           "Client", "From", "To", "Changes", "Answers", "Reason", "Request", "Previous hash",
           "Hash"],
}  # fmt: skip
_HIDDEN = {"zh": "（已遮盖）", "en": "(masked)"}
_GONE = {"zh": "（已删除）", "en": "(erased)"}


@dataclass(frozen=True, slots=True)
class Export:
    """What is exported, in which form and language; `full` opens personal values."""

    wanted: Wanted
    form: Form
    language: str
    full: bool = False

    def as_given(self) -> dict[str, Any]:
        """As long work keeps it."""
        filters = {name: getattr(self.wanted, name) for name in Wanted.__slots__}
        for name in ("first", "last"):
            filters[name] = filters[name] and filters[name].isoformat()
        told = {"form": self.form, "language": self.language, "full": self.full}
        return {"filter": {k: v for k, v in filters.items() if v}, **told}

    @classmethod
    def from_given(cls, given: Mapping[str, Any]) -> Export:
        """Read back what `as_given` wrote."""
        return cls(
            Wanted.of(given["filter"]), given["form"], given["language"], bool(given["full"])
        )


@dataclass(slots=True)
class Reached:
    """How far an export has come. `digest`: each line hashed after the digest before it.

    It starts below the `place` of the event that announced it.
    """

    place: Place | None = None
    begun: bool = False
    count: int = 0
    first: dict[str, Any] = field(default_factory=dict)
    last: dict[str, Any] = field(default_factory=dict)
    digest: str = ""


def announce(
    tx: Session,
    export: Export,
    lines: int | None,
    reason: str,
    *,
    actor: Actor,
    moment: Moment,
    request: Request = Request(),  # noqa: B008
) -> Place:
    """Tell the trail who takes what out; where it stands. `lines` None: more than was counted."""
    told: dict[str, Any] = {
        "scope": canonical(export.as_given()["filter"]),
        "form": export.form,
        "personal_values": "full" if export.full else "masked",
        "lines": AT_ONCE + 1 if lines is None else lines,
        **({"reason": reason} if reason else {}),
    }
    seq = record_about(
        tx,
        "office",
        OFFICE,
        "export",
        actor=actor,
        moment=moment,
        change=lambda: [{"field": n, "old": None, "new": v} for n, v in told.items()],
        personal=frozenset({"reason"}),
        request=request,
    )
    return trail_search.place_on(tx, "office", OFFICE, seq)


def parts(
    database: Database, export: Export, reader: Actor, moment: Moment, reached: Reached
) -> Generator[bytes, None, None]:
    """The file batch by batch; `reached` follows, and another run goes on behind it."""
    if not reached.begun:
        reached.begun = True
        yield from _opening(export)
    while True:
        with database.reading() as session:
            page, place, more = _batch(session, export.wanted, reader, reached.place)
        if page.events:
            text = b"".join(_lines(export, page, reached))
            reached.place = place
            yield text
        reached.place = place or reached.place
        if not more:
            break
    if export.form == "jsonl":
        yield _manifest(export, reader, moment, reached)


def _batch(
    session: Session, wanted: Wanted, reader: Actor, start: Place | None
) -> tuple[TrailPage, Place | None, bool]:
    hits = trail_search.find(
        session,
        case_scope(reader),
        wanted.asked(),
        start=start,
        limit=BATCH,
        sparing=False,
    )
    page, _, _ = trail_finder.opened(session, [event_id for _, event_id in hits.places])
    full = len(hits.places) >= BATCH
    place = hits.places[-1] if full else hits.reached or (hits.places and hits.places[-1]) or None
    return page, place, full or hits.reached is not None


def _opening(export: Export) -> Iterator[bytes]:
    if export.form == "csv":
        yield from as_csv(_HEAD[export.language], ())


def _lines(export: Export, page: TrailPage, reached: Reached) -> Iterator[bytes]:
    for event in page.events:
        line = _row(export, page, event) if export.form == "csv" else _sealed(export, page, event)
        reached.count += 1
        reached.last = {"id": event.id, "hash": event.hash}
        reached.first = reached.first or reached.last
        reached.digest = hashlib.sha256(reached.digest.encode() + line).hexdigest()
        yield line


def _row(export: Export, page: TrailPage, event: EventLine) -> bytes:
    """One event as a line of the table."""
    language, body = export.language, event.body
    local = datetime.fromisoformat(event.at).astimezone(ZoneInfo(export.wanted.zone))
    state = [
        catalogue.label_of("state", code).read(language) if code else ""
        for code in (event.source, event.target)
    ]
    shown = _Opened(export, page)
    row = [
        event.id, f"{local:%Y-%m-%d %H:%M:%S}", shown.person(event),
        trail_actors.kind(event).read(language),
        trail_actors.capacity(event).read(language),
        trail_kinds.KINDS[trail_kinds.kind_of(event.action)].read(language),
        catalogue.label_of("event", event.action).read(language),
        shown.subject(event), event.company,
        *state, *(_compact(shown.value(body.get(name))) for name in ("changes", "given")),
        _compact(shown.value(body.get("reason"))), body.get("request_id") or "",
        event.prev, event.hash,
    ]  # fmt: skip
    return csv_line(row)


def _sealed(export: Export, page: TrailPage, event: EventLine) -> bytes:
    """One event as it was sealed; its hash follows from `body`, verbatim, and `prev` alone.

    A line feed cannot be in a canonical body; one that was smuggled in shows as an altered body.
    """
    line: dict[str, Any] = {"hash": event.hash, "id": event.id}
    if export.full:
        line["values"] = {c: page.words.get(c) for c in sorted(_commitments(event.body))}
    body = event.text.replace("\n", " ")
    return f'{{"body":{body},{canonical(line)[1:]}\n'.encode()


def _manifest(export: Export, reader: Actor, moment: Moment, reached: Reached) -> bytes:
    told = {
        **export.as_given(),
        "count": reached.count,
        "first": reached.first,
        "last": reached.last,
        "digest": reached.digest,
        "digest_rule": "d = hex(SHA-256(d before, as text, then the line with its line feed))",
        "hash_rule": "see README.txt of the proof pack",
        "made_at": moment.stamp,
        "made_by": reader.id,
    }
    return (canonical({"manifest": told}) + "\n").encode()


@dataclass(frozen=True, slots=True)
class _Opened:
    """Values as this export may show them."""

    export: Export
    page: TrailPage

    def person(self, event: EventLine) -> str:
        """The name sealed then, masked after its first character unless the export is full."""
        program = trail_actors.program(event)
        return program.read(self.export.language) if program else self._name(self.page.name(event))

    def subject(self, event: EventLine) -> str:
        """What it is about; an account by the name of its person."""
        if trail_actors.tried_unknown(event):
            return trail_actors.UNKNOWN_NAME.read(self.export.language)
        return self._name(trail_actors.account(event, self.page)) or event.subject

    def _name(self, name: str) -> str:
        return name if self.export.full or not name else name[:1] + "*"

    def value(self, value: Any) -> Any:  # noqa: ANN401 - any JSON value
        if isinstance(value, dict) and "commitment" in value:
            if not self.export.full:
                return _HIDDEN[self.export.language]
            kept = self.page.words.get(value["commitment"])
            return _GONE[self.export.language] if kept is None else kept
        if isinstance(value, dict):
            return {name: self.value(part) for name, part in value.items()}
        if isinstance(value, list):
            return [self.value(part) for part in value]
        return value


def _compact(value: Any) -> str:  # noqa: ANN401 - any JSON value
    if value in (None, [], {}):
        return ""
    return value if isinstance(value, str) else compact(value)


def _commitments(node: Any) -> set[str]:  # noqa: ANN401 - any JSON value
    if isinstance(node, Mapping):
        own = {node["commitment"]} if isinstance(node.get("commitment"), str) else set()
        return own.union(*(_commitments(part) for part in node.values()))
    return (
        set[str]().union(*(_commitments(part) for part in node))
        if isinstance(node, list)
        else set()
    )


def resumed(cursor: str, start: Place) -> Reached:
    """What a report's cursor says; from `start` without one."""
    if not cursor:
        return Reached(start)
    told = json.loads(cursor)
    place = told.pop("place")
    return replace(Reached(**told), place=tuple(place) if place else None)


def cursor_of(reached: Reached) -> str:
    """How far it has come, as a report keeps it."""
    names = Reached.__slots__
    return json.dumps({name: getattr(reached, name) for name in names})
