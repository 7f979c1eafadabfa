"""One rule on one sheet: every text with its days, what it asks, how to fix it, its basis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from workflow.domain.guard import Guard
from workflow.domain.procedure import Citation, LicenseKind, Material, Text
from workflow.domain.time_limit import Clock
from workflow.law import catalogue
from workflow.law.changes import CHANGES, Change
from workflow.law.consequences import CONSEQUENCES
from workflow.law.content import PRIOR_APPROVALS, PriorApproval
from workflow.law.filing_notes import FILING_NOTES
from workflow.law.prerequisite_notes import NOTES
from workflow.law.prerequisites import PREREQUISITES, notes_of, of_kinds
from workflow.law.self_check import BLOCKING, CODES, ITEMS, CheckItem
from workflow.services.clock_words import clock_words

ALWAYS = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Value:
    """A word of a sheet; with a code it is another rule."""

    says: Text
    code: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A labeled line of a sheet."""

    label: Text
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """One text of a rule and the days it was in force, first and last included."""

    says: Text
    cites: tuple[Citation, ...]
    rows: tuple[Row, ...] = ()
    since: date = ALWAYS
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """True when this text is in force on the day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One rule. `versions` newest first; `guard` where its strictness and waiver are shown."""

    sort: str
    code: str
    versions: tuple[Version, ...]
    guard: Guard | None = None
    hard: bool | None = None

    def on(self, day: date) -> Version | None:
        """The text in force on the day, None when there was none."""
        return next((version for version in self.versions if version.holds_on(day)), None)


SORTS = (
    "guards", "materials", "clocks", "kinds", "self-check", "changes", "kind-conditions", "tasks",
    "filing", "consequences",
)  # fmt: skip


def sheets_of(sort: str) -> tuple[Sheet, ...]:
    """Every rule of a sort, in the law's order; nothing for a sort there is none of."""
    law = catalogue.LAW
    made: dict[str, Iterable[Sheet]] = {
        "guards": map(_guard, law.guards.values()),
        "materials": map(_material, law.materials.values()),
        "clocks": map(_clock, law.clocks.values()),
        "kinds": map(_kind, law.kinds.values()),
        "self-check": map(_check, CODES),
        "changes": map(_change, CHANGES),
        "kind-conditions": _kind_conditions(),
        "tasks": (Sheet("tasks", c, (_task(c, t),)) for c, t in catalogue.labels("task").items()),
        "filing": (
            Sheet("filing", n.code, (Version(n.name, n.cites, (_row(_SAYS, n.says),)),))
            for n in FILING_NOTES
        ),
        "consequences": (
            Sheet("consequences", c.code, (Version(c.says, c.cites),)) for c in CONSEQUENCES
        ),
    }
    return tuple(made.get(sort, ()))


def sheets_for(code: str) -> tuple[Sheet, ...]:
    """The sheets of one code: a self-check item may be a condition as well."""
    return tuple(sheet for sort in SORTS for sheet in sheets_of(sort) if sheet.code == code)


_SAYS = Text("内容", "What it says")
_FIX = Text("不满足时怎么办", "How to fix it")
_WHERE = Text("在哪里补", "Where it is mended")
_EVIDENCE = Text("凭据", "Evidence")


def _row(label: Text, *values: Text) -> Row:
    return Row(label, tuple(Value(value) for value in values))


def _rules(label: Text, group: str, codes: Iterable[str]) -> Iterator[Row]:
    """A line that names other rules; none when there are none."""
    values = tuple(Value(catalogue.label_of(group, code), code) for code in codes)
    if values:
        yield Row(label, values)


def _guard(guard: Guard) -> Sheet:
    return Sheet("guards", guard.code, tuple(map(_guard_text, guard.texts)), guard)


def _guard_text(text: Guard) -> Version:
    rows = [_row(_FIX, text.fix), _row(_WHERE, catalogue.label_of("section", text.fix_at))]
    if text.code == "G-PREAPP":
        held = [row for row in PRIOR_APPROVALS if row.holds_on(text.since)]
        rows.append(_row(Text("须有的文件", "Documents"), *map(_document, held)))
    return Version(text.title, text.cites, tuple(rows), text.since, text.until)


def _document(row: PriorApproval) -> Text:
    content, doubt = catalogue.label_of("content", row.content), row.doubt
    return Text(
        f"{content.zh}：{row.document.zh}（{row.authority.zh}）"
        + (f"，{doubt.zh}" if doubt else ""),
        f"{content.en}: {row.document.en} ({row.authority.en})"
        + (f", {doubt.en}" if doubt else ""),
    )


def _material(material: Material) -> Sheet:
    version = Version(material.name, material.cites, (_row(_SAYS, material.note),))
    return Sheet("materials", material.code, (version,))


def _clock(clock: Clock) -> Sheet:
    words = clock_words(clock)
    told = [
        (Text("长度", "Length"), words.length),
        (Text("约束谁", "Whom it binds"), words.whose),
        (Text("何时起算", "Runs from"), words.start),
        (Text("何时停止", "Stops with"), words.stop),
        (Text("停算和延长", "Stands still, is prolonged"), words.extends),
        (Text("另一种读法", "The other reading"), words.reading),
        (Text("不答复的后果", "What silence means"), words.silence),
    ]
    rows = tuple(_row(label, value) for label, value in told if value)
    return Sheet("clocks", clock.code, (Version(clock.name, clock.cites, rows),))


def _check(code: str) -> Sheet:
    texts = sorted((i for i in ITEMS if i.code == code), key=lambda i: i.since, reverse=True)
    return Sheet("self-check", code, tuple(map(_check_text, texts)), hard=code in BLOCKING)


def _check_text(item: CheckItem) -> Version:
    rows = (_row(_EVIDENCE, item.evidence), _row(_FIX, item.fix))
    return Version(item.name, item.cites, rows, item.since, item.until)


def _change(row: Change) -> Sheet:
    days = {
        "registry": Text("工商变更登记后三十日内", "Within 30 days of the registry change"),
        "decision": Text("公司决定后三十日内", "Within 30 days of the decision"),
    }
    rows = [_row(_WHEN, days[row.after])] if row.after else []
    if row.ahead:
        ahead = Text(f"生效前至少 {row.ahead} 日", f"At least {row.ahead} days before the effect")
        rows.append(_row(_WHEN, ahead))
    rows += _rules(Text("条件", "Conditions"), "guard", row.guards)
    rows += _rules(Text("材料", "Materials"), "material", row.papers)
    rows += _rules(
        Text("主管部门的期限", "Clock of the authority"), "clock", filter(None, [row.review])
    )
    if row.writes:
        fields = (catalogue.label_of("field", name) for name in row.writes)
        rows.append(_row(Text("批准后改写", "Changes on approval"), *fields))
    return Sheet("changes", row.code, (Version(row.name, row.cites, tuple(rows)),))


_WHEN = Text("何时办", "When")


def _kind(kind: LicenseKind) -> Sheet:
    scopes = [catalogue.label_of("scope", scope) for scope in sorted(kind.scopes)]
    scopes += [
        Text(f"{s.zh}：未经证实，先向工业和信息化部确认", f"{s.en}: unconfirmed, ask MIIT first")
        for s in (catalogue.label_of("scope", scope) for scope in sorted(kind.unconfirmed))
    ]
    rows = [
        _row(Text("目录编号", "Catalogue code"), Text(kind.catalogue_code, kind.catalogue_code)),
        _row(Text("类别", "Class"), catalogue.label_of("service_class", kind.service_class)),
        _row(Text("范围", "Scopes"), *scopes),
    ]
    if kind.items:
        rows.append(_row(Text("服务项目", "Service items"), *(i.name for i in kind.items)))
    judged = [Value(row.name, row.code) for row in of_kinds([kind.code])]
    told = [Value(note.says, note.code) for note in notes_of([kind.code])]
    if judged or told:
        rows.append(Row(Text("专门条件", "Conditions of its own"), (*judged, *told)))
    rows += _rules(Text("另加材料", "Further materials"), "material", kind.materials)
    rows += _rules(Text("后续事项", "Follow-up tasks"), "task", kind.follow_ups)
    return Sheet("kinds", kind.code, (Version(kind.name, kind.cites, tuple(rows)),))


def _kind_conditions() -> Iterator[Sheet]:
    """What kinds ask of their own: rows that are judged, then what is only told."""
    for row in PREREQUISITES:
        version = Version(row.name, row.cites, tuple(_of_kinds(row.kinds)))
        yield Sheet("kind-conditions", row.code, (version,), hard=row.hard)
    for note in NOTES:
        version = Version(note.says, note.cites, tuple(_of_kinds(note.kinds)))
        yield Sheet("kind-conditions", note.code, (version,), hard=note.hard)


def _of_kinds(kinds: frozenset[str]) -> Iterator[Row]:
    return _rules(Text("业务种类", "Kinds"), "kind", (c for c in catalogue.LAW.kinds if c in kinds))


def _task(code: str, says: Text) -> Version:
    kinds = [kind.code for kind in catalogue.LAW.kinds.values() if code in kind.follow_ups]
    return Version(says, (), tuple(_rules(Text("业务种类", "Kinds"), "kind", kinds)))
