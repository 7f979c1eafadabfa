"""One rule on one sheet: its texts over time, what it names, where it is used."""

from __future__ import annotations

from datetime import date

import pytest

from workflow.law import catalogue
from workflow.law.self_check import CODES
from workflow.services.rule_sheets import SORTS, sheets_for, sheets_of
from workflow.services.rule_uses import questions_on, uses_of

ON = date(2026, 3, 18)
ALL = [(sort, sheet) for sort in SORTS for sheet in sheets_of(sort)]


def only(code, sort=None):
    return next(sheet for sheet in sheets_for(code) if sort in (None, sheet.sort))


def test_it_has_a_sheet_for_every_code_of_the_law():
    law = catalogue.LAW
    codes = {*law.guards, *law.materials, *law.clocks, *law.kinds, *CODES}
    codes |= {*catalogue.labels("change"), *catalogue.labels("task")}
    assert codes <= {sheet.code for _, sheet in ALL}
    assert sheets_of("nonsense") == ()
    assert sheets_for("G-NONE") == ()


def test_it_says_everything_in_both_languages():
    for _, sheet in ALL:
        for version in sheet.versions:
            texts = [version.says]
            texts += [row.label for row in version.rows]
            texts += [value.says for row in version.rows for value in row.values]
            assert all(text.zh.strip() and text.en.strip() for text in texts), sheet.code


def test_it_leads_only_to_codes_that_have_a_sheet():
    known = {sheet.code for _, sheet in ALL}
    named = {
        value.code
        for _, sheet in ALL
        for version in sheet.versions
        for row in version.rows
        for value in row.values
        if value.code
    }
    assert named - known == set()
    assert len(named) > 40


def test_it_has_one_text_in_force_on_every_day():
    for day in (date(2020, 1, 1), date(2025, 12, 21), date(2025, 12, 22), date(2026, 5, 1)):
        for _, sheet in ALL:
            assert sum(version.holds_on(day) for version in sheet.versions) == 1, sheet.code


@pytest.mark.parametrize(
    ("day", "document"),
    [(date(2025, 12, 21), "资格证书"), (date(2025, 12, 22), "网络信息服务备案")],
)
def test_it_knows_drugs_went_from_approval_to_filing(day, document):
    text = only("G-PREAPP").on(day)
    words = "".join(value.says.zh for row in text.rows for value in row.values)
    assert document in words
    other = {"资格证书": "网络信息服务备案", "网络信息服务备案": "资格证书"}[document]
    assert other not in words


def test_it_knows_the_rule_on_text_messages_and_its_first_day():
    sheet = only("RL-08")
    assert "短信" not in sheet.on(date(2026, 4, 30)).says.zh
    assert "短信" in sheet.on(date(2026, 5, 1)).says.zh
    assert sheet.versions[0].since == date(2026, 5, 1)


def test_it_shows_a_self_check_item_that_is_a_condition_too_as_both():
    assert [sheet.sort for sheet in sheets_for("RL-02")] == ["guards", "self-check"]
    assert [sheet.sort for sheet in sheets_for("RL-01")] == ["self-check"]


def used(code):
    return [(use.procedure, use.code) for use in uses_of(code, ON)]


def test_it_finds_where_a_rule_is_used():
    assert ("new", "") in used("G-CAPITAL")
    assert ("change", "C-CAP") in used("G-CAPITAL")
    assert used("K-RENEW") == [("renewal", "")]
    assert used("RL-01") == [("renewal", "")]
    assert used("T-EVAL") == [("new", ""), ("change", "")]
    assert used("T-FEE") == [("number", "")]
    assert used("C-NAME") == [("change", "")]
    assert ("cancellation", "") in used("S-NO-LOCK")
    assert used("EDI-PLATFORM") == []


def test_it_says_how_a_material_is_used():
    hows = {use.procedure: use.how.zh for use in uses_of("M-CNCN", ON)}
    assert hows == {"new": "可代替社保证明"}
    assert uses_of("M-APP", ON)[0].how.zh == "每件都要"
    again = {use.how.zh for use in uses_of("G-POINTS", ON)}
    assert again == {"补正后再次提交时判定"}


def test_it_finds_the_questions_that_stand_on_a_rule():
    numbers = [question.number for question in questions_on("G-CAPITAL", ON)]
    assert 34 in numbers
    assert questions_on("G-POINTS", ON) == ()
