"""The stepper of a case: where it has been, since when, and what is still ahead. A picture only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext, ngettext

from web.i18n import language
from web.wording import short_day
from workflow.domain.clock import Reading
from workflow.domain.facts import Act
from workflow.domain.procedure import State
from workflow.services.case_view import CaseView

_RECEIPTS = ("submit", "resubmit")
_REVIEW = ("request_sign_off", "sign_off")
_ENDS = ("approve", "reject", "decline", "withdraw")
_DECISIONS = ("K-REV", "K-GEN", "K-NUM", "K-CANC")
_SUBMITTED, _CORRECTION = 3, 4


@dataclass(frozen=True, slots=True)
class StepNow:
    """One step: done, now or todo."""

    label: str
    note: str
    when: str


@dataclass(frozen=True, slots=True)
class _Path:
    """The days on which a case entered each step, None where it never did."""

    view: CaseView
    acts: tuple[Act, ...]
    labels: list[str]
    starts: list[date | None]
    here: int
    over: bool


def steps_of(view: CaseView) -> list[StepNow]:
    """Five steps, six when there is a correction round; a withdrawn case ends where it was."""
    path = _path(view)
    last = path.here if view.case.state == State.WITHDRAWN else len(path.labels) - 1
    return [StepNow(path.labels[n], _note(path, n), _when(path, n)) for n in range(last + 1)]


def is_back(view: CaseView) -> bool:
    """True while the case is on its way back: a correction round is open."""
    return view.case.state == State.CORRECTION_REQUESTED


def _path(view: CaseView) -> _Path:
    acts = view.case.folded
    rounds = sum(act.do == "request_correction" for act in acts)
    filed = gettext("已报送") if view.report else gettext("已提交")
    labels = [gettext("草稿"), gettext("备料"), gettext("内部复核"), filed]
    starts: list[date | None] = [
        view.case.opened_on, _first(acts, "prepare"), _first(acts, *_REVIEW),
        _first(acts, *_RECEIPTS),
    ]  # fmt: skip
    if rounds:
        labels.append(gettext("补正 · 第 %(n)s 轮", n=rounds))
        starts.append(_newest(acts, "request_correction"))
    end = _newest(acts, *_ENDS)
    labels.append(_last_label(view, decided=end is not None))
    starts.append(end or (_newest(acts, "resubmit") if rounds else None))
    here = _here(view, rounds=rounds, total=len(labels))
    if view.case.state == State.WITHDRAWN:
        here = max((n for n in range(len(labels) - 1) if starts[n]), default=0)
        labels[here], starts[here] = gettext("已撤回"), end
    return _Path(view, acts, labels, starts, here, over=State(view.case.state).final)


def _last_label(view: CaseView, *, decided: bool) -> str:
    if view.report:
        taken = gettext("已归档") if decided else gettext("归档")
        return str(gettext("不予接收") if view.case.state == State.REJECTED else taken)
    if view.case.state == State.REJECTED:
        declined = view.case.folded[-1].do == "decline"
        return str(gettext("不予受理") if declined else gettext("不予批准"))
    return str(gettext("已批准") if decided else gettext("审查决定"))


def _here(view: CaseView, *, rounds: int, total: int) -> int:
    standing = view.standing_word
    place: dict[str, Callable[[], int]] = {
        "draft": lambda: 0,
        "material_prep": lambda: 2 if view.case.pack.get("signed_by") else 1,
        "returned": lambda: 1,
        "in_review": lambda: 2,
        "correction_requested": lambda: _CORRECTION,
    }
    if standing in place:
        return place[standing]()
    if State(view.case.state).final or rounds:
        return total - 1
    return _SUBMITTED


def _when(path: _Path, step: int) -> str:
    if step == path.here:
        return "done" if path.over and path.view.case.state == State.APPROVED else "now"
    return "done" if step < path.here else "todo"


def _note(path: _Path, step: int) -> str:
    """Start and days spent; the current step shows its nearest date instead."""
    start = path.starts[step]
    if step > path.here or start is None:
        return _ahead(path) if step == len(path.labels) - 1 else ""
    if step == path.here and not path.over:
        return _current(path, start)
    until = next((day for day in path.starts[step + 1 : path.here + 1] if day), start)
    days = max(0, (until - start).days)
    if path.over and step == path.here:
        return _day(start)
    spent = ngettext("%(num)s 天", "%(num)s 天", days)
    return f"{_day(start)} · {spent}" if days else _day(start)


def _current(path: _Path, start: date) -> str:
    days = (path.view.moment.today - start).days + 1
    since = gettext("%(day)s 起 · 第 %(n)s 天", day=_day(start), n=days)
    due = path.view.case.next_due
    return f"{since} · " + gettext("%(day)s 截止", day=_day(due)) if due else str(since)


def _ahead(path: _Path) -> str:
    """What the law allows for the decision, while it is still ahead."""
    review: Reading | None = next(
        (r for r in path.view.readings if r.code in _DECISIONS and r.running), None
    )
    if review is None or path.over:
        return ""
    return str(gettext("最迟 %(day)s 作出决定", day=_day(review.due)))


def _day(day: date | None) -> str:
    """Without the weekday: a step is narrow."""
    words = short_day(day).split(" ")
    return " ".join(words[1:] if language() == "en" else words[:1])


def _first(acts: tuple[Act, ...], *names: str) -> date | None:
    return next((act.on for act in acts if act.do in names), None)


def _newest(acts: tuple[Act, ...], *names: str) -> date | None:
    return next((act.on for act in reversed(acts) if act.do in names), None)
