"""What a question is made of, and the groups a page shows them in."""

from __future__ import annotations

from dataclasses import dataclass

from workflow.domain.procedure import Citation, Text
from workflow.law.question_steps import NextStep
from workflow.law.vocabulary import Labels


@dataclass(frozen=True, slots=True)
class Figures:
    """Which of the agency's own cases an answer counts; an empty field counts all."""

    procedure: str
    kind: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `answer` and `points` name figures and rules by placeholders.

    `refs` are codes of the rules behind it, `cites` what it rests on besides them. `no_rule` says
    that no rule was found, so the answer only tells what is known. `keywords` are other words a
    person may look for it by, `see` the numbers of questions to read next.
    """

    number: int
    headline: Text
    groups: tuple[str, ...]
    refs: tuple[str, ...]
    answer: Text
    points: tuple[Text, ...] = ()
    steps: tuple[NextStep, ...] = ()
    cites: tuple[Citation, ...] = ()
    figures: Figures | None = None
    keywords: str = ""
    see: tuple[int, ...] = ()
    no_rule: bool = False


def question(
    number: int,
    *,
    groups: str,
    refs: str,
    text: str,
    points: str,
    steps: tuple[NextStep, ...],
    cites: tuple[Citation, ...] = (),
    figures: Figures | None = None,
    keywords: str = "",
    see: str = "",
    no_rule: bool = False,
) -> Question:
    """A row as it is written down: groups, codes and numbers with spaces between them.

    `text` is the headline and the answer; each paragraph is Chinese, then English after a slash.
    """
    headline, answer = paragraphs(text)
    return Question(
        number,
        headline,
        tuple(groups.split()),
        tuple(refs.split()),
        answer,
        paragraphs(points),
        steps,
        cites,
        figures,
        keywords,
        tuple(int(number) for number in see.split()),
        no_rule,
    )


def paragraphs(block: str) -> tuple[Text, ...]:
    """The paragraphs of a block. A paragraph without its slash lacks the English."""
    lines = "\n".join(line.strip() for line in block.strip().splitlines())
    return tuple(_text(paragraph) for paragraph in lines.split("\n\n") if paragraph.strip())


def _text(paragraph: str) -> Text:
    """Chinese lines join as they are, English ones with a space."""
    zh, _, en = paragraph.strip().partition("\n/ ")
    return Text(zh.replace("\n", ""), en.replace("\n", " "))


GROUPS: Labels = {
    "authority": Text("找哪个机关", "Which authority"),
    "kind": Text("该办哪个证", "Which license"),
    "new": Text("新办", "New application"),
    "foreign": Text("外资", "Foreign investment"),
    "change": Text("变更", "Change"),
    "renewal": Text("续期", "Renewal"),
    "cancellation": Text("注销", "Cancellation"),
    "annual_report": Text("年报", "Annual report"),
    "number": Text("码号", "Numbering"),
    "cross_province": Text("跨省", "Across provinces"),
    "materials": Text("前置审批和材料", "Prior approvals and materials"),
    "agents": Text("代理机构", "Agents"),
    "policy": Text("政策", "Policy"),
    "rejection": Text("不予批准", "Refusals"),
}
