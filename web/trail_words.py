"""How an entry of the trail reads: codes become words, commitments are opened, names masked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from web.access import current_actor
from web.field_words import Reading, calendar_word, chosen_word, field_word, parted
from web.i18n import language
from web.ports import desk
from web.trail_gist import gist
from web.trail_verdicts import Judged, judged
from web.writes import instant
from workflow.domain.audit import canonical, seal
from workflow.domain.errors import NotFound
from workflow.domain.procedure import Text
from workflow.law import catalogue
from workflow.services import trail_actors, trail_finder, trail_kinds
from workflow.services.trail import EventLine, TrailPage
from workflow.services.trail_finder import Around, Wanted

TITLES = {
    ("company", True): Text("录入企业档案", "Company file entered"),
    ("company", False): Text("更新企业档案", "Company file changed"),
    ("license", True): Text("登记既有许可证", "Existing license entered"),
    ("license", False): Text("更新许可证", "License changed"),
}
OPEN_SERVICE = Text("登记开通业务", "Service opening recorded")
TONES = {
    "state": "auth",
    "material": "brand",
    "correction": "client",
    "review": "ok",
    "waiver": "warn",
    "rectified": "warn",
}


def second(stamp: str) -> str:
    """`2026-03-18 09:02:11` in the agency's time zone; with the year, on paper too."""
    local = instant(stamp).astimezone(ZoneInfo(desk().settings.timezone))
    return f"{local:%Y-%m-%d %H:%M:%S}"


@dataclass(frozen=True, slots=True)
class Change:
    """One field before and after; None where there was or is nothing."""

    label: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One event of the trail for a reader; `full` leaves nothing masked."""

    event: EventLine
    page: TrailPage
    marks: frozenset[str] = frozenset()
    around: Around | None = None
    full: bool = False

    @property
    def title(self) -> Text:
        """What happened."""
        event = self.event
        if event.action == "open_service":
            return OPEN_SERVICE
        if event.action == "set_facts" and event.chain != "case":
            return TITLES[event.chain, event.seq == 1]
        return catalogue.label_of("event", event.action)

    @property
    def gist(self) -> str:
        """With what it happened."""
        return gist(self)

    @property
    def kind(self) -> tuple[Text, str]:
        """The kind of event and the tone of its tag."""
        kind = trail_kinds.kind_of(self.event.action)
        return trail_kinds.KINDS[kind], TONES.get(kind, "neut")

    @property
    def risks(self) -> list[Text]:
        """Why it deserves a second look, as the presets say it."""
        found = trail_kinds.risks_of(self.event.action, self.marks)
        return [trail_kinds.RISKS[risk] for risk in found]

    @property
    def who(self) -> str:
        """Who acted, by the name sealed then; a program by what it is."""
        program = trail_actors.program(self.event)
        return program.read(language()) if program else self.page.name(self.event)

    @property
    def by_program(self) -> bool:
        """True when no person and no client of the API acted."""
        return trail_actors.program(self.event) is not None

    @property
    def actor_kind(self) -> Text:
        """Whether a person, a job, an API client or a program acted."""
        return trail_actors.kind(self.event)

    @property
    def account(self) -> str:
        """Whose account it is about; for a failed sign-in also that nobody has the name."""
        if trail_actors.tried_unknown(self.event):
            return trail_actors.UNKNOWN_NAME.read(language())
        return trail_actors.account(self.event, self.page)

    @property
    def instead_of(self) -> str:
        """For whom they acted, standing in; empty for their own acts."""
        absent = self.event.body.get("on_behalf_of")
        return self.page.names.get(absent, (absent, ""))[0] if absent else ""

    @property
    def role(self) -> Text:
        """The role in which a person acted; of anything else the kind of actor."""
        return trail_actors.capacity(self.event)

    @property
    def at(self) -> str:
        """The instant to the second."""
        return second(self.event.at)

    @property
    def moved(self) -> bool:
        """True when the state changed."""
        return self.event.source != self.event.target and self.event.target is not None

    @property
    def on(self) -> date:
        """The legal day of the act; it may lie before the day it was recorded."""
        return date.fromisoformat(self.event.body["on"])

    @property
    def given(self) -> list[tuple[str, str]]:
        """The answers, opened."""
        given: Mapping[str, Any] = self.event.body.get("given") or {}
        return [
            (field_word(name, self.event.action), words)
            for name, value in given.items()
            if name != "taken" and (words := self.side(name, value)) is not None
        ]

    @property
    def reason(self) -> str | None:
        """The note that came with the act; erased notes say so."""
        return self.side("reason", self.event.body.get("reason"))

    @property
    def changes(self) -> list[Change]:
        """Every field that changed; from nothing to an empty list is no change to a reader."""
        found = map(self.change, parted(self.event.body.get("changes") or ()))
        return [change for change in found if change.old or change.new]

    def change(self, change: Mapping[str, Any]) -> Change:
        """One changed field in words."""
        field = change["field"]
        old, new = (self.side(field, change.get(side)) for side in ("old", "new"))
        return Change(field_word(field, self.event.action), old, new)

    def side(self, field: str, value: object) -> str | None:
        """A value in words, None for nothing; what was erased beside the trail says so."""
        if value in (None, [], {}, ""):
            return None
        chosen = chosen_word(field, value, self.event.action)
        if chosen is not None:
            return chosen
        reading = Reading(self.event.chain, self.page.names, self.page.words, self.full)
        return reading.value(field, value)

    @property
    def masks(self) -> bool:
        """True when something of it is masked that could be shown."""
        shown = replace(self, full=True)
        return not self.full and (self.changes, self.given) != (shown.changes, shown.given)

    @property
    def verdicts(self) -> list[Judged]:
        """The conditions judged with this act, those that refuse first."""
        return judged(self.event.body.get("guard_results") or [], self.judged_on)

    @property
    def judged_on(self) -> date:
        """The day whose rules applied: that of the first filing, once there was one."""
        filed = self.around.filed_on if self.around else None
        return filed if filed and filed < self.on else self.on

    @property
    def files(self) -> list[tuple[str, int | None, str]]:
        """Material, version and SHA-256 of every file that came in or went out."""
        body = self.event.body
        told = [
            *(body.get("material_hashes") or ()),
            *((body.get("given") or {}).get("taken") or ()),
        ]
        return [
            (catalogue.material_name(f["material"]).read(language()), f.get("version"), f["sha256"])
            for f in told
        ]

    @property
    def calendar(self) -> str | None:
        """Which holiday notices were in use."""
        version = self.event.body.get("calendar_version")
        return calendar_word(version) if version else None

    @property
    def intact(self) -> bool:
        """True when the content still gives the hash that was kept, and the next one names it."""
        return self.recomputed == self.event.hash and self.linked

    @property
    def recomputed(self) -> str:
        """The hash that the content gives now."""
        return seal(self.event.prev, canonical(self.event.body))

    @property
    def linked(self) -> bool:
        """True when the next event on the chain, if there is one, names this one's hash."""
        found = self.around
        return found is None or found.next_prev in (None, self.event.hash)


def entries(
    page: TrailPage,
    marks: Mapping[int, frozenset[str]] | None = None,
    around: Mapping[int, Around] | None = None,
) -> list[Entry]:
    """The events of a page, in its order."""
    marks, around = marks or {}, around or {}
    return [
        Entry(event, page, marks.get(event.id, frozenset()), around.get(event.id))
        for event in page.events
    ]


def one_entry(session: Session, event_id: int) -> Entry:
    """One event of the trail; NotFound outside the reader's scope."""
    wanted = Wanted(zone=desk().settings.timezone, event_id=event_id)
    found = trail_finder.find(session, current_actor(), wanted, limit=1)
    if not found.page.events:
        raise NotFound
    (entry,) = entries(found.page, found.marks, found.around)
    return entry
