"""Every act of `new`: which state offers it, which role may take it, what it must be told."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tests.services.builders import NEEDED, ROLES, after, bodies, fingerprint, refused, stored
from tests.support.cast import TODAY, moment
from workflow.domain.acting import CLOCK
from workflow.domain.errors import BadInput, DeskError, NotFound, NotOffered
from workflow.domain.procedure import Role, State
from workflow.law import catalogue
from workflow.services.advance import advance

NEW = catalogue.procedure("new")
TRIGGERS = sorted({rule.trigger for rule in NEW.rules})
#: Contract section 3 in our own words, so that the catalogue is compared with something.
REVIEW = {"request_sign_off", "recall_sign_off", "sign_off", "return_pack", "revoke_sign_off"}
ALWAYS = {"withdraw", "waive", "rectify"}
OFFERED = {
    "draft": {"prepare"} | ALWAYS,
    "material_prep": {"submit"} | REVIEW | ALWAYS,
    "submitted": {
        "request_correction", "approve", "reject", "decline", "accept", "deem_accepted",
        "pause_review", "resume_review",
    } | ALWAYS,
    "correction_requested": {"resubmit"} | REVIEW | ALWAYS,
    "approved": {"deliver", "rectify"},
    "rejected": {"rectify"},
    "withdrawn": {"rectify"},
}  # fmt: skip
REVIEWER_ONLY = {"sign_off", "return_pack", "revoke_sign_off", "waive", "rectify"}
TARGET = {
    "prepare": "material_prep", "submit": "submitted", "resubmit": "submitted",
    "request_correction": "correction_requested", "approve": "approved", "reject": "rejected",
    "decline": "rejected", "withdraw": "withdrawn",
}  # fmt: skip
#: What must have happened before an act makes sense inside its state.
BEFORE = {
    "recall_sign_off": "request_sign_off",
    "revoke_sign_off": "sign_off",
    "resume_review": "pause_review",
}


def may(trigger: str) -> set[str]:
    if trigger.startswith("deem_"):
        return {"clock"}
    if trigger in REVIEWER_ONLY:
        return {"reviewer"}
    return {"handler", "reviewer", "manager"} if trigger == "withdraw" else {"handler", "reviewer"}


def in_state(cast, state: str) -> str:
    if state == "draft":
        return cast.open_case()
    if state == "material_prep":
        return cast.fileable()
    if state == "correction_requested":
        return cast.in_correction()
    number = cast.submitted()
    ending = {"approved": "approve", "rejected": "reject", "withdrawn": "withdraw"}.get(state)
    if ending:
        cast.do(number, ending, given=needed(ending, number))
    return number


def needed(trigger: str, number: str) -> dict:
    return {"number": f"许可-{number}"} if trigger == "approve" else NEEDED.get(trigger, {})


def attempt(cast, number: str, trigger: str, role: str) -> str:
    """Take the act and take it back; `done` or the code of the refusal."""
    who = CLOCK if role == "clock" else cast[ROLES.get(role, role)]
    with cast.database.session() as session:

        def take(act, by):
            return advance(
                session, number, act, actor=by, moment=moment(), given=needed(act, number)
            )

        if trigger in BEFORE:
            try:
                take(BEFORE[trigger], cast["li"])
            except NotOffered:
                return NotOffered.code
        try:
            moved = take(trigger, who)
        except DeskError as error:
            return error.code
        assert trigger not in TARGET or moved.state == TARGET[trigger]
        return "done"


def expected(trigger: str, role: str, state: str) -> str:
    if trigger not in OFFERED[state]:
        return "NOT-OFFERED"
    if role not in may(trigger):
        return "ROLE"
    if trigger == "resubmit":
        return "GUARDS"  # the point of the round is not answered
    return "INPUT" if trigger == "rectify" and state == "draft" else "done"  # nothing happened yet


def test_it_declares_what_the_contract_lists():
    for state in State:
        assert {rule.trigger for rule in NEW.rules if state in rule.source} == OFFERED[state.value]
    for rule in NEW.rules:
        assert {role.value for role in rule.by} == may(rule.trigger)
        assert (rule.target.value if rule.target else None) == TARGET.get(rule.trigger)


@pytest.mark.parametrize("state", [state.value for state in State])
def test_it_lets_only_the_right_role_take_only_what_the_state_offers(cast, state):
    number = in_state(cast, state)
    before = fingerprint(cast.database)
    for trigger in TRIGGERS:
        for role in [role.value for role in Role]:
            found = attempt(cast, number, trigger, role)
            assert found == expected(trigger, role, state), (state, trigger, role)
    assert attempt(cast, number, "fly", "handler") == "NOT-OFFERED"
    assert fingerprint(cast.database) == before


def test_it_asks_for_what_the_act_needs(cast):
    number = cast.submitted()
    for trigger, given, field in (
        ("request_correction", {}, "points"),
        ("request_correction", {"points": []}, "points"),
        ("request_correction", {"points": "缺材料"}, "points"),
        ("request_correction", {"points": [{"material": "M-SI"}]}, "points"),
        ("request_correction", {"points": [{"text": "  "}]}, "points"),
        ("request_correction", {"points": [{"text": "缺", "page": 2}]}, "points"),
        ("request_correction", {"points": [{"text": "缺", "material": "M-XYZ"}]}, "points"),
        ("request_correction", {"points": [{"text": "缺" * 4001}]}, "points"),
        ("approve", {}, "number"),
        ("approve", {"number": "   "}, "number"),
        ("approve", {"number": True}, "number"),
        ("approve", {"number": "甲", "valid_to": "2031-02-30"}, "valid_to"),
        ("approve", {"number": "甲", "valid_to": "2031/02/03"}, "valid_to"),
        ("approve", {"number": "甲", "valid_to": "2031-W10-1"}, "valid_to"),
        ("approve", {"number": "甲", "valid_from": "9999-01-01"}, "valid_from"),
        ("approve", {"number": "甲", "valid_to": "2020-01-01"}, "valid_to"),
        ("approve", {"number": "甲", "kinds": ["ICP", "EDI"]}, "kinds"),
        ("approve", {"number": "甲", "kinds": "ICP"}, "kinds"),
        ("approve", {"number": "甲", "coverage": ["44", "11"]}, "coverage"),
        ("approve", {"number": "甲", "items": {"EDI": ["EDI-TRADE"]}}, "items"),
        ("approve", {"number": "甲", "items": {"ICP": ["ICP-NONE"]}}, "items"),
        ("approve", {"number": "甲", "items": {"ICP": "ICP-PUBLISH"}}, "items"),
        ("approve", {"number": "甲", "items": {"ICP": None}}, "items"),
        ("approve", {"number": "甲", "colour": "红"}, "colour"),
        ("reject", {}, "reasons"),
        ("reject", {"reasons": ["一", "二"]}, "reasons"),
        ("decline", {"right_authority": "44"}, "reason"),
        ("withdraw", {}, "reason"),
        ("withdraw", {"reason": "改" * 4001}, "reason"),
        ("pause_review", {"reason": "holiday"}, "reason"),
        ("pause_review", {"reason": ["hearing"]}, "reason"),
        ("accept", {"number": {"一": 1}}, "number"),
    ):
        with refused(cast.database, BadInput, field=field):
            cast.do(number, trigger, given=given)


def test_it_takes_numbers_typed_bare_and_drops_spaces_around_words(cast):
    number = cast.submitted()
    cast.do(number, "approve", given={"number": 20260042, "valid_to": date(2030, 1, 1)})
    assert json.loads(bodies(cast, number)[-1])["given"]["number"] == "20260042"
    other = cast.submitted(coverage=("11",))
    cast.do(other, "accept", given={"number": "  示例受理-7 "})
    assert json.loads(bodies(cast, other)[-1])["given"] == {"number": "示例受理-7"}


def test_it_refuses_a_day_in_the_future_or_before_the_last_filing_fact(cast):
    number = cast.submitted()
    for on in (after(1), after(-1)):
        with refused(cast.database, BadInput, field="on"):
            do_on(cast, number, "accept", on)
    do_on(cast, number, "accept", TODAY)
    do_on(cast, number, "pause_review", after(3), today=after(9))
    with refused(cast.database, BadInput, field="on"):
        do_on(cast, number, "resume_review", after(2), today=after(9))
    do_on(cast, number, "resume_review", after(3), today=after(9))
    with refused(cast.database, BadInput, field="on"):
        do_on(cast, number, "withdraw", after(2), today=after(9), given=NEEDED["withdraw"])


def do_on(cast, number, trigger, on, *, today=TODAY, given=None):
    with cast.database.transaction() as tx:
        advance(
            tx, number, trigger, actor=cast["wang"], moment=moment(today), on=on, given=given or {}
        )


def test_it_dates_a_filing_back_past_uploads_answers_and_sign_offs(cast):
    number = cast.fileable(day=TODAY)
    do_on(cast, number, "submit", after(-5))
    assert stored(cast, number).filed_on == after(-5)
    cast.do(number, "request_correction", given=NEEDED["request_correction"], day=after(-4))
    event = json.loads(bodies(cast, number)[-1])
    assert (event["on"], event["today"]) == ("2026-03-14", "2026-03-14")


def test_it_shows_a_case_only_inside_the_scope(cast):
    number = cast.submitted()
    with refused(cast.database, NotFound):
        cast.do(number, "accept", by="chen")
    with refused(cast.database, NotFound):
        cast.do("AP-2026-99999", "accept")
    theirs = cast.submitted(company=cast.other, coverage=("62",), by="chen")
    cast.do(theirs, "accept", by="chen")
    cast.do(theirs, "withdraw", given=NEEDED["withdraw"])
