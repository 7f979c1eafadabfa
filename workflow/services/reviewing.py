"""A pack under review, item by item: what is in it, what changed, what was found, what is left."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.domain.errors import BadInput, NotOffered, RoleMissing
from workflow.domain.procedure import Role, Text
from workflow.services.advance import Moved, advance
from workflow.services.case_view import CaseView, view
from workflow.services.filing_pack import current, pack_order
from workflow.services.listed_material import Item
from workflow.services.sealing import Request
from workflow.storage import reviews
from workflow.storage.reviews import Stored, Verdict
from workflow.storage.stories import VersionLine

PASS, RETURN = "pass", "return"
_ANSWERS = ("sign_off", "return_pack")
LONGEST_REASON = 2000
OWN = Text("不能复核自己整理的材料", "You cannot review a pack you prepared")
_NOT_WAITING = Text("这个案件现在没有送复核", "This case is not waiting for a review")
_REPLACED = Text(
    "材料刚换了版本，请看过新版本再给结论", "The file was just replaced. Look at the new version"
)
SEEN = Text("请确认其余各项都已看过", "Confirm that you have looked at all the rest")
_NO_REASON = Text("请写明退回的原因", "Say why it is returned")
_TICKS = Text(
    "请先勾选全部核对要点，或者退回本项", "Tick every check point first, or return the item"
)
_LEFT = Text("还有材料没有核对", "Some materials are not checked yet")
_RETURNED = Text(
    "有材料被退回，不能批准", "Some materials were returned, so the pack cannot be approved"
)
_WHOLE = (
    Text("文件完整、清晰，是现行版本", "The file is complete, legible and the current version"),
)


@dataclass(frozen=True, slots=True)
class Paper:
    """One material of the pack as its reviewer sees it.

    `change` against the last approved pack: new, changed or same; `before` is the version approved
    then. `fresh` when it came after the last answer to the pack. `verdict` is this reviewer's own
    about this very version.
    """

    item: Item
    version: VersionLine
    before: VersionLine | None
    change: str
    fresh: bool
    verdict: Verdict | None
    points: tuple[Text, ...]

    @property
    def code(self) -> str:
        """The material as it was handed in."""
        return self.version.code

    @property
    def done(self) -> bool:
        """Nothing is left to look at: it was judged, or approved before and is the same."""
        return self.verdict is not None or self.change == "same"

    @property
    def returned(self) -> bool:
        """True when this reviewer sends it back."""
        return self.verdict is not None and self.verdict.verdict == RETURN


class Review:
    """One pack for one reviewer."""

    def __init__(self, case: CaseView) -> None:
        self.case = case

    @property
    def pending(self) -> bool:
        """True while the law lets a reviewer answer."""
        return self.case.rule("sign_off") is not None

    @property
    def own(self) -> bool:
        """True when this person had a hand in the pack."""
        return self.case.actor.id in self.case.case.pack.get("changed_by", ())

    @property
    def lapsed(self) -> bool:
        """An approval was given, and then something changed."""
        return self._approved_seq is not None and not self.case.case.pack.get("signed_by")

    @property
    def may_judge(self) -> bool:
        """True for a reviewer who did not prepare it, while it waits."""
        return self.pending and not self.own and self.case.actor.role is Role.REVIEWER

    @cached_property
    def papers(self) -> tuple[Paper, ...]:
        """What lies in the pack now, in the order of the authority's list."""
        stored = reviews.versions(self.case.session, self.case.case.id)
        mine = {
            v.version_id: v
            for v in reversed(reviews.verdicts(self.case.session, self.case.case.id))
            if v.reviewer_id == self.case.actor.id
        }
        approved, came = self._approved(stored), {v.id: v.seq for v in stored}
        papers = []
        for item in pack_order(self.case):
            now = item.versions[0] if item.in_hand is None else current(item)
            before = approved.get(now.code)
            papers.append(
                Paper(
                    item,
                    now,
                    next((v for v in item.versions if before and v.id == before.id), None),
                    _change(now, before),
                    came[now.id] > self.answered,
                    mine.get(now.id),
                    self._points(item, now),
                )
            )
        return tuple(papers)

    @property
    def left(self) -> tuple[Paper, ...]:
        """What still has to be looked at."""
        return tuple(paper for paper in self.papers if not paper.done)

    @property
    def returned(self) -> tuple[Paper, ...]:
        """What goes back."""
        return tuple(paper for paper in self.papers if paper.returned)

    @property
    def changed(self) -> tuple[Paper, ...]:
        """What came since the last answer, and is not as it was approved."""
        return tuple(paper for paper in self.papers if paper.fresh and paper.change != "same")

    @property
    def unfinished(self) -> bool:
        """True while this person cannot approve it yet: something is left, or goes back."""
        return bool(self.left or self.returned)

    def paper(self, code: str) -> Paper | None:
        """One of them by its material."""
        return next((paper for paper in self.papers if paper.code == code), None)

    @cached_property
    def answered(self) -> int:
        """The event of the last answer, approved or returned; 0 before the first."""
        return max((a.seq for a in self.case.case.folded if a.do in _ANSWERS), default=0)

    @property
    def _approved_seq(self) -> int | None:
        acts = [a for a in self.case.case.folded if a.do in ("sign_off", "revoke_sign_off")]
        return acts[-1].seq if acts and acts[-1].do == "sign_off" else None

    def _approved(self, stored: list[Stored]) -> dict[str, Stored]:
        """By material, the version that was approved last; the newest up to that event."""
        last = self._approved_seq
        if last is None:
            return {}
        return {v.code: v for v in reversed(stored) if v.seq < last}

    def _points(self, item: Item, version: VersionLine) -> tuple[Text, ...]:
        """What to check: what the law asks, what the authority asked, the day it ends."""
        points = [*_WHOLE, item.material.note]
        if version.valid_until:
            day = version.valid_until.isoformat()
            points.append(Text(f"有效期至 {day}，与文件一致", f"Valid until {day}, as in the file"))
        if self.case.rounds and self.case.rounds[0].open:
            points += [
                Text(f"补正意见 {p.no}：{p.text}", f"Correction point {p.no}: {p.text}")
                for p in self.case.rounds[0].points
                if p.about == version.code
            ]
        return tuple(points)


def _change(now: VersionLine, before: Stored | None) -> str:
    if before is None:
        return "new"
    same = now.id == before.id or (now.file_hash is not None and now.file_hash == before.file_hash)
    return "same" if same else "changed"


def review_of(session: Session, number: str, actor: Actor, moment: Moment) -> Review:
    """One pack. Raises NotFound outside the scope."""
    return Review(view(session, number, actor, moment))


def judge(
    tx: Session,
    number: str,
    code: str,
    *,
    version_id: int,
    verdict: str,
    reason: str = "",
    ticked: tuple[str, ...] | None = None,
    actor: Actor,
    moment: Moment,
) -> None:
    """Pass or return one version; the row stays.

    Passing needs every check point ticked (None: the reviewer says so for all at once), returning
    a reason. Raises NotOffered, RoleMissing for one's own pack, BadInput.
    """
    found = _open(tx, number, actor, moment)
    paper = found.paper(code)
    if paper is None or paper.version.id != version_id:
        raise BadInput("version_id", _REPLACED)
    if verdict == RETURN and not reason.strip():
        raise BadInput("reason", _NO_REASON)
    points = tuple(point.zh for point in paper.points)
    if verdict == PASS and ticked is not None and set(points) - set(ticked):
        raise BadInput("points", _TICKS)
    reviews.add(
        tx,
        found.case.case.company_id,
        found.case.case.id,
        Verdict(code, version_id, verdict, reason.strip()[:LONGEST_REASON],
                points if ticked is None else ticked, actor.id, actor.name, moment.stamp),
    )  # fmt: skip


def pass_rest(
    tx: Session, number: str, *, shown: Collection[str], actor: Actor, moment: Moment
) -> None:
    """Pass what is left; raises BadInput when a version is not among those `shown`, by id."""
    left = _open(tx, number, actor, moment).left
    if any(str(paper.version.id) not in shown for paper in left):
        raise BadInput("seen", _REPLACED)
    for paper in left:
        judge(
            tx, number, paper.code, version_id=paper.version.id, verdict=PASS, actor=actor,
            moment=moment,
        )  # fmt: skip


def conclude(
    tx: Session,
    number: str,
    *,
    approve: bool,
    note: str = "",
    version: int | None = None,
    actor: Actor,
    moment: Moment,
    request: Request = Request(),  # noqa: B008
) -> Moved:
    """Approve the pack, or send it back with the reasons of its items.

    Raises BadInput while anything is not looked at, and for an approval against a returned item.
    """
    found = _open(tx, number, actor, moment)
    if found.left:
        raise BadInput("result", _LEFT)
    if approve and found.returned:
        raise BadInput("result", _RETURNED)
    given = {} if approve else {"reason": _reason(found, note)}
    return advance(
        tx, number, "sign_off" if approve else "return_pack", actor=actor, moment=moment,
        version=version, given=given, request=request,
    )  # fmt: skip


def must_be_complete(session: Session, number: str, actor: Actor, moment: Moment) -> None:
    """Raises NotOffered while this reviewer has not looked at everything, or returned something."""
    found = review_of(session, number, actor, moment)
    if found.unfinished and not found.own:
        raise NotOffered(_LEFT if found.left else _RETURNED)


def _reason(found: Review, note: str) -> str:
    lines = [f"{p.item.material.name.zh}：{p.verdict.reason}" for p in found.returned if p.verdict]
    said = "\n".join([*lines, note.strip()]).strip()
    if not said:
        raise BadInput("note", _NO_REASON)
    return said[:LONGEST_REASON]


def _open(tx: Session, number: str, actor: Actor, moment: Moment) -> Review:
    found = review_of(tx, number, actor, moment)
    if found.own:
        raise RoleMissing(OWN)
    if actor.role is not Role.REVIEWER:
        raise RoleMissing
    if not found.pending:
        raise NotOffered(_NOT_WAITING)
    return found
