"""A long worklist: what the database picks and counts is what is picked from a list in memory."""

from datetime import timedelta

from tests.support.cast import TODAY, moment
from workflow.services import following, worklists
from workflow.services.worklists import Wanted, passes

MANY = [
    Wanted(),
    *(Wanted({name: value}) for name, values in {
        "turn": ("us", "authority", "gone"),
        "kind": ("EDI", "ICP", "%", "gone"),
        "province": ("33", "99"),
        "procedure": ("new", "gone"),
        "view": ("ready", "returned", "gone"),
        "bucket": ("overdue", "this_week", "client", "authority", "later", "gone"),
        "due": ((TODAY + timedelta(2)).isoformat(), "gone"),
    }.items() for value in values),
    Wanted({"kind": "EDI", "turn": "us"}),
    Wanted(named=("AP-2026-00002", "AP-2026-00099")),
    Wanted(named=("AP-2026-00002", "gone' OR 1=1"), everybody=True),
]  # fmt: skip


def test_it_finds_and_counts_the_same_in_memory_and_in_the_database(cast, monkeypatch):
    for day, area in ((3, "11"), (0, "12"), (19, "13")):
        cast.submitted(coverage=(area,), day=TODAY - timedelta(day))
    cast.fileable(coverage=("31",))
    back = cast.prepared(coverage=("32",))
    cast.do(back, "request_sign_off")
    cast.do(back, "return_pack", by="li", given={"reason": "股权图不清楚"})
    for area in ("33", "34"):
        cast.open_case(coverage=(area,), kinds=("EDI",))
    cast.in_correction(coverage=("36",), reply_by=TODAY + timedelta(2))
    actor, at = cast["wang"], moment()
    with cast.database.transaction() as tx:
        following.follow(tx, "AP-2026-00002", cast["wang"], at, on=True)
    with cast.database.reading() as session:
        short = worklists.read(session, actor, at, Wanted(), count=MANY)
        assert all(passes(entry, Wanted()) for entry in short.entries)
        found = [worklists.read(session, actor, at, one).entries for one in MANY]
        monkeypatch.setattr(worklists, "PAGE", 4)
        long = worklists.read(session, actor, at, Wanted(), count=MANY)
        assert (short.figures, short.counts) == (long.figures, long.counts)
        assert short.counts == tuple(map(len, found))
        assert {0, 1, 2, 3} <= set(short.counts)
        assert worklists.counts(session, actor, at, [Wanted(everybody=True)]) == [1]
        for one, entries in zip(MANY, found, strict=True):
            every = worklists.every(session, actor, at, one, 100)
            assert [e.line.number for e in every] == [e.line.number for e in entries], one
