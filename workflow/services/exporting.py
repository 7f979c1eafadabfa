"""Export a proof pack: what was sealed, the proofs for it, and the means to check both."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import IO, Any

from sqlmodel import Session

from workflow.domain import tree
from workflow.domain.acting import Actor, Moment
from workflow.domain.guard import Finding
from workflow.domain.procedure import Text
from workflow.law import catalogue
from workflow.services import auditing, checkpoint_proofs, pack_parts, proof_pack
from workflow.services.advance import record_about
from workflow.services.proof_pack import PackWriter, event_line, line
from workflow.storage import evidence
from workflow.storage.evidence import ChainRow, Extent, Told
from workflow.storage.files import Shelf
from workflow.storage.tree import subtrees

__all__ = ["Extent", "Pack", "announce", "export"]

VERIFIER = Path(auditing.__file__).with_name("audit_verify.py")
README = Path(auditing.__file__).with_name("README.txt")
OFFICE = 1
"""The one subject of the office's own chain."""
MOST_ID = 2**63 - 1
"""No database holds a larger id, and SQLite cannot be asked for one."""
_BLOCK = 1 << 20
_SPOOLED = 1 << 22
_JUDGED = '"guard_results":[{'
_COMMITMENT = re.compile(r'"(?:commitment|actor_name)":"([0-9a-f]{64})"')


@dataclass(frozen=True, slots=True)
class Pack:
    """What to export and for whom.

    `kept`: sizes of checkpoints the auditor holds, for which consistency proofs are put in.
    `full` opens personal values; without it the pack holds their commitments only.
    """

    extent: Extent
    made_at: str
    made_by: str
    full: bool = False
    kept: Collection[int] = ()


@dataclass(slots=True)
class _Seen:
    """What is learned while the events go by and belongs into members that come later."""

    size: int
    chains: IO[bytes]
    proofs: IO[bytes]
    findings: IO[bytes]
    events: int = 0
    unsealed: int = 0
    commitments: set[str] | None = None
    nodes: tree.Nodes | None = None


@dataclass(frozen=True, slots=True)
class Exported:
    """What a pack holds: events, those no checkpoint covers yet, and the size that is sealed."""

    events: int
    unsealed: int
    size: int
    members: list[str] = field(default_factory=list)


def export(
    session: Session, path: Path, pack: Pack, shelf: Shelf, told: Callable[[int], object] = int
) -> Exported:
    """Write the pack to `path` and the verifier beside it; `told` hears how many events are done.

    Memory does not grow with the number of events. Nothing is at `path` until all of it is.
    """
    everything = pack.extent.everything
    notes, keys = checkpoint_proofs.notes_of(session, everything, pack.kept)
    size = notes[-1]["size"] if notes else 0
    with proof_pack.writing(path) as writer, _spooled() as a, _spooled() as b, _spooled() as c:
        seen = _Seen(size, a, b, c, commitments=None if everything else set())
        seen.nodes = None if everything else subtrees(session)
        writer.add("README.txt", [README.read_bytes()])
        writer.add("events.jsonl", _events(session, pack.extent, seen, told))
        for name, spool in (("chains", a), ("proofs", b), ("findings", c)):
            writer.add(f"{name}.jsonl", _read(spool))
        if everything:
            writer.add("leaves.bin", evidence.leaves(session, size), plain=True)
        writer.add_lines(
            "checkpoints.jsonl", checkpoint_proofs.proven(notes, everything, seen.nodes)
        )
        writer.add_lines("files.jsonl", pack_parts.files(session, pack.extent, shelf))
        writer.add_lines(
            "values.jsonl", pack_parts.values(session, seen.commitments, full=pack.full)
        )
        writer.add_lines("keys.json", iter([{"keys": keys}]))
        writer.add_lines("definitions.json", iter([{catalogue.VERSION: pack_parts.moves()}]))
        _close(writer, pack, seen)
    shutil.copyfile(VERIFIER, path.with_name(VERIFIER.name))
    return Exported(seen.events, seen.unsealed, size, [m["name"] for m in writer.members])


def announce(tx: Session, pack: Pack, reason: str, *, actor: Actor, moment: Moment) -> None:
    """Tell the trail who takes what out, before anything is written."""
    told = {"scope": pack.extent.named, "personal_values": "full" if pack.full else "masked"}
    record_about(
        tx,
        "office",
        OFFICE,
        "export",
        actor=actor,
        moment=moment,
        change=lambda: [
            {"field": name, "old": None, "new": value}
            for name, value in {**told, **({"reason": reason} if reason else {})}.items()
        ],
        personal=frozenset({"reason"}),
    )


def missing(session: Session, extent: Extent) -> Text | None:
    """What to say when there is no such case or client."""
    if extent.case_number and not evidence.has_case(session, extent.case_number):
        number = extent.case_number
        return Text(f"没有案件 {number}", f"There is no case {number}")
    company = extent.company_id
    if company is not None and not (
        0 < company <= MOST_ID and evidence.has_company(session, company)
    ):
        return Text(f"没有编号为 {company} 的企业", f"There is no client {company}")
    return None


def _close(writer: PackWriter, pack: Pack, seen: _Seen) -> None:
    extent = pack.extent
    kind = "all" if extent.everything else "case" if extent.case_number else "company"
    kind = "period" if extent.since else kind
    writer.close(
        {
            "scope": {
                "kind": kind,
                "case": extent.case_number or None,
                "company": extent.company_id,
                "from": extent.since or None,
                "before": extent.until or None,
            },
            "made_at": pack.made_at,
            "made_by": pack.made_by,
            "personal_values": "full" if pack.full else "masked",
            "events": seen.events,
            "sealed": seen.size,
            "unsealed": seen.unsealed,
        }
    )


def _events(
    session: Session, extent: Extent, seen: _Seen, told: Callable[[int], object]
) -> Iterator[bytes]:
    """The events chain by chain; what each chain claims goes to its spool at its end."""
    found = evidence.chain_rows(session, extent)
    for row, pairs in groupby(found, key=itemgetter(0)):
        yield from _chain(row, (event for _, event in pairs if event), extent, seen)
        told(seen.events)
    if extent.everything:
        for row, orphaned in groupby(evidence.orphans(session), key=itemgetter(0)):
            events = [event for _, event in orphaned]
            yield from _chain(_named(row, events[0].body), iter(events), extent, seen)
    else:
        yield from _tombstones(session, extent, seen)


def _tombstones(session: Session, extent: Extent, seen: _Seen) -> Iterator[bytes]:
    """The office's events that removed what this part of the trail names, each a part of its own.

    Without them nobody could tell a value or file that was erased from one that was left out.
    """
    files = {hash_ for *_, hash_ in evidence.files(session, extent)}
    told = set[int]()
    while True:
        gone = files | (seen.commitments or set())
        wanted = {seq for what, seq in evidence.removals(session) if what in gone} - told
        if not wanted:
            return
        for event in evidence.office_events(session, wanted):
            if not extent.since <= event.columns["at"] < extent.until:  # else it is there already
                row = ChainRow("office", str(OFFICE), event.seq, event.hash)
                yield from _chain(row, iter([event]), extent, seen, whole=False)
        told |= wanted


def _chain(
    row: ChainRow, events: Iterator[Told], extent: Extent, seen: _Seen, *, whole: bool = True
) -> Iterator[bytes]:
    first = count = 0
    for event in events:
        first = first or event.seq
        count += 1
        _remember(event, f"{row.chain}:{row.subject}:{event.seq}", seen)
        yield event_line(event.leaf, event.hash, event.body, _false_copies(event))
    if not count and not row.version and row.chain != "case":  # a case has its opening at least
        return
    whole = whole and not extent.since
    claim = {
        "chain": row.chain,
        "subject": row.subject,
        "events": count,
        "first": 1 if whole else first,
        "version": row.version if whole else None,
        "head": row.head,
        "state": row.state if whole else None,
        "procedure": row.procedure,
    }
    seen.events += count
    seen.chains.write(line(claim))


def _named(row: ChainRow, body: str) -> ChainRow:
    """An orphan's subject has no row to name it: the name its first event uses."""
    try:
        return replace(row, subject=str(json.loads(body)["subject"]))
    except (ValueError, KeyError, TypeError):
        return row


def _remember(event: Told, name: str, seen: _Seen) -> None:
    """Proof, findings in words, and which commitments the events name."""
    if event.leaf is None or event.leaf >= seen.size:
        seen.unsealed += 1
    elif seen.nodes:
        leaf, nodes = event.leaf, seen.nodes
        path = checkpoint_proofs.or_none(lambda: tree.inclusion(leaf, seen.size, nodes))
        seen.proofs.write(line({"leaf": event.leaf, "path": [part.hex() for part in path]}))
    if seen.commitments is not None:
        seen.commitments.update(_COMMITMENT.findall(event.body))
    if _JUDGED in event.body:
        for finding in _findings(event.body):
            seen.findings.write(line({"event": name, **finding}))


def _false_copies(event: Told) -> list[str]:
    """Columns that say other than the body: they were changed behind the trail's back."""
    body, parts = event.body, event.columns
    said = {
        "seq": f'"seq":{parts["seq"]},"subject":' in body,
        "prev": f'"prev":"{parts["prev"]}",' in body,
        "case_id": bool(parts["case_id"]),
        "action": body.startswith(f'{{"action":"{parts["action"]}",'),
        "actor": f'","actor":"{parts["actor"]}","actor_kind":' in body,
        "role": f'"actor_role":"{parts["role"]}","alg":' in body,
        "at": f'"at":"{parts["at"]}",' in body,
        "company_id": f'"company_id":{json.dumps(parts["company_id"])},' in body,
        "source": parts["source"] is None or f'"from":"{parts["source"]}","given":' in body,
        "target": parts["target"] is None or f'"to":"{parts["target"]}","today":' in body,
    }
    return [name for name, right in said.items() if not right]


def _findings(body: str) -> Iterator[dict[str, Any]]:
    """What each guard found, with the sentence and the source a reader needs to follow it."""
    try:
        found = [Finding.from_record(record) for record in json.loads(body)["guard_results"]]
    except (ValueError, KeyError, TypeError):  # a body that was tampered with has no findings
        return
    for finding in found:
        guard = catalogue.LAW.guards.get(finding.code)
        yield {
            **finding.as_record(),
            "zh": catalogue.sentence(finding, "zh"),
            "en": catalogue.sentence(finding, "en"),
            "basis": guard.cites[0].read("zh") if guard else "",
        }


def _spooled() -> IO[bytes]:
    return tempfile.SpooledTemporaryFile(max_size=_SPOOLED)


def _read(spool: IO[bytes]) -> Iterator[bytes]:
    spool.seek(0)
    while block := spool.read(_BLOCK):
        yield block
