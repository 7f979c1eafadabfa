"""A procedure as a state machine: what a state offers, one move, and its own picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from transitions import EventData, Machine, MachineError, Transition
from transitions import State as MachineState
from transitions.extensions import GraphMachine

from workflow.domain.errors import GuardsUnmet, NotOffered, RoleMissing
from workflow.domain.guard import Finding
from workflow.domain.procedure import Procedure, Role, Rule, State

Judge = Callable[[tuple[str, ...]], tuple[Finding, ...]]


class _Token:
    """What the machine moves: a throw-away, never a database row."""

    __slots__ = ("findings", "state")

    def __init__(self, state: State) -> None:
        self.state: str = state.value
        self.findings: tuple[Finding, ...] = ()


class _Drawn(_Token):
    """A token the drawing machine may hang its own methods on."""


class _Guarded(Transition):
    """A transition whose guards are judged all together; a refusal names every unmet one."""

    def __init__(self, *args: Any, guards: tuple[str, ...] = (), **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.guards = guards

    def _eval_conditions(self, event_data: EventData) -> bool:
        judge = cast("Judge", event_data.kwargs["judge"])
        findings = judge(self.guards)
        if any(finding.refuses for finding in findings):
            raise GuardsUnmet(findings)
        cast("_Token", event_data.model).findings = findings
        return True


class _Moves(Machine):
    transition_cls = _Guarded


class _Picture(GraphMachine):
    pass


@lru_cache(maxsize=32)
def _machine(procedure_code: str, rules: tuple[Rule, ...]) -> Machine:
    """One machine for a set of rules, built once; building costs 100 times a move."""
    return _Moves(
        model=None,
        name=procedure_code,
        states=[state.value for state in State],
        initial=State.DRAFT.value,
        transitions=[
            {
                "trigger": rule.trigger,
                "source": source.value,
                "dest": rule.target.value if rule.target else None,
                "guards": rule.guards,
            }
            for rule in rules
            for source in rule.source
        ],
        auto_transitions=False,
        send_event=True,
    )


def fire(
    procedure: Procedure, state: State, trigger: str, role: Role, judge: Judge
) -> tuple[State, tuple[Finding, ...]]:
    """Move once: the new state and the findings that let it through.

    Raises NotOffered, RoleMissing or GuardsUnmet (all unmet guards at once).
    """
    rule = procedure.rule(trigger, state)
    if rule is None:
        raise NotOffered
    if role not in rule.by:
        raise RoleMissing
    token = _Token(state)
    try:
        event = _machine(procedure.code, procedure.rules).events[trigger]
        moved = event.trigger(token, judge=judge)
    except MachineError as error:  # pragma: no cover - `rule` already answered this
        raise NotOffered from error
    if not moved:  # pragma: no cover - a transition refuses by raising
        raise NotOffered
    return State(token.state), token.findings


def bare_trigger() -> Callable[[], bool]:
    """One move of the library alone, without guards or facts: what judging is measured against."""
    token = _Drawn(State.DRAFT)
    states = [state.value for state in State]
    Machine(model=token, states=states, initial=states[0], auto_transitions=False).add_transition(
        "stay", states[0], states[0]
    )
    return cast("Callable[[], bool]", cast("Any", token).stay)


def offers(procedure: Procedure, state: State) -> tuple[Rule, ...]:
    """Every act the state offers, whoever asks, guards aside."""
    return tuple(rule for rule in procedure.rules if state in rule.source)


@dataclass(frozen=True, slots=True)
class Move:
    """One transition of the machine; `target` None: the act is recorded and the state stays."""

    trigger: str
    source: State
    target: State | None


def moves(procedure: Procedure) -> tuple[Move, ...]:
    """Every transition as the machine holds it, in the order its rules were written."""
    machine = _machine(procedure.code, procedure.rules)
    return tuple(
        Move(trigger, State(found.source), State(found.dest) if found.dest else None)
        for trigger, event in machine.events.items()
        for transitions in event.transitions.values()
        for found in transitions
    )


def diagram(
    procedure: Procedure, labels: Mapping[State, str], language: str, current: State | None = None
) -> str:
    """The machine's own drawing as Mermaid text, labels in `language`, articles on the edges."""
    token = _Drawn(State.DRAFT)
    machine = _Picture(
        model=token,
        states=[_labeled(state, labels[state]) for state in State],
        initial=State.DRAFT.value,
        transitions=[
            {
                "trigger": rule.trigger,
                "source": source.value,
                "dest": rule.target.value,
                "label": _edge(rule, language),
            }
            for rule in procedure.rules
            if rule.target
            for source in rule.source
        ],
        auto_transitions=False,
        graph_engine="mermaid",
        title=f"title: {procedure.name.read(language)}",
    )
    token.state = (current or State.DRAFT).value
    graph = cast("Any", machine).get_graph(force_new=True)
    return str(graph.source)


def _labeled(state: State, label: str) -> MachineState:
    drawn = MachineState(state.value)
    drawn.label = label  # type: ignore[attr-defined]  # the drawing reads it where it is set
    return drawn


def _edge(rule: Rule, language: str) -> str:
    cites = "; ".join(cite.read(language) for cite in rule.cites[:1])
    return f"{rule.label.read(language)} · {cites}" if cites else rule.label.read(language)
