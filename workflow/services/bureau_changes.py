"""Practice figures of bureaus changed by hand: checked, written, kept with what they were."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.domain.errors import BadInput
from workflow.domain.procedure import Text
from workflow.law import catalogue
from workflow.law.figures import FIGURE_LABELS, PREMISES, RENEWAL_PAPERS
from workflow.services.advance import record_about
from workflow.services.sealing import Request
from workflow.storage import parameters

MOST = 1000
LONGEST = 300
OFFICE = 1
SET = "set_parameter"
YES_NO = {"是": True, "yes": True, "否": False, "no": False}


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one figure, as the office's chain holds it. None: the national default."""

    at: str
    by: str
    bureau: str
    kind: str
    name: str
    old: Any
    new: Any
    source: str


def change(
    tx: Session,
    *,
    bureau: str,
    kind: str,
    name: str,
    value: str | None,
    source: str,
    actor: Actor,
    moment: Moment,
    request: Request = Request(),  # noqa: B008
) -> bool:
    """Set a figure, or (None) go back to the default; False when it is so already.

    Raises BadInput for an unknown bureau, kind or figure, a number no bureau asks for, no source.
    """
    _check(bureau, kind, name, source)
    new = None if value is None else read_value(name, value)
    known = {(p, k, n): (v, s) for p, k, n, v, s in parameters.every_parameter(tx)}
    before = known.get((bureau, kind, name), (None, ""))
    if before[0] == new and (new is None or before[1] == source):
        return False

    def write() -> list[dict[str, Any]]:
        if new is None:
            parameters.remove_parameter(tx, province=bureau, kind=kind, name=name)
        else:
            parameters.set_parameter(
                tx, province=bureau, kind=kind, name=name, value=json.dumps(new), source=source
            )
        field = f"parameter.{bureau}.{kind}.{name}"
        return [{"field": field, "old": before[0], "new": new}]

    record_about(
        tx, "office", OFFICE, SET, actor=actor, moment=moment, change=write, request=request,
        fields={"source": source},
    )  # fmt: skip
    return True


def history(session: Session) -> list[Change]:
    """The last hundred changes, the newest first."""
    found = []
    for body in parameters.changes(session, SET):
        (told,) = body["changes"]
        _, bureau, kind, name = told["field"].split(".")
        found.append(
            Change(
                body["at"],
                body["actor"],
                bureau,
                kind,
                name,
                told["old"],
                told["new"],
                body.get("source", ""),
            )
        )
    return found


def read_value(name: str, typed: str) -> Any:  # noqa: ANN401 - a figure is a number, yes or no, or a list
    """What was typed, as the guards read it. Raises BadInput for what the figure cannot be."""
    typed = unicodedata.normalize("NFKC", typed).strip()
    if name == PREMISES:
        if typed.lower() not in YES_NO:
            raise BadInput("value", Text("请填写“是”或“否”", "Enter yes or no"))
        return YES_NO[typed.lower()]
    if name == RENEWAL_PAPERS:
        codes = [code.upper() for code in re.split(r"[\s,、;]+", typed) if code]
        unknown = [code for code in codes if code not in catalogue.labels("material")]
        if unknown or not codes:
            told = "、".join(unknown[:5])
            raise BadInput(
                "value",
                Text(f"请填写材料代码，没有：{told}", f"Enter codes of materials; unknown: {told}"),
            )
        return codes
    if not typed.isascii() or not typed.isdigit() or int(typed[:9]) > MOST:
        raise BadInput("value", Text(f"请填写 0 至 {MOST} 的整数", f"Enter a number, 0 to {MOST}"))
    return int(typed)


def read_figure(name: str, value: object) -> Any:  # noqa: ANN401 - as read_value
    """The same for a value of a file, where numbers, truths and lists have a form of their own."""
    if isinstance(value, bool):
        return read_value(name, "yes" if value else "no")
    if isinstance(value, list):
        return read_value(name, " ".join(map(str, value)))
    return read_value(name, str(value))


def _check(bureau: str, kind: str, name: str, source: str) -> None:
    listed = Text("请从列表中选择", "Choose from the list")
    for field, code, among in (
        ("bureau", bureau, catalogue.labels("authority")),
        ("kind", kind, {"", *catalogue.labels("kind")}),
        ("name", name, FIGURE_LABELS),
    ):
        if code not in among:
            raise BadInput(field, listed)
    if not source.strip() or len(source) > LONGEST:
        raise BadInput(
            "source",
            Text(
                f"请填写来源，如网站、通知或电话答复的日期，最多 {LONGEST} 字",
                f"Say where it comes from: a page, a notice, a call and its day; {LONGEST} at most",
            ),
        )
