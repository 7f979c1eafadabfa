"""A sealed trail to attack: cases, a file, two checkpoints, an auditor who kept the first one."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.support.cast import TODAY, Cast, gather, moment
from workflow.domain.audit import seal
from workflow.domain.checkpoint import public_bytes
from workflow.services import checkpoints, exporting, paperwork, proof_pack, sequencing
from workflow.services.auditing import audit_verify
from workflow.services.checkpoints import Signing
from workflow.storage.files import Shelf
from workflow.storage.paperwork import FileOnDisk

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
FILE = b"a lease, scanned"


@dataclass
class Trail:
    """One database, what was sealed in it, and how to look at it after an attack."""

    cast: Cast
    shelf: Shelf
    folder: Path
    number: str = ""
    other: str = ""
    kept: str = ""
    undo: Callable[[], object] = lambda: None

    def look(self, attack=None, pack=None, *, extent=None, full=True, kept=None, keys=None):
        """Attack inside a transaction, export, undo, attack the pack, verify: what broke."""
        path = self.folder / "pack.zip"
        database = self.cast.database
        with database.session() as session:
            unguarded(session)
            if attack:
                attack(session, self)
            asked = exporting.Pack(extent or exporting.Extent(), "now", "test", full)
            exporting.export(session, path, asked, self.shelf)
            session.rollback()
        if pack:
            pack(path)
        own = [public_bytes(KEY)] if keys is None else keys
        notes = [self.kept] if kept is None else kept
        self.report = audit_verify.verify(path, own, notes)
        found = self.report.unproven | self.report.broken
        return {check: (b.why, b.place) for check, b in found.items()}


def sealed_trail(database, folder):
    """An approved case and one just opened, sealed twice, with two events after the last time."""
    trail = Trail(gather(database), Shelf(folder / "files"), folder)
    cast = trail.cast
    trail.number = cast.prepared()
    with trail.shelf.receive(BytesIO(FILE), 100) as incoming:
        trail.shelf.keep(incoming)
        file = FileOnDisk(incoming.hash, "lease.pdf", "application/pdf", len(FILE))
    with database.transaction() as tx:
        paperwork.provide(
            tx, trail.number, "M-PREM", actor=cast["wang"], moment=moment(), file=file
        )
    cast.do(trail.number, "sign_off", by="li")
    seal_now(database, 1)
    with database.reading() as session:
        trail.kept = checkpoints.last(session).note
    for act, given in (("submit", {}), ("accept", {}), ("approve", {"number": "粤B2-20260001"})):
        cast.do(trail.number, act, given=given)
    trail.other = cast.open_case(coverage=("11",))
    seal_now(database, 2)
    later = TODAY + timedelta(3)
    cast.do(trail.number, "deliver", day=later)
    cast.do(trail.other, "prepare", day=later)
    return trail


def seal_now(database, days):
    sequencing.catch_up(database)
    return checkpoints.seal(database, Signing(KEY), moment(TODAY + timedelta(days)))


def unguarded(session):
    """As the owner of the database, who may switch everything off."""
    if session.info["sql"] == "postgresql":
        execute(session, "SET LOCAL session_replication_role = replica")
        return
    execute(session, "PRAGMA defer_foreign_keys = ON")
    for (name,) in execute(session, "SELECT name FROM sqlite_master WHERE type = 'trigger'").all():
        execute(session, f"DROP TRIGGER {name}")


def execute(session, sql, **values):
    return session.connection().execute(sa.text(sql), values)


def case_id(session, number):
    return execute(session, "SELECT id FROM cases WHERE number = :n", n=number).scalar()


def rehash(session, number, *, edit=lambda body: body, tell=True):
    """Rewrite the chain of a case: every body through `edit`, numbers, links and hashes right."""
    case, prev = case_id(session, number), "0" * 64
    found = execute(
        session, "SELECT id, body FROM events WHERE case_id = :c ORDER BY seq", c=case
    ).all()
    for seq, (event, text) in enumerate(found, start=1):
        body = edit(json.loads(text)) | {"seq": seq, "prev": prev}
        body["event_id"] = f"case:{number}:{seq}"
        written = json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        prev = seal(prev, written)
        execute(
            session,
            "UPDATE events SET seq = :s, prev = :p, hash = :h, body = :b WHERE id = :i",
            s=seq, p=body["prev"], h=prev, b=written, i=event,
        )  # fmt: skip
    if tell:
        execute(
            session, "UPDATE cases SET version = :v, head = :h WHERE id = :c",
            v=len(found), h=prev, c=case,
        )  # fmt: skip


@contextmanager
def rewriting(path):
    """The members of a pack to be changed; written back with a manifest that agrees again."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    told = json.loads(members.pop("manifest.json"))
    yield members
    del told["members"], told["format"]
    with proof_pack.writing(path) as writer:
        for name, content in members.items():
            writer.add(name, [content], plain=name == "leaves.bin")
        writer.close(told)


def lines_of(members, name):
    return members[name].split(b"\n")[:-1]


def with_lines(members, name, lines):
    members[name] = b"".join(line + b"\n" for line in lines)


def sha(content):
    return hashlib.sha256(content).hexdigest()
