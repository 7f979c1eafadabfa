"""A checkpoint has one form; whatever is added, left out or signed by another is refused."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from workflow.domain.checkpoint import Checkpoint, NoteInvalid, key_id, parse, public_bytes, sign

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
NEXT = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
PUBLIC = public_bytes(KEY)
NAME = "desk.example"
FIRST = Checkpoint("desk.example/trail", 7, hashlib.sha256(b"r").digest(),
                   "2026-11-23T01:00:00.000000Z")  # fmt: skip
SECOND = replace(FIRST, size=9, previous=FIRST.digest, extensions=("chains 4", "reads 0"))
NOTE = sign(SECOND, NAME, KEY).text


def test_it_is_written_as_a_note():
    lines = NOTE.split("\n")
    assert lines[:3] == ["desk.example/trail", "9", "RUNJ5CLwUpcZHq0T4h09tSDlq+9SBV5JZLgvshP1k6E="]
    assert lines[3:7] == [
        "time 2026-11-23T01:00:00.000000Z", f"previous {FIRST.digest}", "chains 4", "reads 0",
    ]  # fmt: skip
    assert lines[8].startswith("— desk.example ")
    assert (lines[7], lines[9]) == ("", "")


def test_it_is_read_back_and_holds():
    note = parse(NOTE)
    assert note.checkpoint == SECOND
    assert note.signed_by(NAME, PUBLIC)
    assert FIRST.digest == hashlib.sha256(FIRST.text.encode()).hexdigest()


def test_it_names_the_key_as_the_standard_says():
    assert key_id(NAME, PUBLIC) == hashlib.sha256(b"desk.example\n\x01" + PUBLIC).digest()[:4]
    # The standard's own example names the key PeterNeumann+c74f20a3+ARpc…
    example = base64.b64decode("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    assert key_id("PeterNeumann", example[1:]).hex() == "c74f20a3"


def test_it_can_be_signed_by_two_keys_while_one_follows_the_other():
    note = parse(sign(SECOND, NAME, KEY, NEXT).text)
    assert note.signed_by(NAME, PUBLIC)
    assert note.signed_by(NAME, public_bytes(NEXT))


def test_it_believes_no_other_signer():
    assert not parse(NOTE).signed_by(NAME, public_bytes(NEXT))
    assert not parse(NOTE).signed_by("other.example", PUBLIC)
    assert not parse(NOTE).signed_by(NAME, b"short")


@pytest.mark.parametrize(
    ("old", "new"),
    [("\n9\n", "\n8\n"), ("chains 4", "chains 5"), ("11-23", "11-24"), ("trail", "trial")],
)
def test_it_does_not_hold_once_a_line_is_changed(old, new):
    assert not parse(NOTE.replace(old, new)).signed_by(NAME, PUBLIC)


SIGNATURE = NOTE.split("\n")[8]


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "\n\n",
        NOTE.replace("\n", "\r\n"),
        NOTE[:-1],
        NOTE + SIGNATURE + "\n",  # one signature twice
        NOTE + "\n",
        NOTE.replace("\n9\n", "\n09\n"),
        NOTE.replace("\n9\n", "\n-9\n"),
        NOTE.replace("\n9\n", "\n9 \n"),
        NOTE.replace("RUNJ", "RUN!"),
        NOTE.replace("k6E=", "k6F="),  # the same bytes, written otherwise
        NOTE.replace("time ", "at "),
        NOTE.replace(".000000Z", "Z"),
        NOTE.replace(".000000Z", ".000000+08:00"),
        NOTE.replace("previous ", "previous A"),
        NOTE.replace("chains 4", "Chains 4"),
        NOTE.replace("— ", "- "),
        NOTE.replace(SIGNATURE, "— desk.example AAAA"),
        NOTE.replace("\n\n", "\n"),
        "\n".join(["", *NOTE.split("\n")[1:]]),
        "\n".join(NOTE.split("\n")[:2]) + "\n\n" + SIGNATURE + "\n",
    ],
)
def test_it_has_one_form_only(wrong):
    with pytest.raises(NoteInvalid):
        parse(wrong)


@pytest.mark.parametrize(
    ("checkpoint", "name", "keys"),
    [
        (replace(SECOND, extensions=("two\nlines",)), NAME, [KEY]),
        (replace(SECOND, time="today"), NAME, [KEY]),
        (replace(SECOND, root=b"short"), NAME, [KEY]),
        (SECOND, "two words", [KEY]),
        (SECOND, NAME, []),
    ],
)
def test_it_signs_nothing_it_could_not_read_back(checkpoint, name, keys):
    with pytest.raises(NoteInvalid):
        sign(checkpoint, name, *keys)
