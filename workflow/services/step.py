"""One step in the life of a case while it is being taken: what effects may read and change."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.domain.facts import Act
from workflow.domain.guard import Finding
from workflow.domain.procedure import Rule, State
from workflow.services import keeping
from workflow.storage.rows import CaseRow


@dataclass(slots=True)
class Step:
    """The step being taken. `seq` is the number its event will have, `on` its legal day.

    Effects change `case`, write their own rows, and report what they changed in `changes`;
    `license` is what they changed of the license, `before` the case as it was.
    """

    tx: Session
    case: CaseRow
    action: str
    actor: Actor
    moment: Moment
    on: date
    given: dict[str, Any]
    note: str = ""
    rule: Rule | None = None
    findings: tuple[Finding, ...] = ()
    seq: int = field(init=False)
    source: State | None = field(init=False)
    target: State = field(init=False)
    kept: dict[str, Any] = field(default_factory=dict)
    changes: list[dict[str, Any]] = field(default_factory=list)
    files: list[dict[str, Any]] = field(default_factory=list)
    license: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] = field(init=False)
    acts_before: list[Any] = field(init=False)

    def __post_init__(self) -> None:
        """A step starts where the case is, and its event is the next one."""
        self.before = keeping.case_row(self.case) if self.case.version else {}
        self.acts_before = self.case.acts
        self.seq = self.case.version + 1
        self.source = self.target = State(self.case.state)

    def changed(self, name: str, old: Any, new: Any) -> None:  # noqa: ANN401 - any JSON value
        """Report one field that is different afterwards."""
        if old != new:
            self.changes.append({"field": name, "old": old, "new": new})

    def rows_kept(self) -> dict[str, Any]:
        """What the event keeps so that case, acts and license can be rebuilt from it."""
        kept: dict[str, Any] = {"case": keeping.changed(self.before, keeping.case_row(self.case))}
        if self.case.acts[: len(self.acts_before)] != self.acts_before:
            kept["acts"] = self.case.acts
        elif len(self.case.acts) > len(self.acts_before):
            kept["act"] = self.kept
        return kept | ({"license": self.license} if self.license else {})

    def fold(self) -> None:
        """Add this step to the dated acts of the case."""
        self.case.acts = [*self.case.acts, [self.seq, self.action, self.on.isoformat(), self.kept]]

    @property
    def acts(self) -> tuple[Act, ...]:
        """The acts before this step."""
        return tuple(act for act in self.case.folded if act.seq < self.seq)

    def touch_pack(self) -> None:
        """The filing pack changed: a sign-off given before lapses."""
        before = set(self.case.pack.get("changed_by", ()))
        if self.case.pack.get("signed_by"):
            self.changed("sign_off", self.case.pack["signed_by"], None)
        self.case.pack = {
            **self.case.pack,
            "changed_by": sorted(before | {self.actor.id}),
            "changed_seq": self.seq,
            "signed_by": None,
            "signed_name": "",
        }
