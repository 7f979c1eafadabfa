"""What people type and what is made of it."""

from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from web.forms import Answers, FormRefused
from workflow.domain.errors import BadInput
from workflow.domain.procedure import Text
from workflow.services import normalize
from workflow.services.normalize import FormError

READ = {
    normalize.yuan: [
        ("1000000", 1_000_000),
        ("1,000,000", 1_000_000),
        ("1，000，000", 1_000_000),
        ("１０００", 1000),
        ("100万", 1_000_000),
        ("100 万元", 1_000_000),
        ("1,000万", 10_000_000),
        ("1.5万", 15_000),
        ("1.2345亿元", 123_450_000),
        ("￥500", 500),
        ("  500 元 ", 500),
        ("0", 0),
    ],
    normalize.whole_number: [("12", 12), ("１２", 12), ("1,000", 1000), (" 5 ", 5), ("5\u3000", 5)],
    normalize.percent: [("49", 49), ("49%", 49), ("４９％", 49), ("0", 0), ("100 %", 100)],
    normalize.calendar_day: [
        ("2026-03-02", date(2026, 3, 2)),
        ("2026-3-2", date(2026, 3, 2)),
        ("2026/3/2", date(2026, 3, 2)),
        ("2026.3.2", date(2026, 3, 2)),
        ("20260302", date(2026, 3, 2)),
        ("２０２６／３／２", date(2026, 3, 2)),
        ("2026年3月2日", date(2026, 3, 2)),
        ("2026 年 3 月 2 日", date(2026, 3, 2)),
        ("2028-02-29", date(2028, 2, 29)),
    ],
    normalize.credit_code: [
        ("91440106MA0DEM101C", "91440106MA0DEM101C"),
        ("91440106ma0dem101c", "91440106MA0DEM101C"),
        ("9144 0106-MA0D EM10-1C", "91440106MA0DEM101C"),
        ("９１４４０１０６ＭＡ０ＤＥＭ１０１Ｃ", "91440106MA0DEM101C"),
    ],
    normalize.register_number: [
        ("ap-2026-00417 ", "AP-2026-00417"),
        ("粤 B2-2026X001", "粤B2-2026X001"),
    ],
    normalize.words: [
        ("\u3000示例公司\u200b ", "示例公司"),
        ("e\u0301", "é"),
        ("𠮷野家", "𠮷野家"),
        ("<script>{{7*7}}", "<script>{{7*7}}"),
        ("exe.\u202efdp", "exe.fdp"),
    ],
    normalize.paragraphs: [("一\r\n二\r三\n", "一\n二\n三")],
}
REFUSED = {
    normalize.yuan: [
        "1_000",
        "1e3",
        "+5",
        "-5",
        "١٢٣",
        "NaN",
        "1e400",
        "10,00",
        "1.005",
        "100千万",
        "9" * 17,
        "abc",
    ],
    normalize.whole_number: ["1_000", "1e3", "+5", "-1", "١٢٣", "1.0", "十", "1,00", "Infinity"],
    normalize.percent: ["101", "49.5", "-1", "abc"],
    normalize.calendar_day: [
        "2026-02-30",
        "2026-13-01",
        "2026-3",
        "26-3-2",
        "2026/3-2",
        "明天",
        "٢٠٢٦-٠٣-٠٢",
        "0000-01-01",
        "202603021",
    ],
    normalize.credit_code: [
        "9144",
        "91440106MA0DEM101C1",
        "91440106MA0DEM10公C",
        "91440106MA0DEM10_C",
    ],
    normalize.words: ["a\x00b", "a\x1bb", "一\n二", "a\ud800b", "长" * 201],
    normalize.paragraphs: ["a\x00b", "长" * 4001],
}


def _cases(table):
    return [(read, case) for read, cases in table.items() for case in cases]


@pytest.mark.parametrize(("read", "case"), _cases(READ))
def test_it_understands_what_is_meant_beyond_doubt(read, case):
    typed, meant = case
    assert read(typed, "field") == meant


@pytest.mark.parametrize(("read", "typed"), _cases(REFUSED))
def test_it_refuses_what_could_mean_two_things(read, typed):
    with pytest.raises(FormError) as refused:
        read(typed, "field")
    assert refused.value.field == "field"
    assert refused.value.says.zh
    assert refused.value.says.en.isascii()


def test_it_collects_every_fault_and_keeps_what_was_typed():
    labels = {"reply_by": Text("补正截止日期", "Correction deadline")}
    form = Answers(MultiDict({"capital": "1e6", "name": "示例公司", "reply_by": " \u3000"}), labels)
    assert form.yuan("capital") is None
    assert form.day("reply_by") is None
    assert form.line("name") == "示例公司"
    with pytest.raises(FormRefused) as refused:
        form.check()
    assert [error.field for error in refused.value.errors] == ["capital", "reply_by"]
    assert refused.value.says.zh == "有 2 处需要处理"
    assert form.error_of("reply_by") == Text("请填写补正截止日期", "Enter correction deadline")
    assert form.typed("capital") == "1e6"


@pytest.mark.parametrize("empty", ["", " ", "\u3000", "\u200b", "\ufeff \t"])
def test_it_takes_invisible_answers_for_none(empty):
    form = Answers(MultiDict({"name": empty}))
    assert form.line("name") is None
    assert form.error_of("name").zh == "请填写这一项"


def test_it_lets_optional_fields_be_empty():
    form = Answers(MultiDict())
    assert form.line("name", required=False) is None
    assert form.day("on", required=False) is None
    assert form.choice("province", ["44"], required=False) is None
    assert form.choices("kinds", ["ICP"], required=False) == ()
    assert not form.ticked("agree")
    form.check()


def test_it_takes_only_what_was_offered():
    form = Answers(MultiDict([("province", "99"), ("kinds", "EDI"), ("kinds", "XXX")]))
    assert form.choice("province", ["44", "11"]) is None
    assert form.choices("kinds", ["ICP", "EDI"]) == ("EDI",)
    assert [error.field for error in form.errors] == ["province", "kinds"]


def test_it_puts_a_fault_found_by_a_service_at_its_field():
    form = Answers(MultiDict({"on": "2026-03-19"}))
    form.take(BadInput("on", Text("不能晚于今天", "Not after today")))
    assert form.error_of("on").zh == "不能晚于今天"
