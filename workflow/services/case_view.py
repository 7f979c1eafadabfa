"""One case as its page shows it: blockers, materials, rounds, dates, acts, story. Read only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.domain.clock import Reading
from workflow.domain.errors import NotFound
from workflow.domain.facts import Company
from workflow.domain.guard import Finding, Guard
from workflow.domain.procedure import Role, Rule, State, Text
from workflow.law import catalogue
from workflow.services import conflicts, lists, self_checking
from workflow.services.conflicts import Met
from workflow.services.desk import case_scope, standing_of
from workflow.services.listed_material import ITEM_STATES, Item
from workflow.services.self_checking import Line
from workflow.services.standing import Standing
from workflow.storage import case_parts, reads, stories
from workflow.storage.case_parts import Parts
from workflow.storage.register_lists import LicenseLine
from workflow.storage.rows import CaseRow
from workflow.storage.stories import PointLine, VersionLine


@dataclass(frozen=True, slots=True)
class Blocker:
    """A finding with the guard it belongs to."""

    finding: Finding
    guard: Guard

    def sentence(self, language: str) -> str:
        """What is required and what was found, in words."""
        return catalogue.sentence(self.finding, language)

    @property
    def outcome(self) -> str:
        """unmet, unknown, waived, warned or met: the order in which they are shown.

        What passes only because nobody answered is shown beside the warnings, not as met.
        """
        if self.finding.result == "fail":
            return "waived" if self.finding.waived_by else "unmet"
        if self.finding.says == "silent":
            return "warned"
        return {"unknown": "unknown", "warn": "warned"}.get(self.finding.result, "met")


@dataclass(frozen=True, slots=True)
class Round:
    """One correction round with its points."""

    no: int
    points: tuple[PointLine, ...]

    @property
    def open(self) -> bool:
        """True until the full correction was handed in."""
        return self.points[0].closed_on is None

    @property
    def answered(self) -> int:
        """How many points have an answer."""
        return sum(point.answer is not None for point in self.points)


@dataclass(frozen=True, slots=True)
class Offer:
    """An act the case offers now: allowed, or the reason why not for this person."""

    rule: Rule
    allowed: bool
    why: Text | None = None
    unmet: int = 0


class CaseView:
    """Everything the case page needs; parts are read when the page asks for them."""

    def __init__(self, session: Session, case: CaseRow, actor: Actor, moment: Moment) -> None:
        self.session, self.case, self.actor, self.moment = session, case, actor, moment
        self.standing = Standing(session, case, moment.today)

    @cached_property
    def company(self) -> Company:
        """The client company's facts as they are, whatever the case is to change."""
        company: Company = self.standing.facts.fixed["applicant"]
        return company

    @property
    def report(self) -> bool:
        """True when the authority takes note of the case and decides nothing."""
        return catalogue.is_report(self.case.procedure, self.case.facts)

    @property
    def standing_word(self) -> str:
        """The state as a handler says it."""
        case = self.case
        return standing_of(case.state, case.folded, turn=case.turn, report=self.report)

    @cached_property
    def self_check(self) -> tuple[Line, ...]:
        """The look-back self-check of a renewal, nothing for other cases."""
        return self_checking.lines(self.standing.facts) if self.case.procedure == "renewal" else ()

    @cached_property
    def parts(self) -> Parts:
        """What lies beside the case, read in one statement."""
        me = int(self.actor.id) if self.actor.id.isdigit() else 0
        case = self.case
        return case_parts.read(self.session, case.company_id, case.id, case.number, me)

    @property
    def names(self) -> Mapping[str, tuple[str, str]]:
        """Account id -> name and role."""
        return self.parts.names

    @property
    def handler(self) -> str:
        """The handler's name."""
        return self.names.get(self.case.handler_id, (self.case.handler_id, ""))[0]

    @property
    def reviewer(self) -> str | None:
        """The reviewer's name, None while nobody has reviewed."""
        found = self.case.reviewer_id
        return self.names.get(found, (found, ""))[0] if found else None

    @cached_property
    def blockers(self) -> tuple[Blocker, ...]:
        """Every verdict: unmet, unknown, warned, waived, met, in this order."""
        order = ("unmet", "unknown", "warned", "waived", "met")
        found = [Blocker(f, catalogue.LAW.guards[f.code]) for f in self.standing.findings]
        return tuple(sorted(found, key=lambda b: order.index(b.outcome)))

    @property
    def unmet(self) -> int:
        """How many conditions stand in the way of the next filing."""
        return sum(blocker.finding.refuses for blocker in self.blockers)

    @cached_property
    def meetings(self) -> tuple[Met, ...]:
        """Open cases of the client that will meet this one, while it is not filed."""
        return conflicts.among(self.parts.others, self.case, self.standing.facts.license)

    @cached_property
    def required(self) -> tuple[catalogue.Requirement, ...]:
        """What the law asks for, in the order of its list."""
        return catalogue.required(self.standing.procedure, self.standing.facts)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Materials: missing, expired, asked for again, then ready, then those beside the list."""
        versions = self.parts.versions
        listed = self.required
        covered = {code for requirement in listed for code in requirement.codes}
        found = [
            replace(self._item(r.codes, versions, required=True), why=r.why, encloses=r.encloses)
            for r in listed
        ]
        extra = dict.fromkeys(v.code for v in versions if v.code not in covered)
        found += [self._item((code,), versions, required=False) for code in extra]
        return tuple(sorted(found, key=lambda item: ITEM_STATES.index(item.state)))

    def _item(
        self,
        codes: tuple[str, ...],
        versions: list[VersionLine],
        *,
        required: bool,
    ) -> Item:
        papers = self.standing.facts.papers
        own = tuple(v for v in versions if v.code in codes)
        held = next((code for code in codes if code in papers), None)
        until = papers[held].valid_until if held else None
        points = self.rounds[0].points if self.rounds and self.rounds[0].open else ()
        return Item(
            material=catalogue.LAW.materials[codes[0]],
            alternatives=tuple(catalogue.LAW.materials[code] for code in codes[1:]),
            versions=own,
            in_hand=held,
            expired=until is not None and until < self.moment.today,
            required=required,
            asked=tuple(point for point in points if point.about in codes),
        )

    @cached_property
    def rounds(self) -> tuple[Round, ...]:
        """Correction rounds, newest first."""
        if not any(act.do == "request_correction" for act in self.case.folded):
            return ()
        points = self.parts.points
        numbers = dict.fromkeys(point.round for point in points)
        return tuple(Round(no, tuple(p for p in points if p.round == no)) for no in numbers)

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """Every clock, running ones first."""
        return tuple(sorted(self.standing.readings, key=lambda r: (not r.running, r.due)))

    @property
    def reply_by(self) -> date | None:
        """The day the open round must be answered by, if the authority set one."""
        return self.rounds[0].points[0].reply_by if self.rounds and self.rounds[0].open else None

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        """What can be done now, then what cannot and why. Acts of the clock are left out."""
        found = [self._offer(r) for r in self.standing.rules if r.by != {Role.CLOCK}]
        return tuple(sorted(found, key=lambda offer: not offer.allowed))

    def _offer(self, rule: Rule) -> Offer:
        if self.actor.role not in rule.by:
            who = sorted(rule.by - {Role.CLOCK})
            zh = "、".join(catalogue.label_of("role", role).zh for role in who)
            en = " or ".join(catalogue.label_of("role", role).en.lower() for role in who)
            return Offer(rule, allowed=False, why=Text(f"须由{zh}办理", f"For the {en} to do"))
        own = self.actor.id in self.case.pack.get("changed_by", ())
        if rule.trigger == "sign_off" and own:
            why = Text("不能复核自己整理的材料", "You cannot review a pack you prepared")
            return Offer(rule, allowed=False, why=why)
        if rule.guards and self.unmet:
            why = Text(f"还差 {self.unmet} 项", f"{self.unmet} conditions left")
            return Offer(rule, allowed=False, why=why, unmet=self.unmet)
        return Offer(rule, allowed=True)

    @cached_property
    def story(self) -> lists.TrailPage:
        """The newest events with their names and words."""
        scope, number = case_scope(self.actor), self.case.number
        events = stories.events_page(self.session, scope, case_number=number)
        return lists.TrailPage(events, stories.opened_values(self.session, events), self.names)

    @cached_property
    def license(self) -> LicenseLine | None:
        """The license this case is about, or the one it created."""
        if self.case.license_id is None:
            return None
        return lists.license_(self.session, self.actor, self.case.license_id)

    @property
    def tasks(self) -> list[tuple[str, date]]:
        """Follow-up tasks that are open: code and opening day. A decision brings them."""
        return self.parts.tasks if self.case.state == State.APPROVED else []

    @property
    def may_change_pack(self) -> bool:
        """True when this person may hand in materials now."""
        open_ = (State.DRAFT, State.MATERIAL_PREP, State.CORRECTION_REQUESTED)
        return self.case.state in open_ and self.actor.role in (Role.HANDLER, Role.REVIEWER)

    def rule(self, trigger: str) -> Rule | None:
        """The act `trigger` as offered now, or None."""
        return next((r for r in self.standing.rules if r.trigger == trigger), None)


def view(session: Session, number: str, actor: Actor, moment: Moment) -> CaseView:
    """One case for one person. Raises NotFound outside the scope."""
    case = reads.case_by_number(session, number)
    if not case_scope(actor).allows(case.company_id):
        raise NotFound
    return CaseView(session, case, actor, moment)
