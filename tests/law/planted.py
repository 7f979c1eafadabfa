"""One planted defect of every sort: a law or a table that is wrong in one place, and its name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from workflow.domain.procedure import Ask, Need, ServiceItem, State, Text
from workflow.law.catalogue import LAW
from workflow.law.tables import SHIPPED

NEW = LAW.procedures["new"]
MUTE = Text("有", " ")
UNCITED: tuple = ()


def with_table(table, key, **changes):
    things = getattr(LAW, table)
    return replace(LAW, **{table: {**things, key: replace(things[key], **changes)}})


def with_new(**changes):
    return with_table("procedures", "new", **changes)


def with_rule(trigger, **changes):
    rules = tuple(replace(r, **changes) if r.trigger == trigger else r for r in NEW.rules)
    return with_new(rules=rules)


def without(*triggers):
    return with_new(rules=tuple(rule for rule in NEW.rules if rule.trigger not in triggers))


def besides(table, key, like):
    """One more entry that nothing uses."""
    things = getattr(LAW, table)
    return replace(LAW, **{table: {**things, key: replace(things[like], code=key)}})


def says(**sentences):
    return {**LAW.guards["G-STAFF"].says, **sentences}


def kind(**changes):
    return with_table("kinds", "ICP", **changes)


def clock(code, /, **changes):
    return with_table("clocks", code, **changes)


def guard(**changes):
    return with_table("guards", "G-STAFF", **changes)


def earlier(until, since=date(1900, 1, 1)):
    """G-STAFF as if its text of today began in 2026 and another one held before."""
    old = replace(LAW.guards["G-STAFF"], since=since, until=until)
    return guard(since=date(2026, 1, 1), earlier=(old,))


def row(table, at=0, **changes):
    """The tables beside the procedures with one row changed."""
    rows = getattr(SHIPPED, table)
    return replace(SHIPPED, **{table: (*rows[:at], replace(rows[at], **changes), *rows[at + 1 :])})


def again(table):
    rows = getattr(SHIPPED, table)
    return replace(SHIPPED, **{table: (*rows, rows[0])})


def drugs(**changes):
    at = next(n for n, r in enumerate(SHIPPED.approvals) if r.code == "drugs-filing")
    return row("approvals", at, **changes)


def retention(**changes):
    at = [n for n, item in enumerate(SHIPPED.items) if item.code == "RL-08"][-1]
    return row("items", at, **changes)


UNBROKEN = {key: text for key, text in LAW.guards["G-STAFF"].says.items() if key != "broken"}
CHOICE = (Ask("reason", Text("事由", "Reason"), "choice"),)
WORDLESS = (Ask("reason", MUTE),)
ASKED_TWICE = (Ask("a", Text("甲", "A")), Ask("a", Text("甲", "A")))
TWICE = (*NEW.rules, NEW.rules[0])
HALF_CITED = (replace(NEW.cites[0], article=Text("第一条", "")),)
STUCK = tuple(
    replace(rule, source=tuple(set(rule.source) - {State.CORRECTION_REQUESTED}))
    if rule.target
    else rule
    for rule in NEW.rules
    if rule.trigger != "resubmit"
)

PLANTED = {
    # names that name nothing
    "unknown guard": (with_rule("submit", guards=("G-NONE",)), "submit: unknown guard G-NONE"),
    "guard judged twice": (
        with_rule("submit", guards=("G-STAFF", "G-STAFF")), "submit: guard G-STAFF twice",
    ),
    "unknown effect": (with_rule("approve", effects=("magic",)), "unknown effect magic"),
    "unknown role": (with_rule("submit", by=frozenset({"boss"})), "submit: unknown role boss"),
    "unknown state": (with_rule("prepare", target="limbo"), "unknown state 'limbo'"),
    "unknown clock": (with_new(clocks=("K-NONE",)), "procedure new: unknown clock K-NONE"),
    "clock narrowed or filed by that it has not": (
        with_new(filing_clocks=("K-FEE",)), "procedure new: unknown clock of its own K-FEE",
    ),
    "guard narrowed that it does not judge": (
        with_new(guards_when={"G-SETTLE": bool}), "unknown guard of its own G-SETTLE",
    ),
    "unknown kind": (with_new(kinds=frozenset({"XYZ"})), "procedure new: unknown kind XYZ"),
    "unknown material": (with_new(needs=(Need("M-NONE"),)), "unknown material M-NONE"),
    "unknown alternative": (
        with_new(needs=(Need("M-SI", alternatives=("M-NONE",)),)), "unknown material M-NONE",
    ),
    "unknown trigger": (clock("K-DELIV", ends=("celebrate",)), "unknown trigger celebrate"),
    "unknown anchor": (clock("K-RENEW", anchor="full_moon"), "unknown anchor full_moon"),
    "unknown section": (guard(fix_at="attic"), "guard G-STAFF: unknown section attic"),
    "unknown task": (kind(follow_ups=("T-NONE",)), "kind ICP: unknown task T-NONE"),
    "unknown material of a kind": (kind(materials=("M-NONE",)), "unknown material M-NONE"),
    "unknown scope": (kind(scopes=frozenset({"X"})), "kind ICP: unknown scope X"),
    "unknown grain": (kind(grain="village"), "kind ICP: unknown grain village"),
    "unknown class": (kind(service_class="3"), "kind ICP: unknown class 3"),
    # one language
    "one language of a label": (with_rule("submit", label=MUTE), "submit: missing en text"),
    "one language of a question": (with_rule("submit", asks=WORDLESS), "reason: missing en text"),
    "one language of a sentence": (
        guard(says=says(fail=Text("", "Too few"))), "guard G-STAFF: missing zh text",
    ),
    "one language of a material": (
        with_table("materials", "M-APP", note=MUTE), "material M-APP: missing en text",
    ),
    "one language of a clock": (clock("K-CORR", silence=MUTE), "clock K-CORR: missing en text"),
    "one language of a kind": (
        kind(items=(ServiceItem("ICP-PUBLISH", MUTE),)), "kind ICP: missing en text",
    ),
    "one language of a procedure": (with_new(name=MUTE), "procedure new: missing en text"),
    "one language of a reason": (
        with_new(needs=(Need("M-PREM", bool, MUTE),)), "M-PREM: missing en text",
    ),
    "one language of a basis": (with_rule("submit", cites=HALF_CITED), "basis: missing en text"),
    "different values": (
        guard(says=says(fail=Text("现有 {staff} 人", "Too few"))), "name different values",
    ),
    # no basis
    "no basis of a rule": (with_rule("submit", cites=()), "submit: no basis"),
    "no basis of a guard": (guard(cites=()), "guard G-STAFF: no basis"),
    "no basis of a material": (
        with_table("materials", "M-APP", cites=()), "material M-APP: no basis",
    ),
    "no basis of a clock": (clock("K-REV", cites=()), "clock K-REV: no basis"),
    "no basis of a kind": (kind(cites=()), "kind ICP: no basis"),
    "no basis of a procedure": (with_new(cites=()), "procedure new: no basis"),
    # listed under another name
    "wrong name of a guard": (guard(code="G-X"), "listed under G-STAFF but calls itself G-X"),
    "wrong name of a material": (
        with_table("materials", "M-APP", code="M-X"), "listed under M-APP but calls itself M-X",
    ),
    "wrong name of a clock": (clock("K-REV", code="K-X"), "listed under K-REV but calls itself"),
    "wrong name of a kind": (kind(code="X"), "listed under ICP but calls itself X"),
    # nothing uses it
    "guard nobody judges": (besides("guards", "G-IDLE", "G-STAFF"), "G-IDLE: no step judges it"),
    "material nobody asks for": (
        besides("materials", "M-IDLE", "M-APP"), "material M-IDLE: no procedure asks for it",
    ),
    "material on a list that it is not on": (
        with_table("materials", "M-APP", unlisted=True), "is said to be on no list",
    ),
    "clock nobody has": (besides("clocks", "K-IDLE", "K-REV"), "K-IDLE: no procedure has it"),
    "kind nobody takes": (besides("kinds", "IDLE", "SP"), "kind IDLE: no procedure takes it"),
    # acts and states
    "no role": (with_rule("submit", by=frozenset()), "submit: nobody may do it"),
    "no source": (with_rule("deliver", source=()), "deliver: no source state"),
    "two rules for one step": (with_new(rules=TWICE), "a rule for prepare from draft twice"),
    "unreachable": (without("request_correction"), "state correction_requested is unreachable"),
    "dead end": (with_new(rules=STUCK), "state correction_requested is a dead end"),
    "final state left": (
        with_rule("deliver", target=State.DRAFT), "deliver: a final state is left",
    ),
    "no word for a state": (with_new(labels={}), "procedure new: no word for state draft"),
    "empty choice": (with_rule("pause_review", asks=CHOICE), "a choice without choices"),
    "asked twice": (with_rule("submit", asks=ASKED_TWICE), "submit: asks for a twice"),
    "no why": (with_new(needs=(Need("M-PREM", bool),)), "is conditional without saying why"),
    "needed twice": (with_new(needs=(Need("M-APP"), Need("M-APP"))), "material M-APP twice"),
    "one prefix for two procedures": (with_new(prefix="CH"), "case-number prefix CH twice"),
    # clocks and kinds
    "no length": (clock("K-REV", length=0), "clock K-REV: length must be positive"),
    "no start": (clock("K-REV", starts=()), "clock K-REV: nothing starts it"),
    "no start of its own": (clock("K-DELIV", starts=("post_notice",)),
                            "procedure new: no act of its own starts clock K-DELIV"),
    "date of nothing": (clock("K-RDEEM", anchor=""), "a fixed date without the fact it is"),
    "backward clock that rolls": (clock("K-RENEW", rolls=True), "needs a fact and never rolls"),
    "extension of no length": (clock("K-NUM", extension=0), "an act and its length"),
    "no scope": (kind(scopes=frozenset()), "kind ICP: no scope"),
    "doubtful and certain": (
        kind(unconfirmed=frozenset({"N"})), "scope N is both confirmed and not",
    ),
    "one item of two kinds": (
        kind(items=LAW.kinds["EDI"].items), "service item EDI-TRADE twice",
    ),
    # texts over time
    "no broken sentence": (guard(says=UNBROKEN), "G-STAFF: no sentence for `broken`"),
    "two texts on one day": (earlier(date(2026, 1, 1)), "two texts in force on 2026-01-01"),
    "no text on a day": (earlier(date(2025, 12, 30)), "no text in force on 2025-12-31"),
    "text that ends before it begins": (
        earlier(date(2024, 1, 1), since=date(2025, 1, 1)), "ends on 2024-01-01, before it begins",
    ),
    # the tables beside the procedures
    "change: language": (row("changes", name=MUTE), "change C-NAME: missing en text"),
    "change: basis": (row("changes", cites=UNCITED), "change C-NAME: no basis"),
    "change: guard": (row("changes", guards=("G-NONE",)), "C-NAME: unknown guard G-NONE"),
    "change: material": (row("changes", papers=("M-NONE",)), "unknown material M-NONE"),
    "change: clock": (row("changes", review="K-NONE"), "C-NAME: unknown clock K-NONE"),
    "change: field": (row("changes", writes=("soul",)), "C-NAME: unknown field soul"),
    "change: twice": (again("changes"), "change C-NAME twice"),
    "condition: language": (row("prerequisites", name=MUTE), "EDI-PLATFORM: missing en text"),
    "condition: basis": (row("prerequisites", cites=UNCITED), "EDI-PLATFORM: no basis"),
    "condition: kind": (
        row("prerequisites", kinds=frozenset({"XYZ"})), "EDI-PLATFORM: unknown kind XYZ",
    ),
    "condition: for nothing": (row("prerequisites", kinds=frozenset()), "it is for no kind"),
    "condition: twice": (again("notes"), "condition N-ICP-SITE twice"),
    "note: language": (row("notes", says=MUTE), "note N-ICP-SITE: missing en text"),
    "approval: language": (row("approvals", document=MUTE), "news-license: missing en text"),
    "approval: basis": (row("approvals", cites=UNCITED), "news-license: no basis"),
    "approval: content": (row("approvals", content="poems"), "unknown content poems"),
    "approval: none": (row("approvals", content="poems"), "content news: nothing says which"),
    "approval: twice": (again("approvals"), "document news-license twice"),
    "approval: two on one day": (drugs(since=date(2025, 12, 21)), "two texts in force on 2025-12"),
    "approval: none on a day": (drugs(since=date(2025, 12, 23)), "no text in force on 2025-12-22"),
    "range: language": (row("ranges", name=MUTE), "range 1062XXXX: missing en text"),
    "range: basis": (row("ranges", cites=UNCITED), "range 1062XXXX: no basis"),
    "range: use": (row("ranges", uses=("poems",)), "range 1062XXXX: unknown use poems"),
    "range: no use": (row("ranges", uses=()), "range 1062XXXX: it is for no use"),
    "range: pattern": (row("ranges", pattern="1062"), "does not hold what it is called"),
    "range: twice": (again("ranges"), "range 1062XXXX twice"),
    "self-check: language": (row("items", fix=MUTE), "self-check RL-01: missing en text"),
    "self-check: basis": (row("items", cites=UNCITED), "self-check RL-01: no basis"),
    "self-check: two on one day": (retention(since=date(2026, 4, 30)), "RL-08: two texts in"),
    "self-check: none on a day": (retention(since=date(2026, 5, 2)), "no text in force on 2026-05"),
    "self-check: twice": (again("items"), "self-check: item RL-01 twice"),
    "self-check: blocking": (
        replace(SHIPPED, blocking=("RL-99",)), "self-check: unknown blocking item RL-99",
    ),
    "self-check: not judged": (
        replace(SHIPPED, blocking=("RL-01",)), "self-check: unknown guard RL-01",
    ),
    "track: language": (row("tracks", note=MUTE), "track undertaking: missing en text"),
    "track: basis": (row("tracks", cites=UNCITED), "track undertaking: no basis"),
    "track: province": (row("tracks", provinces=("99",)), "unknown province 99"),
    "track: twice": (
        row("tracks", conditions=SHIPPED.tracks[0].conditions[:1] * 2), "second-class twice",
    ),
    "consequence: language": (row("consequences", says=MUTE), "S-CONCEAL: missing en text"),
    "consequence: basis": (row("consequences", cites=UNCITED), "S-CONCEAL: no basis"),
    "consequence: procedure": (
        row("consequences", procedures=frozenset({"x"})), "S-CONCEAL: unknown procedure x",
    ),
    "consequence: kind": (
        row("consequences", kinds=frozenset({"XYZ"})), "S-CONCEAL: unknown kind XYZ",
    ),
    "consequence: twice": (again("consequences"), "consequence S-CONCEAL twice"),
    "finder: language of a question": (row("doings", says=MUTE), "missing en text"),
    "finder: group": (row("doings", group="attic"), "unknown group attic"),
    "finder: activity": (row("doings", activity="naps"), "unknown activity naps"),
    "finder: twice": (again("doings"), "thing asked matches_buyers_and_sellers twice"),
    "finder: language of a reason": (row("proposals", why=MUTE), "to ISP: missing en text"),
    "finder: basis": (row("proposals", cites=UNCITED), "to ISP: no basis"),
    "finder: answer": (row("proposals", activity="naps"), "unknown thing asked naps"),
    "finder: kind": (row("proposals", kind="XYZ"), "to XYZ: unknown kind XYZ"),
    "finder: item": (row("proposals", item="ICP-POEMS"), "to ISP: unknown item ICP-POEMS"),
    "finder: item of another kind": (
        row("proposals", item="ICP-SEARCH"), "to ISP: unknown item ICP-SEARCH",
    ),
    "finder: language of what is spared": (row("not_needed", why=MUTE), "own-goods: missing en"),
    "finder: basis of what is spared": (row("not_needed", cites=UNCITED), "own-goods: no basis"),
    "finder: kind that is spared": (row("not_needed", kinds=("XYZ",)), "unknown kind XYZ"),
    "finder: language of a remark": (row("remarks", says=MUTE), "paid-listing: missing en"),
    "finder: basis of a remark": (row("remarks", cites=UNCITED), "paid-listing: no basis"),
    "task": (
        replace(SHIPPED, tasks=("T-NONE",)), "follow-up tasks: unknown task T-NONE",
    ),
    "duty": (
        replace(SHIPPED, dated=("K-NONE",)), "duties and reminders: unknown clock K-NONE",
    ),
    "caps": (
        replace(SHIPPED, caps={"XYZ": SHIPPED.caps["IDC"]}), "unknown kind or item XYZ",
    ),
}  # fmt: skip
