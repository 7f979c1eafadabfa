"""A procedure as a machine: it moves once, refuses with every reason, and draws itself."""

from __future__ import annotations

import pytest

from workflow.domain.errors import GuardsUnmet, NotOffered, RoleMissing
from workflow.domain.guard import Finding, Result
from workflow.domain.machine import Move, diagram, fire, moves, offers
from workflow.domain.procedure import (
    Citation,
    Confidence,
    Procedure,
    Role,
    Rule,
    Severity,
    State,
    Text,
)

CITES = (Citation(Text("示例法", "Sample Law"), Text("第一条", "Art. 1"), Confidence.TEXT),)
LABELS = {state: f"状态 {state.value}" for state in State}


def rule(trigger, source, target, *, by=Role.HANDLER, guards=()):
    label = Text(f"做 {trigger}", f"Do {trigger}")
    return Rule(trigger, label, source, target, frozenset({by}), CITES, guards)


SAMPLE = Procedure(
    code="sample",
    prefix="SM",
    name=Text("示例", "Sample"),
    rules=(
        rule("prepare", (State.DRAFT,), State.MATERIAL_PREP),
        rule("submit", (State.MATERIAL_PREP,), State.SUBMITTED, guards=("G-ONE", "G-TWO")),
        rule("note", (State.SUBMITTED,), None),
        rule("decide", (State.SUBMITTED,), State.APPROVED, by=Role.REVIEWER),
    ),
    needs=(),
    clocks=(),
    kinds=frozenset(),
    cites=CITES,
)


class Judge:
    """Answers as told and remembers what it was asked."""

    def __init__(self, **results):
        self.results, self.asked = results, []

    def __call__(self, codes):
        self.asked.append(codes)
        return tuple(
            Finding(code, self.results[code[2:]], Severity.HARD, "says", {}) for code in codes
        )


def move(state, trigger, role=Role.HANDLER, judge=None):
    return fire(SAMPLE, state, trigger, role, judge or Judge())


def test_it_moves():
    assert move(State.DRAFT, "prepare") == (State.MATERIAL_PREP, ())


def test_it_records_without_moving():
    assert move(State.SUBMITTED, "note") == (State.SUBMITTED, ())


def test_it_asks_all_guards_at_once_and_hands_back_what_they_found():
    judge = Judge(ONE=Result.PASS, TWO=Result.WARN)
    state, findings = move(State.MATERIAL_PREP, "submit", judge=judge)
    assert state is State.SUBMITTED
    assert [(f.code, f.result) for f in findings] == [
        ("G-ONE", Result.PASS),
        ("G-TWO", Result.WARN),
    ]
    assert judge.asked == [("G-ONE", "G-TWO")]


def test_it_refuses_with_every_unmet_guard():
    with pytest.raises(GuardsUnmet) as refusal:
        move(State.MATERIAL_PREP, "submit", judge=Judge(ONE=Result.FAIL, TWO=Result.UNKNOWN))
    assert [finding.code for finding in refusal.value.unmet] == ["G-ONE", "G-TWO"]
    assert "2" in refusal.value.says.zh


def test_it_keeps_the_met_guards_beside_the_unmet():
    with pytest.raises(GuardsUnmet) as refusal:
        move(State.MATERIAL_PREP, "submit", judge=Judge(ONE=Result.PASS, TWO=Result.FAIL))
    assert len(refusal.value.findings) == 2
    assert [finding.code for finding in refusal.value.unmet] == ["G-TWO"]


@pytest.mark.parametrize(
    ("state", "trigger"),
    [(State.DRAFT, "submit"), (State.APPROVED, "prepare"), (State.DRAFT, "nonsense")],
)
def test_it_refuses_what_the_state_does_not_offer(state, trigger):
    with pytest.raises(NotOffered):
        move(state, trigger)


def test_it_refuses_the_wrong_role_before_asking_any_guard():
    judge = Judge(ONE=Result.FAIL, TWO=Result.FAIL)
    with pytest.raises(RoleMissing):
        move(State.MATERIAL_PREP, "submit", Role.AUDITOR, judge)
    assert judge.asked == []


def test_it_has_no_back_door_to_any_state():
    with pytest.raises(NotOffered):
        move(State.DRAFT, "to_approved")


def test_it_moves_again_after_a_refusal():
    with pytest.raises(GuardsUnmet):
        move(State.MATERIAL_PREP, "submit", judge=Judge(ONE=Result.FAIL, TWO=Result.PASS))
    state, _ = move(State.MATERIAL_PREP, "submit", judge=Judge(ONE=Result.PASS, TWO=Result.PASS))
    assert state is State.SUBMITTED


def test_it_offers_what_starts_in_the_state():
    assert [rule.trigger for rule in offers(SAMPLE, State.SUBMITTED)] == ["note", "decide"]
    assert offers(SAMPLE, State.REJECTED) == ()


def test_it_draws_every_state_and_move_with_its_article():
    drawn = diagram(SAMPLE, LABELS, "zh")
    assert all(f'state "状态 {state.value}" as {state.value}' in drawn for state in State)
    assert "material_prep --> submitted: 做 submit · 示例法 第一条" in drawn
    assert "title: 示例" in drawn
    assert "note" not in drawn


def test_it_picks_out_the_current_state_and_still_starts_at_draft():
    drawn = diagram(SAMPLE, LABELS, "en", State.SUBMITTED)
    assert "Class submitted s_active" in drawn
    assert drawn.count("s_active\n") == 1
    assert drawn.rstrip().endswith("[*] --> draft")
    assert "Do decide · Sample Law Art. 1" in drawn


def test_it_tells_every_move_it_was_built_with():
    assert moves(SAMPLE) == (
        Move("prepare", State.DRAFT, State.MATERIAL_PREP),
        Move("submit", State.MATERIAL_PREP, State.SUBMITTED),
        Move("note", State.SUBMITTED, None),
        Move("decide", State.SUBMITTED, State.APPROVED),
    )
