"""Every attack on a sealed trail is found by the stand-alone verifier, which names the place."""

# ruff: noqa: ARG001, ARG005, S608 - all attacks are called alike, with statements written here
from __future__ import annotations

import json
import zipfile
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.services.sealed_trail import (
    KEY,
    case_id,
    execute,
    lines_of,
    rehash,
    rewriting,
    sealed_trail,
    sha,
    with_lines,
)
from tests.storage.trail_rows import PLANTED
from workflow.domain.audit import seal
from workflow.domain.checkpoint import parse, public_bytes, sign
from workflow.domain.tree import Frontier, leaf_hash
from workflow.services.auditing import audit_verify
from workflow.services.exporting import Extent
from workflow.storage.database import open_database

OTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
PACK, KEYS, TREE, LEAVES, CHAIN, ACTS, NOTES, FILES, WAITING, CLOCK, VALUES, FOUND = range(12)


def events(sql):
    """An UPDATE or DELETE of one case's events."""

    def attack(session, trail):
        execute(session, sql, c=case_id(session, trail.number))

    return attack


def body(old, new, seq=3):
    def attack(session, trail):
        execute(
            session,
            "UPDATE events SET body = replace(body, :old, :new) WHERE case_id = :c AND seq = :s",
            old=old, new=new, s=seq, c=case_id(session, trail.number),
        )  # fmt: skip

    return attack


def both(*attacks):
    def attack(session, trail):
        for one in attacks:
            one(session, trail)

    return attack


def raw(sql):
    return lambda session, trail: execute(session, sql)


def forge(**changes):
    """Change fields of event 4 and make the rest of the chain right again."""

    def edit(told):
        return {**told, **changes} if told["seq"] == 4 else told

    return lambda session, trail: rehash(session, trail.number, edit=edit)


def rebuild(session, trail, *, key=None):
    """Give every event its leaf anew; with the key, sign the new history too."""
    execute(session, "DELETE FROM leaves")
    execute(session, "DELETE FROM tree_nodes")
    frontier = Frontier()
    for index, (event, text, hash_) in enumerate(
        execute(session, "SELECT id, body, hash FROM events ORDER BY id").all()
    ):
        leaf = leaf_hash(text.encode(), hash_)
        frontier.add(leaf)
        execute(
            session, "INSERT INTO leaves (idx, event_id, hash) VALUES (:i, :e, :h)",
            i=index, e=event, h=leaf.hex(),
        )  # fmt: skip
    if key:
        note = execute(session, "SELECT note FROM checkpoints WHERE id = 2").scalar()
        told = replace(parse(note).checkpoint, size=frontier.size, root=frontier.root, previous="")
        execute(session, "DELETE FROM checkpoints WHERE id = 1")
        resign(told, key)(session, trail)


def resign(told, *keys):
    def attack(session, trail):
        note = sign(told, told.origin, *keys)
        execute(
            session,
            "UPDATE checkpoints SET note = :n, key = :k, size = :s WHERE id = 2",
            n=note.text, k=public_bytes(keys[-1]).hex(), s=told.size,
        )  # fmt: skip

    return attack


def note(change):
    """Change the second checkpoint as stored."""

    def attack(session, trail):
        text = execute(session, "SELECT note FROM checkpoints WHERE id = 2").scalar()
        execute(session, "UPDATE checkpoints SET note = :n WHERE id = 2", n=change(text))

    return attack


def signed(**changes):
    """A second checkpoint that says something else, signed with the true key."""

    def attack(session, trail):
        text = execute(session, "SELECT note FROM checkpoints WHERE id = 2").scalar()
        resign(replace(parse(text).checkpoint, **changes), KEY)(session, trail)

    return attack


def restored(session, trail):
    """The database of yesterday: only what the first checkpoint sealed, and not even that."""
    execute(session, "DELETE FROM checkpoints WHERE id = 2")
    size = execute(session, "SELECT size FROM checkpoints").scalar()
    execute(
        session, f"DELETE FROM events WHERE id IN (SELECT event_id FROM leaves WHERE idx >= {size})"
    )
    execute(session, f"DELETE FROM leaves WHERE idx >= {size}")


def without_the_case(session, trail):
    case = case_id(session, trail.other)
    for table, column in (("events", "case_id"), ("material_versions", "case_id"), ("cases", "id")):
        execute(session, f"DELETE FROM {table} WHERE {column} = :c", c=case)


def replaced_file(session, trail):
    file = next(path for path in trail.shelf.folder.rglob("*") if path.is_file())
    kept = file.read_bytes()
    file.write_bytes(b"another lease")
    trail.undo = lambda: file.write_bytes(kept)


def lost_file(session, trail):
    file = next(path for path in trail.shelf.folder.rglob("*") if path.is_file())
    kept = file.read_bytes()
    file.unlink()
    trail.undo = lambda: file.write_bytes(kept)


def swapped(session, trail):
    case = case_id(session, trail.number)
    for seq, to in ((3, 1000), (4, 3), (1000, 4)):
        execute(
            session, "UPDATE events SET seq = :t WHERE case_id = :c AND seq = :s",
            c=case, s=seq, t=to,
        )  # fmt: skip


def swapped_bodies(session, trail):
    case = case_id(session, trail.number)
    found = execute(
        session, "SELECT id, body FROM events WHERE case_id = :c AND seq IN (3, 4) ORDER BY seq",
        c=case,
    ).all()  # fmt: skip
    for (event, _), (_, text) in zip(found, found[::-1], strict=True):
        execute(session, "UPDATE events SET body = :b WHERE id = :i", b=text, i=event)


COPY = (
    "INSERT INTO events (id, chain, subject_id, seq, company_id, case_id, at, actor, role, action,"
    " source, target, prev, hash, body) SELECT 9000 + id, chain, subject_id, {seq}, company_id,"
    " case_id, at, actor, role, action, source, target, prev, hash, body FROM events"
    " WHERE case_id = :c AND seq = {of}"
)
#: name -> what is done to the database, and what must be among the answers: check, why, place.
#: `:N` is the attacked case, `:M` the other one.
ATTACKS = {
    "a body": (body('"action":"provide"', '"action":"waive"'), CHAIN, "altered", ":N:3"),
    "who acted": (body('"actor":"1"', '"actor":"2"'), CHAIN, "altered", ":N:3"),
    "the role": (body('_role":"handler"', '_role":"reviewer"'), CHAIN, "altered", ":N:3"),
    "the name": (body('"actor_name":"', '"actor_name":"0'), CHAIN, "altered", ":N:3"),
    "the instant": (body("T01:00:00", "T02:00:00"), CHAIN, "altered", ":N:3"),
    "the time zone": (body(".000000Z", ".000000+08:00"), CHAIN, "altered", ":N:3"),
    "the legal day": (body('"on":"2026-03-18"', '"on":"2026-03-17"'), CHAIN, "altered", ":N:3"),
    "what was found": (body('"result":"pass"', '"result":"warn"', 21), CHAIN, "altered", ":N:21"),
    "the client": (body('"company_id":1', '"company_id":2'), CHAIN, "altered", ":N:3"),
    "the file's hash": (body('"sha256":"', '"sha256":"0', 19), CHAIN, "altered", ":N:19"),
    "the state": (body('"to":"approved"', '"to":"rejected"', 23), CHAIN, "altered", ":N:23"),
    "the law": (body('definition_version":"', 'definition_version":"9'), CHAIN, "altered", ":N:3"),
    "one space": (events("UPDATE events SET body = body || ' ' WHERE case_id = :c AND seq = 3"),
                  CHAIN, "altered", ":N:3"),
    "a line feed": (body(",", ",\n"), CHAIN, "altered", ":N:3"),
    "a float": (body('"seq":3', '"seq":3.0'), CHAIN, "altered", ":N:3"),
    "a key twice": (body('{"action"', '{"action":"open","action"'), CHAIN, "altered", ":N:3"),
    "no JSON at all": (body("{", "["), CHAIN, "altered", ":N:3"),
    "a hash": (events("UPDATE events SET hash = prev WHERE case_id = :c AND seq = 3"),
               CHAIN, "altered", ":N:3"),
    "an event of a company": (raw("UPDATE events SET body = replace(body, '广州', '杭州')"
                                  " WHERE chain = 'company'"), CHAIN, "altered", "company:1:1"),
    "the first event": (events("DELETE FROM events WHERE case_id = :c AND seq = 1"),
                        CHAIN, "missing", ":N:1"),
    "an event between": (events("DELETE FROM events WHERE case_id = :c AND seq = 7"),
                         CHAIN, "missing", ":N:7"),
    "the last event": (events("DELETE FROM events WHERE case_id = :c AND seq = 24"),
                       CHAIN, "truncated", ":N:24"),
    "a sealed tail": (both(events("DELETE FROM events WHERE case_id = :c AND seq > 20"),
                           events("UPDATE cases SET version = 20, state = 'material_prep',"
                                  " head = (SELECT hash FROM events WHERE case_id = :c"
                                  " AND seq = 20) WHERE id = :c")),
                      LEAVES, "unsealed", "leaf 22"),
    "two events swapped": (swapped, CHAIN, "reordered", ":N:3"),
    "two bodies swapped": (swapped_bodies, CHAIN, "reordered", ":N:3"),
    "a renumbered tail": (events("UPDATE events SET seq = seq + 100"
                                 " WHERE case_id = :c AND seq > 20"), CHAIN, "columns", ":N:21"),
    "an event twice": (both(events(COPY.format(seq=25, of=24)),
                            events("UPDATE cases SET version = 25 WHERE id = :c")),
                       CHAIN, "duplicated", ":N:24"),
    "an event of another case": (events(
        "UPDATE events SET body = (SELECT e.body FROM events e WHERE e.case_id <> :c AND e.seq = 1"
        " AND e.chain = 'case'), hash = (SELECT e.hash FROM events e WHERE e.case_id <> :c"
        " AND e.seq = 1 AND e.chain = 'case') WHERE case_id = :c AND seq = 1"),
        CHAIN, "altered", ":N:1"),
    "all events of a case": (events("DELETE FROM events WHERE case_id = :c"),
                             CHAIN, "truncated", ":N:1"),
    "a whole case": (without_the_case, LEAVES, "unsealed", "leaf 25"),
    "a case without its events' owner": (
        lambda s, t: execute(s, "DELETE FROM cases WHERE number = :n", n=t.other),
        CHAIN, "orphan", None),
    "a re-hashed chain": (forge(on="2026-01-01"), LEAVES, "rehashed", ":N:4"),
    "a re-hashed chain with an event less": (
        both(events("DELETE FROM events WHERE case_id = :c AND seq = 4"),
             lambda s, t: rehash(s, t.number)), LEAVES, "rehashed", ":N:4"),
    "everything but the key": (both(forge(on="2026-01-01"), rebuild), TREE, "root", "checkpoint"),
    "a whole case and its leaves": (both(without_the_case, rebuild), TREE, "root", "checkpoint"),
    "everything, with another key": (
        both(forge(on="2026-01-01"), lambda s, t: rebuild(s, t, key=OTHER_KEY)),
        KEYS, "stranger", "checkpoint"),
    "everything, with the key": (
        both(forge(on="2026-01-01"), lambda s, t: rebuild(s, t, key=KEY)),
        NOTES, "fork", "checkpoint"),
    "an old database": (
        both(restored, raw("DELETE FROM checkpoints")), NOTES, "older", "checkpoint"),
    "an algorithm nobody knows": (forge(alg="sha-1"), LEAVES, "rehashed", ":N:4"),
    "a leaf": (raw("UPDATE leaves SET hash = (SELECT hash FROM leaves WHERE idx = 6)"
                   " WHERE idx = 5"), TREE, "root", "checkpoint"),
    "a leaf gone": (raw("DELETE FROM leaves WHERE idx = 5"), TREE, "hole", "leaf 5"),
    "two leaves swapped": (both(raw("UPDATE leaves SET event_id = 9999 WHERE idx = 5"),
                                raw("UPDATE leaves SET event_id = 6 WHERE idx = 6"),
                                raw("UPDATE leaves SET event_id = 7 WHERE idx = 5")),
                           LEAVES, "rehashed", ":N:4"),
    "the tree's tail": (raw("DELETE FROM leaves WHERE idx > 20"), TREE, "short", "checkpoint"),
    "a checkpoint gone": (raw("DELETE FROM checkpoints WHERE id = 1"), NOTES, "unconnected", None),
    "a checkpoint's size": (note(lambda t: t.replace("\n26\n", "\n25\n")), KEYS, "forged", None),
    "a checkpoint's time": (note(lambda t: t.replace("03-20", "03-21")), KEYS, "forged", None),
    "a checkpoint's root": (note(lambda t: t.replace(t.split("\n")[2], "A" * 43 + "=")),
                            KEYS, "forged", None),
    "a checkpoint's origin": (note(lambda t: t.replace("license-desk", "other-desk", 1)),
                              KEYS, "forged", None),
    "a signature": (note(lambda t: t[:-10] + ("B" if t[-10] == "A" else "A") + t[-9:]),
                    KEYS, "forged", None),
    "a signature more": (note(lambda t: f"{t}— stranger {'A' * 91}=\n"), KEYS, "stranger", None),
    "a signature twice": (note(lambda t: t + t.split("\n\n")[1]), KEYS, "note", None),
    "no signature": (note(lambda t: t.split("\n\n")[0] + "\n\n"), KEYS, "note", None),
    "another line ending": (note(lambda t: t.replace("\n", "\r\n")), KEYS, "note", None),
    "a second history": (both(signed(root=bytes(32))), TREE, "root", "checkpoint"),
    "another system's": (signed(origin="other-desk"), NOTES, "origin", None),
    "a link between checkpoints": (signed(previous="0" * 64), NOTES, "unconnected", None),
    "a file": (replaced_file, FILES, "swapped", ":N:19"),
    "a file gone": (lost_file, FILES, "lost", ":N:19"),
    "the file in the table": (raw("UPDATE material_versions SET file_hash ="
                                  f" '{'0' * 64}' WHERE file_hash IS NOT NULL"),
                              FILES, "swapped", ":N:19"),
    "the file's row": (raw("DELETE FROM material_versions WHERE file_hash IS NOT NULL"),
                       FILES, "unlisted", ":N:19"),
    "the state in the table": (events("UPDATE cases SET state = 'rejected' WHERE id = :c"),
                               ACTS, "state", ":N"),
    "a case that nobody opened": (raw(PLANTED), CHAIN, "missing", "case:AP-2026-77777:1"),
    "the head in the table": (events("UPDATE cases SET head = '' WHERE id = :c"),
                              CHAIN, "head", ":N:24"),
    "a version more": (events("UPDATE cases SET version = 25 WHERE id = :c"),
                       CHAIN, "truncated", ":N:25"),
    "a version less": (events("UPDATE cases SET version = 23 WHERE id = :c"),
                       CHAIN, "head", ":N:24"),
    "a personal value": (raw("UPDATE personal_values SET value = '李四'"
                             " WHERE field = 'actor_name'"),
                         VALUES, "unopened", None),
    "a forged erasure": (raw("UPDATE personal_values SET value = NULL, salt = NULL"
                             " WHERE field = 'actor_name'"), VALUES, "erasure", None),
    "a salt": (raw("UPDATE personal_values SET salt = '00' WHERE field = 'actor_name'"),
               VALUES, "unopened", None),
    **{
        f"the column {name}": (
            events(f"UPDATE events SET {name} = {value} WHERE case_id = :c AND seq = 3"),
            CHAIN, "columns", ":N:3",
        )
        for name, value in {
            "at": "'2026-01-01T00:00:00.000000Z'", "actor": "'9'", "role": "'auditor'",
            "action": "'waive'", "source": "'draft'", "target": "'approved'", "company_id": "2",
        }.items()
    },
}  # fmt: skip


def cut(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def scribble(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 1
    path.write_bytes(content)


def member(name, change):
    """Change one member; the manifest is made to agree."""

    def attack(path):
        with rewriting(path) as members:
            members[name] = change(members[name])

    return attack


def lines(name, change):
    def attack(path):
        with rewriting(path) as members:
            with_lines(members, name, change(lines_of(members, name)))

    return attack


def without_wang(told):
    return [line for line in told if "王芳".encode() not in line]


def keys_of_another(content):
    return content.replace(public_bytes(KEY).hex().encode(), public_bytes(OTHER_KEY).hex().encode())


PARTS = {
    "a byte": (scribble, PACK, "damaged", None),
    "a line dropped": (lines("events.jsonl", lambda t: t[:5] + t[6:]), CHAIN, None, None),
    "two lines swapped": (lines("events.jsonl", lambda t: [*t[:5], t[6], t[5], *t[7:]]),
                          CHAIN, "reordered", ":N:6"),
    "a line twice": (lines("events.jsonl", lambda t: [*t[:6], t[5], *t[6:]]),
                     CHAIN, "duplicated", ":N:6"),
    "a line more": (lines("events.jsonl", lambda t: [*t, t[-1]]), CHAIN, "extra", None),
    "a chain not told": (lines("chains.jsonl", lambda t: t[1:]), CHAIN, None, None),
    "other keys": (member("keys.json", keys_of_another), KEYS, "stranger", None),
    "a key's time": (member("keys.json", lambda c: c.replace(b"2026-03-19", b"2027-03-19")),
                     KEYS, "untimely", None),
    "a key that was over": (member("keys.json", lambda c: c.replace(
        b'"to":null', b'"to":"2026-03-19T02"')), KEYS, "untimely", None),
    "another law": (member("definitions.json", lambda c: c.replace(b'"prepare"', b'"prep"')),
                    ACTS, None, None),
    "no law": (member("definitions.json", lambda c: b"{}\n"), ACTS, "lawless", None),
    "findings turned": (member("findings.jsonl", lambda c: c.replace(b'"pass"', b'"fail"')),
                        FOUND, "findings", "case:"),
    "findings left out": (member("findings.jsonl", lambda c: b""), FOUND, "findings", "case:"),
    "a finding more": (lines("findings.jsonl", lambda t: [*t, t[-1]]), FOUND, "findings", None),
    "a file not told": (member("files.jsonl", lambda c: b""), FILES, "unlisted", ":N:19"),
    "a file said to be removed": (lines("files.jsonl", lambda t: [t[0].replace(
        t[0][t[0].index(b'"stored":') : t[0].index(b',"version"')], b'"stored":"removed"')]),
        FILES, "unremoved", ":N:19"),
    "a value left out": (lines("values.jsonl", without_wang), VALUES, "concealed", None),
    "leaves": (member("leaves.bin", lambda c: c[32:]), TREE, "root", None),
    "no checkpoint": (member("checkpoints.jsonl", lambda c: b""), NOTES, "older", None),
}  # fmt: skip


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def trail(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("sealed")
    if request.param == "sqlite":
        url = request.getfixturevalue("_sqlite_copies")(folder / "desk.db")
    else:
        url = request.getfixturevalue("_postgres_copies")()
    database = open_database(url)
    yield sealed_trail(database, folder)
    database.close()


def holds(trail, found, check, why, place):
    """The right check failed, for the right reason, at the right place."""
    if check not in found:
        return False
    said, where = found[check]
    wanted = (place or "").replace(":N", f"case:{trail.number}")
    return why in {None, said} and where.startswith(wanted)


def test_it_accuses_nobody_of_an_untouched_trail(trail):
    assert trail.look() == {}
    assert "2" in trail.report.notes[WAITING][0]
    assert trail.look(extent=Extent(case_number=trail.number)) == {}
    assert trail.look(extent=Extent(company_id=1), full=False) == {}
    assert trail.look(extent=Extent(since="2026-03-18", until="2026-03-19")) == {}
    assert len(ATTACKS) + len(PARTS) > 75


def test_it_finds_what_was_done_to_the_database(trail):
    missed = {}
    for name, (attack, *expected) in ATTACKS.items():
        found = trail.look(attack)
        trail.undo()
        if not holds(trail, found, *expected):
            missed[name] = found
    assert not missed, "\n".join(f"{k}: {v}" for k, v in missed.items())


def test_it_finds_what_was_done_to_the_pack(trail):
    missed = {}
    for name, (attack, *expected) in PARTS.items():
        found = trail.look(pack=attack)
        if not holds(trail, found, *expected):
            missed[name] = found
    assert not missed, "\n".join(f"{k}: {v}" for k, v in missed.items())


def test_it_tells_a_cut_export_apart(trail):
    with pytest.raises(audit_verify.Broken) as broken:
        trail.look(pack=cut)
    assert broken.value.why == "cut"


def test_it_counts_what_is_younger_than_the_last_checkpoint(trail):
    """A right event, appended by force: nobody can tell yet, and the verifier says so."""

    def append(session, trail):
        events(COPY.format(seq=25, of=24))(session, trail)
        rehash(session, trail.number)

    assert trail.look(append) == {}
    assert "3" in trail.report.notes[WAITING][0]


def test_it_says_where_the_clock_was_first_set_back(trail):
    def earlier(session, trail):
        def edit(told):
            return told | ({"at": "2026-01-01T00:00:00.000000Z"} if told["seq"] == 4 else {})

        rehash(session, trail.number, edit=edit)

    trail.look(earlier)
    assert f"first at case:{trail.number}:4" in trail.report.notes[9][1]


def test_it_believes_no_wrong_proof(trail):
    bends = (lambda p: p[:-1], lambda p: [*p, "00" * 32], lambda p: [], lambda p: p[::-1])
    for bend in bends:

        def bent(told, bend=bend):
            first = json.loads(told[0])
            return [json.dumps({**first, "path": bend(first["path"])}).encode(), *told[1:]]

        part = Extent(case_number=trail.number)
        found = trail.look(pack=lines("proofs.jsonl", bent), extent=part)
        why = "rehashed" if bend(["a", "b"]) else "proofless"
        assert found[LEAVES] == (why, f"case:{trail.number}:1")


def test_it_finds_an_edit_in_a_part_of_the_trail(trail):
    found = trail.look(forge(on="2026-01-01"), extent=Extent(case_number=trail.number))
    assert found[LEAVES] == ("rehashed", f"case:{trail.number}:4")
    found = trail.look(body('"actor":"1"', '"actor":"2"'), extent=Extent(company_id=1))
    assert found[CHAIN] == ("altered", f"case:{trail.number}:3")


def test_it_says_when_a_kept_checkpoint_cannot_be_compared(trail):
    kept = sign(replace(parse(trail.kept).checkpoint, size=7), parse(trail.kept).checkpoint.origin,
                KEY).text  # fmt: skip
    found = trail.look(kept=[kept], extent=Extent(case_number=trail.number))
    assert found[NOTES][0] == "unproven"
    assert trail.look(kept=[kept])[NOTES][0] == "fork"
    assert trail.look(kept=["no note"])[NOTES][0] == "note"
    strange = kept.replace("license-desk", "other-desk")
    assert trail.look(kept=[strange])[NOTES][0] in {"stranger", "forged"}


def unsealed_from(seq, *, at=None):
    """Alter an event of a case pack, re-hash what follows, and say that none of it is sealed."""

    def attack(path):
        with rewriting(path) as members:
            events, proofs = lines_of(members, "events.jsonl"), lines_of(members, "proofs.jsonl")
            told, prev = events[: seq - 1], json.loads(events[seq - 2])["hash"]
            for line in events[seq - 1 :]:
                body = json.loads(line)["body"] | {"prev": prev, "request_id": "forged"}
                body |= {"at": at} if at else {}
                text = json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
                prev = seal(prev, text)
                told.append(f'{{"leaf":null,"hash":"{prev}","body":{text}}}'.encode())
            with_lines(members, "events.jsonl", told)
            with_lines(members, "proofs.jsonl", proofs[: seq - 1])
            chain = json.loads(members["chains.jsonl"]) | {"head": prev}
            with_lines(members, "chains.jsonl", [json.dumps(chain).encode()])

    return attack


def test_it_does_not_call_intact_what_says_to_be_unsealed_and_is_older_than_the_checkpoint(trail):
    part = Extent(case_number=trail.number)
    assert trail.look(pack=unsealed_from(5), extent=part) == {
        WAITING: ("late", f"case:{trail.number}:5")
    }
    assert trail.report.verdict == 3
    assert "20, of them older than the checkpoint 19" in trail.report.notes[WAITING][1]
    late = "2026-03-20T01:09:59.999999Z"  # nine minutes after the checkpoint: not sealed yet
    assert trail.look(pack=unsealed_from(24, at=late), extent=part) == {}
    assert trail.report.verdict == 0


def test_it_names_an_event_that_says_to_be_unsealed_before_one_that_is_sealed(trail):
    def hide(path):
        with rewriting(path) as members:
            told = lines_of(members, "events.jsonl")
            body = told[4].partition(b',"hash"')[2]
            told[4] = b'{"leaf":null,"hash"' + body
            with_lines(members, "events.jsonl", told)
            proofs = lines_of(members, "proofs.jsonl")
            with_lines(members, "proofs.jsonl", proofs[:4] + proofs[5:])

    found = trail.look(pack=hide, extent=Extent(case_number=trail.number))
    assert found == {WAITING: ("overtaken", f"case:{trail.number}:5")}


def test_it_names_the_hole_and_not_an_innocent_event_when_leaves_are_gone(trail):
    of = "chain = 'company' AND subject_id = 2"
    gone = both(raw(f"DELETE FROM leaves WHERE event_id IN (SELECT id FROM events WHERE {of})"),
                raw(f"DELETE FROM events WHERE {of}"))  # fmt: skip
    assert trail.look(gone) == {
        TREE: ("hole", "leaf 1"),
        LEAVES: ("unsealed", "leaf 1 (checkpoint 22 2026-03-19T01:00:00.000000Z)"),
        CHAIN: ("truncated", "company:2:1"),
        NOTES: ("hole", "leaf 1"),
    }
    part = Extent(case_number=trail.number)
    found = trail.look(raw("DELETE FROM leaves WHERE idx = 25"), extent=part)
    assert found[LEAVES] == ("proofless", f"case:{trail.number}:1")


WRONG = (b"", b"\n", b"{}\n", b"[]\n", b"1\n", b"null\n", b'{"x":1}\n', b"[[[[\n", b"\xff\n",
         b'"\\ud800"\n', b"[" * 9000)  # fmt: skip


def test_it_says_in_one_line_which_member_has_not_the_shape_it_should_have(trail):
    """No wrong content of any member, and no missing one, ends in a traceback or in intact."""
    trail.look(extent=Extent(case_number=trail.number))
    path = trail.folder / "pack.zip"
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    for name in audit_verify.MEMBERS:
        for wrong in (*WRONG, None):
            told = members | {name: wrong}
            if name != "manifest.json":
                listed = json.loads(members["manifest.json"])
                for one in listed["members"]:
                    one["sha256"] = sha(told[one["name"]] or b"")
                told["manifest.json"] = json.dumps(listed).encode()
            with zipfile.ZipFile(path, "w") as archive:
                for member_, content in told.items():
                    if content is not None:
                        archive.writestr(member_, content)
            place, why = looked_at(path, trail.kept)
            if why in {"shape", "absent"}:
                assert place.split(":")[0] == name
            else:
                assert why == "broken" or wrong == members[name] or not members[name], (name, wrong)


def looked_at(path, kept):
    """Where and why a pack is not whole, else the verdict on it."""
    try:
        report = audit_verify.verify(path, [], [kept])
    except audit_verify.Unreadable as unreadable:
        return unreadable.place, unreadable.why
    return "", "broken" if report.broken else "intact"
