"""Finding a question by Chinese or English words, codes, pinyin or the initials of pinyin."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from workflow.domain.procedure import Text
from workflow.law.kinds import BY_CODE
from workflow.law.question_basis import codes_behind
from workflow.law.question_rows import GROUPS, Question
from workflow.law.questions import ENTRIES, answer_of, points_of

LONGEST = 100
NEAREST = 10
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_WORDS = re.compile(r"[\u4e00-\u9fff]+|[a-z0-9]+(?:-[a-z0-9]+)*")
_PREFIX = 3
# What people call the subject of a group besides its name.
_ALSO: Mapping[str, str] = {
    "annual_report": "年检 年审",
    "agents": "中介 代办机构",
    "number": "号码 短号 号段",
    "rejection": "驳回 拒批",
    "change": "更改 修改",
    "cancellation": "注销 终止",
}
_EXACT, _STARTS, _HEADLINE, _WITHIN, _SPOKEN, _INITIALS = 6, 5, 4, 2, 3, 1


@dataclass(frozen=True, slots=True)
class Found:
    """The questions found, best first; `partly` when none has everything that was typed."""

    questions: tuple[Question, ...]
    partly: bool = False


@dataclass(frozen=True, slots=True)
class _Card:
    """What one question is found by. `spoken` is pinyin with a space before every syllable."""

    question: Question
    head: str
    body: str
    words: frozenset[str]
    spoken: str
    initials: str


def normalized(*parts: str) -> str:
    """One line with full-width signs made plain and capitals made small."""
    return unicodedata.normalize("NFKC", " ".join(parts)).casefold()


def search(typed: str) -> Found | None:
    """Questions that answer to everything typed, else those that come nearest.

    None when there is nothing to look for: no letter, no figure, no character.
    """
    words = _WORDS.findall(normalized(typed[:LONGEST]))
    if not words:
        return None
    whole = _ranked(words, all)
    return Found(whole) if whole else Found(_ranked(_pieces(words), _most)[:NEAREST], partly=True)


def _most(scores: list[int]) -> bool:
    """Two parts in five: what is left are the small words between them."""
    return sum(map(bool, scores)) * 5 >= len(scores) * 2


def _ranked(words: list[str], enough: Callable[[list[int]], bool]) -> tuple[Question, ...]:
    vocabulary = _vocabulary()
    scored = []
    for card in _cards():
        scores = [_score(card, word, known=word in vocabulary) for word in words]
        if enough(scores):
            scored.append((sum(scores), card.question))
    return tuple(question for _, question in sorted(scored, key=lambda s: (-s[0], s[1].number)))


def _pieces(words: list[str]) -> list[str]:
    """Chinese without spaces taken apart in pairs, so that most of a sentence may still fit."""
    pieces: list[str] = []
    for word in words:
        pairs = [word[n : n + 2] for n in range(len(word) - 1)]
        pieces += pairs if _CHINESE.fullmatch(word) and pairs else [word]
    return pieces


def _score(card: _Card, word: str, *, known: bool) -> int:
    """How well a question answers to one word. A `known` word is never taken for pinyin."""
    if _CHINESE.fullmatch(word):
        return _HEADLINE if word in card.head else _WITHIN if word in card.body else 0
    if word in card.words:
        return _EXACT
    if len(word) >= _PREFIX and any(one.startswith(word) for one in card.words):
        return _STARTS
    if known or not word.isalpha():
        return 0
    if word in card.initials:
        return _INITIALS
    return _SPOKEN if _sounds(card.spoken, word) else 0


def _sounds(spoken: str, word: str) -> bool:
    """True when the word is spelled from the beginning of a syllable on."""
    joined = spoken.replace(" ", "")
    starts = {0}
    for syllable in spoken.split():
        starts.add(max(starts) + len(syllable))
    return any(joined.startswith(word, start) for start in starts)


@cache
def _cards() -> tuple[_Card, ...]:
    return tuple(_card(question) for question in ENTRIES)


@cache
def _vocabulary() -> frozenset[str]:
    return frozenset().union(*(card.words for card in _cards()))


def _card(question: Question) -> _Card:
    kinds = [BY_CODE[ref] for ref in question.refs if ref in BY_CODE]
    names = [*(kind.name for kind in kinds), *(kind.short for kind in kinds)]
    groups = [GROUPS[group] for group in question.groups]
    also = " ".join(_ALSO.get(group, "") for group in question.groups)
    named = (question.headline, *names, *groups, Text(also, ""))
    texts = (answer_of(question, date.max), *points_of(question, date.max))
    head = normalized(question.keywords, *(text.zh for text in named))
    english = normalized(question.keywords, *(text.en for text in (*named, *texts)))
    items = (item.code for kind in kinds for item in kind.items)
    numbers = (str(question.number), f"Q{question.number}")
    behind = codes_behind(question, date.max)
    codes = (*behind, *(kind.catalogue_code for kind in kinds), *items, *numbers)
    words = {*_latin(english), *_latin(head), *(code.casefold() for code in codes)}
    spoken, initials = _pinyin(head)
    body = normalized(*(text.zh for text in texts))
    return _Card(question, head, body, frozenset(words), spoken, initials)


def _latin(line: str) -> set[str]:
    """The words of a line that are not Chinese, whole and by their hyphened parts."""
    whole = {word for word in _WORDS.findall(line) if not _CHINESE.fullmatch(word)}
    return whole | {part for word in whole for part in word.split("-")}


def _pinyin(line: str) -> tuple[str, str]:
    """Syllables with spaces between them, and their initials, run by run."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - half a second that only a search needs

    runs = [lazy_pinyin(run) for run in _CHINESE.findall(line)]
    initials = " ".join("".join(syllable[0] for syllable in run) for run in runs)
    return " ".join(" ".join(run) for run in runs), initials
