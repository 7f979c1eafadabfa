"""What the dashboard says of its figures: one sentence of finding for each block."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext, ngettext

from web.board_charts import ENDINGS, rate
from web.i18n import language
from workflow.law import catalogue
from workflow.law.authorities import MIIT, PROVINCES

LIMIT = 55
"""Open cases that one handler should have at most: our own figure, not a rule."""
LATE_TARGET = 3
"""Percent of open cases that may be overdue."""
FIRST_TIME_TARGET = 80
"""Percent of decided cases that should be approved without a correction."""
_LETTERS = (
    "BJTJHESXNMLNJLHLSHJSZJAHFJJXSDHAHBHNGDGXHICQSCGZYNXZSNGSQHNXXJ"  # two for each, in order
)
LETTERS = {code: _LETTERS[2 * n : 2 * n + 2] for n, code in enumerate(PROVINCES)}
"""The letters of GB/T 2260, as heads of the matrix in English."""


def column_heads() -> list[tuple[str, str, str]]:
    """Code, one-character head and full name of every authority, MIIT last."""
    english = language() == "en"
    heads = [
        (code, LETTERS[code] if english else place.short, place.name.read(language()))
        for code, place in PROVINCES.items()
    ]
    miit = catalogue.label_of("authority", MIIT).read(language())
    return [*heads, (MIIT, "MIIT" if english else "部", miit)]


def joined(*sentences: str) -> str:
    """Sentences after each other, as the language spaces them."""
    return (" " if language() == "en" else "").join(s for s in sentences if s)


def bottleneck(flow: Sequence[Mapping[str, Any]]) -> str:
    """Where work stands longest, whom it waits for, and where more comes in than goes out."""
    if not any(line["n"] for line in flow):
        return str(gettext("没有在办案件。"))
    worst = max(flow, key=lambda line: line["old"])
    filling = max(flow, key=lambda line: line["entered"] - line["left"])
    first = (
        ngettext(
            "「%(state)s」停留超过 30 天的有 %(num)s 件，其中 %(m)s 件%(turn)s。",
            "「%(state)s」停留超过 30 天的有 %(num)s 件，其中 %(m)s 件%(turn)s。",
            worst["old"],
            state=standing(worst["standing"]),
            m=max(worst["old_with"].values(), default=0),
            turn=_waits_for(max(worst["old_with"], key=lambda t: worst["old_with"][t])),
        )
        if worst["old"]
        else gettext("没有停留超过 30 天的案件。")
    )
    second = (
        gettext(
            "「%(state)s」本周进多出少（+%(entered)s / −%(left)s）。",
            state=standing(filling["standing"]),
            entered=filling["entered"],
            left=filling["left"],
        )
        if filling["entered"] > filling["left"]
        else ""
    )
    return joined(first, second)


def _waits_for(turn: str) -> str:
    words = {
        "us": gettext("在我方"),
        "client": gettext("等客户"),
        "reviewer": gettext("等复核"),
        "authority": gettext("等主管部门"),
    }
    return str(words.get(turn, words["us"]))


def standing(code: str) -> str:
    """The word for a line of the flow table."""
    if code == "reported":
        return str(gettext("已报送 · 待归档"))
    group = "standing" if code in catalogue.labels("standing") else "state"
    return catalogue.label_of(group, code).read(language())


def load(lines: Sequence[Mapping[str, Any]]) -> str:
    """Who carries more than the suggested limit."""
    above = sum(line["n"] > LIMIT for line in lines)
    if above:
        return str(
            ngettext(
                "%(num)s 人超过建议上限 %(limit)s 件，可改派给件数少的人。",
                "%(num)s 人超过建议上限 %(limit)s 件，可改派给件数少的人。",
                above,
                limit=LIMIT,
            )
        )
    return str(gettext("没有人超过建议上限 %(limit)s 件。", limit=LIMIT)) if lines else ""


def matrix(told: Mapping[str, Any]) -> str:
    """The fullest cell, and how many cells hold something overdue."""
    cells = [
        (cell, kind, place) for kind, row in told["rows"].items() for place, cell in row.items()
    ]
    if not cells:
        return ""
    (n, _), kind, place = max(cells, key=lambda found: found[0][0])
    late = sum(cell[1] > 0 for cell, _, _ in cells)
    first = gettext(
        "最多的是 %(kind)s × %(place)s：%(n)s 件。",
        kind=kind_name(kind),
        place=catalogue.label_of("authority", place).read(language()),
        n=n,
    )
    second = ngettext("%(num)s 格含逾期。", "%(num)s 格含逾期。", late) if late else ""
    return joined(first, second)


def kind_name(kind: str) -> str:
    """The short name of a kind; cases about numbers have none."""
    if not kind:
        return str(gettext("码号"))
    return catalogue.label_of("kind_short", kind).read(language())


def radar(lines: Sequence[Mapping[str, Any]]) -> str:
    """How many licenses end, how many are too late, how many have to be started."""
    total = {name: sum(line[name] for line in lines) for name in ENDINGS}
    if not sum(total.values()):
        return str(gettext("未来 12 个月没有到期的许可证。"))
    return str(
        gettext(
            "续期须在有效期届满前 90 日提出：%(late)s 张已过最迟申请日仍未启动，"
            "%(window)s 张在窗口内未启动。",
            late=total["late"],
            window=total["window"],
        )
    )


def trend(lines: Sequence[Mapping[str, Any]]) -> str:
    """From where to where the overdue rate went, against the target."""
    first = next((line for line in lines if line["open"]), None)
    if first is None:
        return str(gettext("还没有可比的数据。"))
    now = rate(lines[-1])
    told = gettext(
        "逾期率由 %(first)s%% 到 %(now)s%%，%(verdict)s。",
        first=rate(first),
        now=now,
        verdict=gettext("在 %(target)s%% 目标之内", target=LATE_TARGET)
        if now <= LATE_TARGET
        else gettext("高于 %(target)s%% 目标", target=LATE_TARGET),
    )
    return str(told)


def reasons(told: Mapping[str, Any]) -> str:
    """What is asked for most, and what to do about it."""
    named = [line for line in told["lines"] if line["about"]]
    if not named:
        return ""
    worst = named[0]
    return str(
        gettext(
            "建议：把「%(what)s」的核对前移到备料环节，它占补正意见的 %(share)s%%。",
            what=catalogue.material_name(worst["about"]).read(language()),
            share=round(100 * worst["n"] / told["total"]),
        )
    )
