"""The look-back self-check as a form: its groups, its answers, and how far it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from web.forms import Answers
from workflow.domain.procedure import Text
from workflow.services.self_checking import Line

ANSWERS = (("green", Text("合规", "In order")), ("red", Text("不合规", "Not in order")))
GROUPS: tuple[tuple[Text, tuple[str, ...]], ...] = (
    (Text("经营范围", "What is run, and where"), ("RL-01", "RL-02", "RL-03", "RL-21")),
    (Text("申报和报送", "Changes and reports"), ("RL-04", "RL-05", "RL-06", "RL-18")),
    (Text("资质和名单", "Standing and lists"), ("RL-14", "RL-15", "RL-16", "RL-19", "RL-20")),
    (Text("用户和信息安全", "Users and information security"),
     ("RL-07", "RL-08", "RL-09", "RL-10", "RL-22")),
    (Text("资源和接入", "Resources and hosting"), ("RL-11", "RL-12", "RL-13", "RL-17")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a self-check is: answered, and which items are red."""

    total: int
    answered: int
    red: tuple[Line, ...]

    @property
    def open(self) -> int:
        """How many nobody has answered."""
        return self.total - self.answered


def progress_of(lines: Iterable[Line]) -> Progress:
    """An item red on record needs no answer."""
    found = tuple(lines)
    return Progress(
        len(found),
        sum(bool(line.verdict) for line in found),
        tuple(line for line in found if line.verdict == "red"),
    )


def grouped(lines: Iterable[Line]) -> list[tuple[Text, list[Line]]]:
    """The items under their headings."""
    by_code = {line.code: line for line in lines}
    return [(name, [by_code[code] for code in codes if code in by_code]) for name, codes in GROUPS]


def codes() -> list[str]:
    """Every item, as a form names it."""
    return [code for _, group in GROUPS for code in group]


def read(form: Answers) -> dict[str, str]:
    """The answers given; an item left open is no answer. Faults are noted on the form."""
    offered = [value for value, _ in ANSWERS]
    given = {code: form.choice(code, offered, required=False) for code in codes()}
    return {code: answer for code, answer in given.items() if answer}
