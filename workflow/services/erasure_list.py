"""The list of erasures beside the published checkpoints: what an old backup brings back goes again.

A database restored from yesterday holds values erased today and knows of no erasure. The list lies
outside it, names values by their commitments alone, and every line is signed with the sealing key.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlmodel import Session

from workflow.domain.acting import SYSTEM, Moment
from workflow.domain.audit import canonical
from workflow.domain.checkpoint import public_bytes
from workflow.services import retention
from workflow.services.advance import record_about
from workflow.services.sealing import OFFICE
from workflow.storage import erased as erased_rows
from workflow.storage import tree
from workflow.storage.database import Database

_PREFIX = b"license-desk-erasure-v1\n"
Line = dict[str, Any]
Here = tuple[str, int | None, bool]


@dataclass(frozen=True, slots=True)
class Again:
    """What was found: values erased again, values under a hold, lines nobody here has signed."""

    erased: int = 0
    held: int = 0
    unknown: int = 0


def beside(published: Path) -> Path:
    """Where the list lies: beside the file of checkpoints, wherever that is kept."""
    return published.with_name("erasures.jsonl")


def publish(database: Database, path: Path, key: Ed25519PrivateKey) -> int:
    """Append every erasure the list does not have yet; how many."""
    with database.reading() as session:
        newest = erased_rows.newest_erasure(session)
        known = {line["event"] for line in _lines(path)} if newest else set()
        if newest is None or newest in known:
            return 0
        found = [told for told in erased_rows.erase_events(session) if told[0] not in known]
    lines = [_signed(event, at, json.loads(body), key) for event, at, body in found]
    with path.open("a+b") as file:
        whole = True
        if file.tell():
            file.seek(-1, os.SEEK_END)
            whole = file.read(1) == b"\n"
        file.write(b"".join([b"" if whole else b"\n", *lines]))
        file.flush()
        os.fsync(file.fileno())
    return len(lines)


def reapply(database: Database, path: Path, moment: Moment) -> Again:
    """Erase again what the list says is gone and is here; done twice it does nothing more.

    A value of a client on hold stays and is counted; so is a line signed by an unknown key.
    """
    erased = held = unknown = 0
    with database.reading() as session:
        found = [
            line for line in _lines(path) if erased_rows.still_there(session, line["commitments"])
        ]
    for line in found:
        with database.transaction() as tx:
            here = erased_rows.still_there(tx, line["commitments"])
            if not here:
                continue
            if not _genuine(tx, line):
                unknown += 1
                continue
            gone = _erase(tx, line, here, moment)
        erased, held = erased + gone, held + len(here) - gone
    return Again(erased, held, unknown)


def _erase(tx: Session, line: Line, here: Sequence[Here], moment: Moment) -> int:
    free = {what: company for what, company, held in here if not held}
    if free:
        given = {name: line[name] for name in ("requester", "approver")}
        seq = record_about(
            tx, "office", OFFICE, "erase", actor=SYSTEM, moment=moment, change=list,
            company_id=next(iter(free.values())),
            fields={"given": {**given, "commitments": sorted(free), "again": line["at"]}},
        )  # fmt: skip
        for client in set(free.values()):
            theirs = [what for what, of in free.items() if of == client]
            retention.wipe(tx, client, theirs, day=moment.today, seq=seq)
    return len(free)


def _lines(path: Path) -> Iterator[Line]:
    """Every whole line; what a crash left of one is passed over, it is written again."""
    try:
        text = path.read_text("utf-8", errors="replace")
    except FileNotFoundError:
        return
    for line in text.splitlines():
        try:
            told = json.loads(line)
            if isinstance(told, dict) and _whole(told):
                yield told
        except ValueError:
            continue


def _whole(told: Line) -> bool:
    names = ("event", "at", "requester", "approver", "key", "signature")
    listed = told.get("commitments")
    return all(isinstance(told.get(name), str) for name in names) and isinstance(listed, list)


def _signed(event: str, at: str, body: Line, key: Ed25519PrivateKey) -> bytes:
    given = body["given"]
    told = {
        "event": event,
        "at": at,
        "requester": str(given["requester"]),
        "approver": str(given["approver"]),
        "commitments": [str(value) for value in given["commitments"]],
        "key": public_bytes(key).hex(),
    }
    told["signature"] = key.sign(_PREFIX + canonical(told).encode()).hex()
    return (canonical(told) + "\n").encode()


def _genuine(tx: Session, line: Line) -> bool:
    """Signed by a key that has signed checkpoints of this very database."""
    told = {name: value for name, value in line.items() if name != "signature"}
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(line["key"]))
        key.verify(bytes.fromhex(line["signature"]), _PREFIX + canonical(told).encode())
    except (InvalidSignature, ValueError):
        return False
    return tree.knows_key(tx, line["key"])
