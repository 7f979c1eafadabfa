"""The only way into the law: everything loaded, checked, and looked up by code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from workflow.domain.errors import BadInput, NotBuilt
from workflow.domain.facts import Facts
from workflow.domain.guard import Finding, Guard
from workflow.domain.procedure import Confidence, LicenseKind, Procedure, Text
from workflow.law import vocabulary
from workflow.law.authorities import AUTHORITIES, COVERAGES, PROVINCES, authority_for
from workflow.law.calendar import CALENDAR
from workflow.law.changes import rows_of as changes_of
from workflow.law.credit_code import flaw
from workflow.law.deciding import authority_of, is_report
from workflow.law.follow_ups import follow_ups_of
from workflow.law.intended import intended
from workflow.law.labels import TABLES
from workflow.law.loading import Coded, load
from workflow.law.questions import QUESTIONS
from workflow.law.self_check import CODES
from workflow.law.sentences import fill
from workflow.law.sources import PRACTICE
from workflow.law.tracks import undertaking

__all__ = [
    "AUTHORITIES",
    "CALENDAR",
    "COVERAGES",
    "LAW",
    "PRACTICE",
    "PROVINCES",
    "VERSION",
    "Requirement",
    "authority_for",
    "authority_of",
    "changes_of",
    "counts",
    "default_items",
    "flaw",
    "follow_ups_of",
    "guards_for",
    "guards_of",
    "intended",
    "is_report",
    "item_code",
    "kind",
    "label_of",
    "labels",
    "load",
    "material_name",
    "procedure",
    "required",
    "sending_acts",
    "sentence",
    "severity_of",
    "undertaking",
]


@dataclass(frozen=True, slots=True)
class Requirement:
    """A material this case needs now: `code`, or one of `alternatives` in its place.

    `why` is the condition that put it on the list, None for what every case needs; `encloses` what
    goes in with it.
    """

    code: str
    alternatives: tuple[str, ...]
    why: Text | None
    encloses: tuple[Text, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code that satisfies the requirement, the usual one first."""
        return (self.code, *self.alternatives)


LAW = load()
VERSION = "2026-11-23"
"""The day the rulebook behind these definitions was closed; every event names it."""


def _pick(table: Mapping[str, Coded], planned: Mapping[str, Text], what: Text, code: str) -> Coded:
    if code in table:
        return table[code]
    if code in planned:
        name = planned[code]
        raise NotBuilt(
            Text(
                f"{what.zh}“{name.zh}”（{code}）尚未支持",
                f"The {what.en} '{name.en}' ({code}) is not built yet",
            )
        )
    raise BadInput(
        what.en.rsplit(maxsplit=1)[-1],
        Text(f"没有这种{what.zh}：{code}", f"No such {what.en}: {code}"),
    )


def procedure(code: str) -> Procedure:
    """The procedure. Raises NotBuilt when it is planned, BadInput when there is none."""
    what = Text("办理事项", "procedure")
    return _pick(LAW.procedures, vocabulary.PROCEDURES, what, code)


def kind(code: str) -> LicenseKind:
    """The license kind. Raises BadInput when there is none."""
    return _pick(LAW.kinds, {}, Text("业务种类", "license kind"), code)


def guards_of(codes: Iterable[str], on: date) -> tuple[Guard, ...]:
    """The guards of these codes that are in force on the day, in the order given."""
    texts = (LAW.guards[code].text_on(on) for code in codes)
    return tuple(text for text in texts if text)


def guards_for(codes: Iterable[str], facts: Facts) -> tuple[str, ...]:
    """Those of these guards that the case is judged by: a change only by what is changed."""
    when = procedure(facts.procedure).guards_when
    return tuple(code for code in codes if code not in when or when[code](facts))


def required(procedure: Procedure, facts: Facts) -> tuple[Requirement, ...]:
    """The materials this case needs, conditions evaluated on its facts."""
    return tuple(
        Requirement(
            need.code,
            need.alternatives,
            need.why,
            tuple(e.says for e in need.encloses if e.when is None or e.when(facts)),
        )
        for need in procedure.needs
        if need.when is None or need.when(facts)
    )


def item_code(kind_code: str, name_or_code: str) -> str:
    """The code of a service item, given by code or Chinese name. Raises BadInput."""
    for item in kind(kind_code).items:
        if name_or_code in (item.code, item.name.zh):
            return item.code
    raise BadInput(
        "items",
        Text(
            f"{kind_code} 没有这个服务项目：{name_or_code}",
            f"{kind_code} has no such service item: {name_or_code}",
        ),
    )


def default_items(kind_code: str) -> tuple[str, ...]:
    """What omitted items mean: the first of the kind, nothing for a kind without items."""
    return tuple(item.code for item in kind(kind_code).items[:1])


def sentence(finding: Finding, language: str, on: date | None = None) -> str:
    """The finding in words: requirement with its threshold, and what was found.

    In the words of the text in force `on` that day, of the newest text without a day.
    """
    guard = LAW.guards.get(finding.code)
    guard = guard.text_on(on) if guard and on else guard
    if guard is None:
        return finding.code
    return fill(guard.says.get(finding.says, guard.title), finding.values, language)


def severity_of(guard: Guard) -> str:
    """`H`, `P`, or `house` where the rule is our own and no law or guide stands behind it."""
    if guard.cites[0].confidence is Confidence.DESIGN:
        return "house"
    return guard.severity.value


_TRIGGERS = {rule.trigger: rule.label for p in LAW.procedures.values() for rule in p.rules}
_LABELS: Mapping[str, vocabulary.Labels] = {
    **TABLES,
    "guard": {guard.code: guard.title for guard in LAW.guards.values()},
    "trigger": _TRIGGERS,
    "event": {**_TRIGGERS, **TABLES["event"]},
}


def label_of(group: str, code: str) -> Text:
    """The word for a code; a code the group does not know stands for itself.

    Raises KeyError for an unknown group, which is a mistake in the caller.
    """
    return _LABELS[group].get(code) or Text(code, code)


def labels(group: str) -> vocabulary.Labels:
    """Every code of a group with its word, in the order a page lists them."""
    return _LABELS[group]


def material_name(code: str) -> Text:
    """The name of a material; an unknown code stands for itself."""
    return label_of("material", code)


def sending_acts() -> frozenset[str]:
    """Acts that leave a message in the outbox, whichever procedure and state they are taken in."""
    sending = {r.trigger for p in LAW.procedures.values() for r in p.rules if r.sends}
    return frozenset(sending | {"assign"})


def counts() -> dict[str, int]:
    """How much law is loaded, for `law check`."""
    return {
        "kinds": len(LAW.kinds),
        "procedures": len(LAW.procedures),
        "rules": sum(len(procedure.rules) for procedure in LAW.procedures.values()),
        "guards": len(LAW.guards),
        "materials": len(LAW.materials),
        "clocks": len(LAW.clocks),
        "self_checks": len(CODES),
        "questions": len(QUESTIONS),
    }
