"""验证许可办理台的证据包 · Verify a proof pack of License Desk: one file, offline, no product code.

python3 audit_verify.py PACK [--key KEY]... [--kept NOTE]... [--files FOLDER] [--lang zh|en]
0 = intact, 1 = broken (each check names its first place), 2 = could not run, 3 = nothing is
broken, but something that should be proven is not (it is named).
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import functools
import hashlib
import json
import mmap
import re
import struct
import sys
import zipfile
import zlib
from array import array
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent import futures
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

NAME = "audit_verify.py"
Leaf = Callable[..., bytes]
TILE = 256

PREFIX, GENESIS = b"license-desk-chain-v1\n", b"0" * 64
CHECKS = (
    ("证据包完整", "the pack is whole"),
    ("签名与密钥", "signatures and keys"),
    ("树的大小与根", "size and root of the tree"),
    ("每条记录与封存时相同", "every event is the one that was sealed"),
    ("每条链连续", "every chain is whole"),
    ("步骤合乎流程，状态相符", "acts are legal and lead to the state"),
    ("检查点前后一致", "checkpoints agree with each other and with yours"),
    ("材料文件", "material files"),
    ("尚未封存", "not yet sealed"),
    ("时钟", "clock"),
    ("个人信息承诺", "commitments of personal values"),
    ("核查意见与封存的相同", "findings are those that were sealed"),
)
WORDS = {
    "cut": ("被截断：导出中途停止或复制不全", "cut: the export or a copy stopped half-way"),
    "damaged": ("证据包内的文件被改动", "a member of the pack was changed"),
    "altered": ("内容被改动", "altered"),
    "columns": ("查询用的列与封存的内容不符", "a column says other than what was sealed"),
    "missing": ("缺失", "missing"),
    "truncated": ("末尾被截去", "truncated: the end is gone"),
    "reordered": ("顺序被调换", "reordered"),
    "duplicated": ("重复", "duplicated"),
    "unlinked": ("与前一条不相连", "does not follow the one before"),
    "extra": ("多出的记录", "more events than were told"),
    "head": ("链尾与主体所记不符", "the end is not the one its subject names"),
    "rehashed": ("改动后重算了哈希，与封存时不同", "re-hashed: not what was sealed"),
    "unsealed": ("封存过的记录不见了", "a sealed event is gone"),
    "root": ("树根与签名的不同", "the root is not the one that was signed"),
    "short": ("比签名时短：被删或恢复了旧库", "shorter than what was signed: cut or restored"),
    "note": ("不是规范的检查点", "not written as a checkpoint is"),
    "origin": ("属于另一个系统", "of another system"),
    "forged": ("签名不成立", "the signature does not hold"),
    "stranger": ("密钥不认识", "signed by a key that is not known"),
    "untimely": ("密钥当时无效", "the key was not valid then"),
    "algorithm": ("算法不认识", "an unknown algorithm"),
    "unconnected": ("没有指向前一个检查点", "does not name the checkpoint before"),
    "fork": ("大小相同、根不同：有两份历史", "same size, another root: two histories"),
    "older": ("比您留存的更旧：恢复了旧库或被截短", "older than yours: restored or cut"),
    "unproven": ("没有一致性证明，请用 --kept 重新导出", "no proof towards it: export with --kept"),
    "illegal": ("流程不允许这一步", "the procedure has no such act"),
    "state": ("状态与记录不符", "the state is not what the acts lead to"),
    "orphan": ("主体不见了", "its subject is gone"),
    "swapped": ("文件被换", "the file was swapped"),
    "lost": ("文件缺失", "the file is missing"),
    "erasure": ("称已删除，轨迹上却没有删除", "said to be erased, but no event says so"),
    "blank": ("里面没有检查点，无从比对", "holds no checkpoint: there is nothing to compare with"),
    "alien": ("不是证据包", "this is no proof pack"),
    "absent": ("包内没有：不是完整的证据包", "not in the pack: it is not a whole pack"),
    "shape": ("内容不成样：不是完整的证据包", "not what belongs there: not a whole pack"),
    "hole": ("叶缺失，树上有空缺", "gone from the tree: it has a hole there"),
    "proofless": ("没有包含证明（树有空缺时给不出）", "no proof that it was sealed"),
    "late": ("称尚未封存，却早于检查点", "said to be unsealed, yet older than the checkpoint"),
    "overtaken": ("称尚未封存，后一条却已封存", "said to be unsealed, yet the next one is sealed"),
    "lawless": ("包内没有核对步骤所需的规则", "the law to hold acts against is not in the pack"),
    "unlisted": ("文件不在清单上", "the file is not in the list"),
    "unremoved": ("称文件已依规删除，却没有删除记录", "said to be removed, but no event says so"),
    "concealed": ("值不在包内，也没有删除记录", "the value is not there, nor said to be erased"),
    "findings": ("与封存的核查意见不同", "not the findings that were sealed"),
    "unopened": ("值与承诺不符", "the value does not open its commitment"),
}
HEAD = rb'\{"leaf":(null|\d{1,18}),"hash":"(.{64})"(?:,"columns":\[([^\]]*)\])?,"body":'
LINE = re.compile(HEAD + rb"(?=(.))")
FRONT = re.compile(
    HEAD + rb'(?=(.))\{"action":"([^"\\]*)","actor":"[^"\\]*","actor_kind":"[^"\\]*",'
    rb'"actor_name":(?:null|"[^"\\]*"),"actor_role":"[^"\\]*","alg":"sha-256","at":"([^"\\]*)",'
    rb'(?:"calendar_version":"[^"\\]*",)?"case_id":(?:null|"[^"\\]*"),"chain":"([a-z]*)",'
)
MIDDLE = re.compile(
    rb'"definition_version":"([^"\\]*)","event_id":"[^"\\]*","from":(?:null|"([a-z_]*)"),'
)
BACK = re.compile(
    rb'"prev":"(.{64})",(?:"reason":(?:null|\{"commitment":"[0-9a-f]{64}"\}),)?'
    rb'"request_id":(?:null|"[^"\\]*"),"seq":(\d{1,18}),"subject":"([^"\\]*)",'
    rb'(?:"to":(?:null|"([a-z_]*)"),)?"today":"[^"\\]*","v":\d\}\}'
)


STRING = rb'"[^"\\]*(?:\\.[^"\\]*)*"'
FINDING = re.compile(
    rb'\{"basis":%b,("code":"[^"\\]*",)"en":%b,"event":"([^"\\]*)",("result":.*),"zh":%b\}'
    % (STRING, STRING, STRING)
)
COMMITMENT = re.compile(rb'"(?:commitment|actor_name)":"([0-9a-f]{16})[0-9a-f]{48}"')
JUDGED = b'"guard_results":['
ALLOWANCE = timedelta(minutes=10)
"""How long after its instant an event may still be without a leaf: it commits later, the sequencer
takes it seconds after that, and a checkpoint follows within a minute."""
INSTANT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
HOLE = bytes(32)


class _Every(frozenset[bytes]):
    """Holds every action."""

    def __contains__(self, _: object) -> bool:
        return True


EVERY = _Every()
JUDGED_SOME, GONE = JUDGED + b"{", frozenset({b"erase", b"remove_files"})
HASHES = re.compile(rb'"([0-9a-f]{64})"')
NO_FILES, START = b'"material_hashes":[],', b"?"
NOTHING: list[Any] = []
AT_ONCE = 1 << 22
NAMES = {"action": "action", "at": "at", "chain": "chain", "prev": "prev", "source": "from",
         "subject": "subject", "target": "to", "version": "definition_version"}  # fmt: skip
NOTE = re.compile(
    r"([^\n]*\S[^\n]*)\n(0|[1-9]\d{0,17})\n([A-Za-z0-9+/]{43}=)\n"
    r"time (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)\n(?:previous ([0-9a-f]{64})\n)?"
    r"(?:[a-z][a-z-]* [^\s]+[^\n\r]*\n)*",
    re.ASCII,
)
SIGNATURE = re.compile(r"— (\S+) ([A-Za-z0-9+/]{91}=)")


class Broken(Exception):
    """The first thing one check found."""

    def __init__(self, why: str, place: str = "") -> None:
        super().__init__(why, place)
        self.why, self.place = why, place


class Unreadable(Broken):
    """Why this is not a whole pack: no check could say anything sound about it."""


def sha(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


Shape = Callable[[Any], bool]


def _text(told: Any) -> bool:  # noqa: ANN401 - any JSON
    return isinstance(told, str)


def _count(told: Any) -> bool:  # noqa: ANN401 - any JSON
    return type(told) is int and 0 <= told < 1 << 60


def _hash(told: Any) -> bool:  # noqa: ANN401 - any JSON
    return isinstance(told, str) and re.fullmatch(r"[0-9a-f]{64}", told) is not None


def _or_null(shape: Shape) -> Shape:
    return lambda told: told is None or shape(told)


def _list(shape: Shape) -> Shape:
    return lambda told: isinstance(told, list) and all(map(shape, told))


def _by_name(shape: Shape) -> Shape:
    return lambda told: isinstance(told, dict) and all(map(shape, told.values()))


def _record(**shapes: Shape) -> Shape:
    return lambda told: (
        isinstance(told, dict) and all(fits(told.get(name)) for name, fits in shapes.items())
    )


_ERASED = _record(commitment=_text, field=_text, erased=_text)
_OPEN = _record(commitment=_text, field=_text, salt=_text, value=_text)
_MOVE = _list(_or_null(_text))
SHAPES: dict[str, Shape] = {
    "manifest.json": _record(
        members=_list(_record(name=_text, sha256=_text)), scope=_record(kind=_text)
    ),
    "keys.json": _record(keys=_list(_record(public=_hash, **{"from": _text}, to=_or_null(_text)))),
    "checkpoints.jsonl": _record(note=_text, proof=_list(_hash)),
    "definitions.json": _by_name(_by_name(_list(lambda told: _MOVE(told) and len(told) == 3))),  # noqa: PLR2004
    "chains.jsonl": _record(
        chain=_text, subject=_text, events=_count, first=_count, version=_or_null(_count),
        head=_text, state=_or_null(_text), procedure=_or_null(_text),
    ),
    "proofs.jsonl": _record(leaf=_count, path=_list(_hash)),
    "files.jsonl": _record(event=_text, material=_text, sha256=_text, stored=_or_null(_text)),
    "values.jsonl": lambda told: _ERASED(told) or _OPEN(told),
}  # fmt: skip
MEMBERS = ("events.jsonl", "findings.jsonl", *SHAPES)
UNZIPPED = (zipfile.BadZipFile, EOFError, zlib.error, RuntimeError, NotImplementedError,
            struct.error, IndexError)  # fmt: skip
"""What unpacking a member that was scribbled on may raise."""


class Pack:
    """The zip file, read as a stream; what was read is held against the manifest at the end."""

    def __init__(self, path: Path) -> None:
        self.seen: dict[str, str] = {}
        with path.open("rb") as file:
            start = file.read(4)
            try:
                self.zip = zipfile.ZipFile(path)
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            except (*UNZIPPED, ValueError) as error:
                why = "cut" if b"PK\x03\x04".startswith(start) else "alien"
                raise Unreadable(why, path.name) from error
        self.names = set(self.zip.namelist())
        if "events.jsonl" not in self.names and "manifest.json" not in self.names:
            raise Unreadable("alien", path.name)
        for name in MEMBERS:
            if name not in self.names:
                raise Unreadable("absent", name)
        try:
            text = self.zip.read("manifest.json")
        except UNZIPPED as error:
            raise Unreadable("damaged", "manifest.json") from error
        self.manifest = _read("manifest.json", 1, text)
        if self.everything and "leaves.bin" not in self.names:
            raise Unreadable("absent", "leaves.bin")

    @property
    def everything(self) -> bool:
        """True when it claims to hold the whole trail."""
        return bool(self.manifest["scope"]["kind"] == "all")

    def lines(self, name: str) -> Iterator[bytes]:
        """The lines of a member, none when the pack has no such member."""
        if name not in self.names:
            return
        seal, rest = hashlib.sha256(), b""

        def read() -> bytes:
            chunk = member.read(AT_ONCE)
            seal.update(chunk)
            return chunk

        try:
            with self.zip.open(name) as member, futures.ThreadPoolExecutor(1) as beside:
                coming = beside.submit(read)  # unpacked while the part before is checked
                while chunk := coming.result():
                    coming = beside.submit(read)
                    *whole, rest = (rest + chunk).split(b"\n")
                    yield from whole
        except UNZIPPED as error:
            raise Broken("damaged", name) from error
        self.seen[name] = seal.hexdigest()

    def parsed(self, name: str) -> Iterator[dict[str, Any]]:
        """The lines of a member as JSON of its shape. Raises Unreadable with the line."""
        for number, line in enumerate(self.lines(name), 1):
            yield _read(name, number, line)

    def one(self, name: str) -> dict[str, Any]:
        """A member that is a single JSON document."""
        for told in self.parsed(name):
            return told
        raise Unreadable("shape", name)

    def leaves(self) -> tuple[Leaf, int]:
        """Sealed leaf hashes by index, and their number; stored plain, so that any can be read."""
        if "leaves.bin" not in self.names:
            return (lambda _, __=1: b""), 0
        found = self.zip.getinfo("leaves.bin")
        sizes = self._map[found.header_offset + 26 : found.header_offset + 30]
        if found.compress_type or len(sizes) != 4:  # noqa: PLR2004 - two short numbers
            raise Unreadable("damaged", "leaves.bin")
        start = found.header_offset + 30 + sum(struct.unpack("<HH", sizes))
        held = self._map
        return (lambda i, n=1: held[start + 32 * i : start + 32 * (i + n)]), found.file_size // 32

    def whole(self) -> None:
        """Every member is the one the manifest names; raises Broken."""
        for name in self.names - set(self.seen) - {"manifest.json"}:
            for _ in self.lines(name):
                pass
        told = {member["name"]: member["sha256"] for member in self.manifest["members"]}
        for name in sorted({*told, *self.seen}):
            if told.get(name) != self.seen.get(name):
                raise Broken("damaged", name)


def _read(name: str, number: int, line: bytes) -> dict[str, Any]:
    """One line of a member, which has the shape such a line has. Raises Unreadable."""
    try:
        told = json.loads(line)
        if b"\\ud" in line.lower():
            json.dumps(told, ensure_ascii=False).encode()  # half a character is no text
        if SHAPES[name](told):
            return dict(told)
    except (ValueError, RecursionError) as error:
        raise Unreadable("shape", f"{name}:{number}") from error
    raise Unreadable("shape", f"{name}:{number}")


class Event:
    """One line of events.jsonl: the stored body, its hash, and what the checks look at."""

    __slots__ = (*NAMES, "body", "columns", "files", "hash", "known", "leaf", "odd", "seq")

    def __init__(self, line: bytes) -> None:
        front = FRONT.match(line)
        found = front or LINE.match(line)
        if not found or line[-1:] != b"}":
            raise Broken("damaged" if line else "truncated", "events.jsonl")
        self.body = line[found.start(4) : -1]
        self.files: list[Any] = NOTHING
        self.known = True
        if not front or not self._read(line, front):
            leaf, self.hash, self.columns, _ = found.groups()[:4]
            self._parse()
        else:
            leaf, self.hash, self.columns, _, self.action, self.at, self.chain = front.groups()
        self.leaf = None if leaf == b"null" else int(leaf)
        self.odd = "columns" if self.columns else "" if self.known else "algorithm"

    def _read(self, line: bytes, front: re.Match[bytes]) -> bool:
        """The quick way: the rest of the body has the shape that the pen gives it, too."""
        at, back = front.end(), BACK.fullmatch(line, line.rfind(b'"prev":"'))
        self.version, self.source = b"", None
        if front[7] == b"case":
            middle = MIDDLE.match(line, line.find(b'"definition_version":"', at))
            if not middle:
                return False
            (self.version, self.source), at = middle.groups(), middle.end()
        if not back or line.find(NO_FILES, at) < 0:
            return False
        self.prev, seq, self.subject, self.target = back.groups()
        self.seq = int(seq)
        return True

    def _parse(self) -> None:
        """The slow way, for bodies of another shape than the usual one."""
        try:
            told = json.loads(self.body)
            self.known = told["alg"] == "sha-256"
            self.seq, self.files = int(told["seq"]), NOTHING
            if told.get("chain") == "case":
                self.files = [(f["material"], f["sha256"]) for f in told["material_hashes"] or ()]
            for slot, name in NAMES.items():
                value = told.get(name)
                setattr(self, slot, value.encode() if isinstance(value, str) else None)
            self.at = self.at or b""
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
            self.seq, self.files = -1, NOTHING
            for slot in NAMES:
                setattr(self, slot, b"")


class Report:
    """What each check found; a check keeps the first place only."""

    def __init__(self) -> None:
        self.broken: dict[int, Broken] = {}
        self.unproven: dict[int, Broken] = {}
        self.skipped: set[int] = set()
        self.notes: dict[int, tuple[str, str]] = {}

    def fail(self, check: int, why: str, place: object = "") -> None:
        """Remember what broke, unless this check already has something."""
        self.broken.setdefault(check, Broken(why, str(place)))

    def doubt(self, check: int, why: str, place: object = "") -> None:
        """Remember what is not proven though nothing contradicts it: no accusation."""
        self.unproven.setdefault(check, Broken(why, str(place)))

    @property
    def verdict(self) -> int:
        """0 intact, 1 broken, 3 not proven."""
        return 1 if self.broken else 3 if self.unproven else 0

    @contextlib.contextmanager
    def about(self, check: int) -> Iterator[None]:
        """Whatever breaks inside belongs to this check."""
        try:
            yield
        except Unreadable:
            raise
        except Broken as broken:
            self.fail(check, broken.why, broken.place)

    def lines(self, language: str) -> Iterator[str]:
        """One line per check: its number, PASS or FAIL, what it is, and the first place."""
        at = 0 if language == "zh" else 1
        for check, names in enumerate(CHECKS):
            found = self.broken.get(check) or self.unproven.get(check)
            says = f" {self.notes[check][at]}" if check in self.notes else ""
            if found:
                told = says if check not in self.broken else ""
                says = f"{told}: {found.place} {WORDS[found.why][at]} [{found.why}]"
            stand = (
                "broken" if check in self.broken
                else "unproven" if check in self.unproven
                else "skipped" if check in self.skipped else "good"
            )  # fmt: skip
            yield f"{STANDS[stand][at]} {check:>2} {names[at]}{says}"


STANDS = {
    "good": ("通过", "PASS"),
    "broken": ("失败", "FAIL"),
    "unproven": ("未证明", "UNPROVEN"),
    "skipped": ("未核对", "NOT CHECKED"),
}
VERDICTS = {
    0: ("结论：完好", "intact"),
    1: ("结论：不完好", "broken"),
    3: ("结论：没有发现改动，但有未能证明之处", "not proven"),
}


# Keys and notes


def read_key(text: str) -> bytes:
    """32 bytes from PEM, `name+id+base64`, base64 or hex. Raises ValueError."""
    text = re.sub(r"-----[^-]+-----", "", text).strip()
    text = text.split("+", 2)[2] if re.match(r"[^\s+]+\+[0-9a-f]{8}\+", text) else text
    raw = bytes.fromhex(text) if re.fullmatch(r"[0-9a-f]{64}", text) else base64.b64decode(text)
    if len(raw) not in {32, 33, 44}:
        message = "not an Ed25519 public key"
        raise ValueError(message)
    return raw[-32:]


def _short(hash_: str) -> int:
    """The first 64 bits: enough to see that a hash is in a list of some millions."""
    return int(hash_[:16], 16)


def notes_in(text: str) -> list[str]:
    """The notes of a file: one, or as many as were published, with an empty line between them."""
    parts = text.rstrip("\n").split("\n\n")
    pairs = (parts[i : i + 2] for i in range(0, len(parts), 2))
    return ["\n\n".join(pair) + "\n" for pair in pairs]


class Note:
    """A signed checkpoint, read strictly. Raises Broken."""

    def __init__(self, text: str) -> None:
        self.signed, _, signatures = text.partition("\n\n")
        self.signed += "\n"
        found = NOTE.fullmatch(self.signed)
        marks = [SIGNATURE.fullmatch(line) for line in signatures.split("\n")[:-1]]
        if not found or not marks or not all(marks) or not text.endswith("\n"):
            raise Broken("note", self.signed[:60].replace("\n", " "))
        self.origin, size, root, self.time, previous = found.groups()
        self.size, self.previous = int(size), previous or ""
        self.root = base64.b64decode(root)
        self.signatures = [(m[1], base64.b64decode(m[2])) for m in marks if m]
        if base64.b64encode(self.root).decode() != root or len({m[0] for m in marks if m}) != len(
            marks
        ):
            raise Broken("note", self.name)

    @property
    def name(self) -> str:
        """How a person finds it: its size and time."""
        return f"checkpoint {self.size} {self.time}"

    @property
    def digest(self) -> str:
        """What the next checkpoint calls `previous`."""
        return sha(self.signed.encode()).hex()

    def check(self, keys: list[dict[str, Any]], trusted: set[bytes]) -> None:
        """Every signature is of a known key valid then, one of a trusted key; raises Broken.

        When an old key signs beside a new one, it vouches for it: from then on both are trusted.
        """
        signers = set()
        for name, value in self.signatures:
            known = [k for k in keys if sha(name.encode() + b"\n\x01" + k["raw"])[:4] == value[:4]]
            if not known:
                raise Broken("stranger", self.name)
            if not known[0]["from"] <= self.time <= (known[0]["to"] or "9"):
                raise Broken("untimely", self.name)
            if not ed25519(known[0]["raw"], value[4:], self.signed.encode()):
                raise Broken("forged", self.name)
            signers.add(known[0]["raw"])
        if not signers & trusted:
            raise Broken("stranger", self.name)
        trusted |= signers


def ed25519(public: bytes, signature: bytes, signed: bytes) -> bool:
    """Verify with the `cryptography` package, else with plain arithmetic (RFC 8032, 5.1.7)."""
    try:
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - may be absent
        from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
            Ed25519PublicKey,
        )
    except ImportError:
        return plain_ed25519(public, signature, signed)
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, signed)
    except (InvalidSignature, ValueError):
        return False
    return True


P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
Point = tuple[int, int, int, int]


def plain_ed25519(public: bytes, signature: bytes, signed: bytes) -> bool:
    """The same in Python alone: S·B = R + k·A."""
    key, r = _point(public), _point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or key is None or r is None or s >= L:  # noqa: PLR2004
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + signed).digest(), "little") % L
    base = _point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
    left, right = _times(s, base or (0, 1, 1, 0)), _add(r, _times(k, key))
    return not (
        (left[0] * right[2] - right[0] * left[2]) % P
        or (left[1] * right[2] - right[1] * left[2]) % P
    )


def _point(text: bytes) -> Point | None:
    y = int.from_bytes(text, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    if y >= P:
        return None
    x2 = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - x2) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def _add(a: Point, b: Point) -> Point:
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    return (
        (f - e) * (h - g) % P,
        (h + g) * (f + e) % P,
        (h - g) * (h + g) % P,
        (f - e) * (f + e) % P,
    )


def _times(n: int, point: Point) -> Point:
    total: Point = (0, 1, 1, 0)
    while n:
        if n & 1:
            total = _add(total, point)
        point, n = _add(point, point), n >> 1
    return total


# The tree (RFC 6962, 2.1; proofs as in RFC 9162)


def node(left: bytes, right: bytes) -> bytes:
    """An inner node."""
    return sha(b"\x01" + left + right)


def roots(leaf: Leaf, sizes: list[int]) -> dict[int, bytes]:
    """The root at each of these sizes, in one pass: whole tiles where it can, else leaf by leaf."""
    found, peaks, size = {}, list[bytes](), 0
    for wanted in sorted(set(sizes)):
        while size < wanted:
            whole = size % TILE == 0 and size + TILE <= wanted
            hash_, step = (tile(leaf(size, TILE)), TILE) if whole else (leaf(size), 1)
            rest, size = size // step, size + step
            while rest & 1:
                hash_, rest = node(peaks.pop(), hash_), rest >> 1
            peaks.append(hash_)
        found[size] = (
            functools.reduce(lambda r, peak: node(peak, r), reversed(peaks)) if peaks else sha(b"")
        )
    return found


def tile(hashes: bytes) -> bytes:
    """The root over as many leaves as a power of two, which stand one behind the other."""
    sha256 = hashlib.sha256
    while len(hashes) > 32:  # noqa: PLR2004 - one hash
        pairs = [hashes[at : at + 64] for at in range(0, len(hashes), 64)]
        hashes = b"".join([sha256(b"\x01" + pair).digest() for pair in pairs])
    return hashes


def included(leaf: bytes, index: int, size: int, proof: list[bytes]) -> bytes | None:
    """The root this proof leads to, or None when it has the wrong length."""
    at, last = index, size - 1
    for part in proof:
        if last <= 0:
            return None
        if at & 1 or at == last:
            leaf = node(part, leaf)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            leaf = node(leaf, part)
        at, last = at >> 1, last >> 1
    return leaf if last == 0 else None


def consistent(old: Note, new: Note, proof: list[bytes]) -> bool:
    """True when the proof shows that the tree of `new` begins with the tree of `old`."""
    if old.size in {0, new.size}:
        return not proof and (old.root == new.root or old.size == 0)
    if old.size > new.size or not proof:
        return False
    path = proof if old.size & (old.size - 1) else [old.root, *proof]
    at, last = old.size - 1, new.size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    first = second = path[0]
    for part in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            first, second = node(part, first), node(part, second)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            second = node(second, part)
        at, last = at >> 1, last >> 1
    return last == 0 and (first, second) == (old.root, new.root)


# The checks


class Verifier:
    """One pack, what the auditor brought along, and the report."""

    def __init__(self, pack: Pack, trusted: list[bytes], kept: list[str]) -> None:
        self.pack, self.report = pack, Report()
        self.full, self.opens = pack.everything, pack.manifest.get("personal_values") == "full"
        self.leaf, self.stored = pack.leaves()
        self.keys = [k | {"raw": bytes.fromhex(k["public"])} for k in pack.one("keys.json")["keys"]]
        self.trusted = set(trusted) or {key["raw"] for key in self.keys}
        self.own_key, self.kept = bool(trusted), kept
        self.notes: list[Note] = []
        self.erasures: dict[str, bytes] = {}
        self.buried: set[str] = set()
        self.removed: dict[str, str] = {}
        self.named, self.seqs = array("Q"), list[int]()
        self.due, self.back_at, self.late_at = b"", "", ""
        self.last_case, self.jumped = ("", 0), list[str]()
        self.late = 0
        self.size = self.events = self.unsealed = self.opened = self.erased = self.set_back = 0

    def run(self) -> Report:
        """Every check, each by itself: one that breaks hides no other."""
        self._checkpoints()
        self._walk()
        self._holes()
        with self.report.about(10):
            self._commitments()
        with self.report.about(0):
            self.pack.whole()
        self._say()
        return self.report

    def _checkpoints(self) -> None:  # noqa: C901 - one look at each pair
        proofs, own = [], []
        always = [key | {"from": "", "to": None} for key in self.keys]
        own_keys = [{"raw": raw, "from": "", "to": None} for raw in self.trusted]
        for told in self.pack.parsed("checkpoints.jsonl"):
            with self.report.about(1):
                note = Note(told["note"])
                self.notes.append(note)
                proofs.append([bytes.fromhex(part) for part in told.get("proof", ())])
                note.check(self.keys, self.trusted)
        for text in self.kept:
            with self.report.about(6):
                own.append(Note(text))
                own[-1].check([*own_keys, *always], self.trusted)
        self.notes.sort(key=lambda note: note.size)
        self.size = self.notes[-1].size if self.notes else 0
        if self.notes:
            newest = datetime.fromisoformat(max(note.time for note in self.notes + own))
            due = (newest - ALLOWANCE).isoformat(timespec="microseconds")
            self.due = due.replace("+00:00", "Z").encode()
        self._roots(own)
        if self.full and self.notes and self.notes[0].previous:
            self.report.fail(6, "unconnected", self.notes[0].name)
        for old, new, proof in zip(self.notes, self.notes[1:], proofs[1:], strict=False):
            if old.origin != new.origin:
                self.report.fail(6, "origin", new.name)
            if old.size == new.size and old.root != new.root:
                self.report.fail(6, "fork", new.name)
            if self.full and new.previous != old.digest:
                self.report.fail(6, "unconnected", new.name)
            if not self.full and not consistent(old, new, proof):
                self.report.fail(6, "root", new.name)
        for note in own:
            with self.report.about(6):
                self._agree(note)

    def _roots(self, own: list[Note]) -> None:
        """With all leaves at hand: the tree has every root that was ever signed."""
        if not self.full:
            return
        wanted = [note for note in self.notes + own if note.size <= self.stored]
        self.known = roots(self.leaf, [note.size for note in wanted])
        for note in self.notes:
            if note.size > self.stored:
                self.report.fail(2, "short", note.name)
            elif self.known[note.size] != note.root:
                hole = self._hole(note.size)
                self.report.fail(2, *(("hole", hole) if hole else ("root", note.name)))

    def _hole(self, size: int) -> str:
        """The first leaves that are gone below this size: a hole has its place, but no hash."""
        first = next((index for index in range(size) if self.leaf(index) == HOLE), None)
        if first is None:
            return ""
        end = next((index for index in range(first, size) if self.leaf(index) != HOLE), size)
        return f"leaf {first}" if end == first + 1 else f"leaf {first}-{end - 1}"

    def _agree(self, kept: Note) -> None:
        """A checkpoint the auditor kept is one of ours, or the tree had that root then."""
        if self.notes and kept.origin != self.notes[-1].origin:
            raise Broken("origin", kept.name)
        if kept.size > self.size:
            raise Broken("older", kept.name)
        twins = [note for note in self.notes if note.size == kept.size]
        root = self.known.get(kept.size) if self.full else twins[0].root if twins else None
        if root is None:
            raise Broken("unproven", kept.name)
        if root != kept.root:
            hole = self._hole(kept.size) if self.full else ""
            raise Broken(*(("hole", hole) if hole else ("fork", kept.name)))

    def _walk(self) -> None:
        """Every chain with its events, in one pass; memory holds the numbers of one chain."""
        pack = self.pack
        lines, self.proofs = pack.lines("events.jsonl"), pack.parsed("proofs.jsonl")
        self.files, self.laws = pack.parsed("files.jsonl"), Laws(pack.one("definitions.json"))
        self.findings = pack.lines("findings.jsonl")
        self.seen = bytearray(min(self.size, self.stored))
        self.report.skipped = {3, 4, 5, 7, 8, 9, 11}
        with self.report.about(0):
            for told in pack.parsed("chains.jsonl"):
                if told["chain"] == "case" and self.full:
                    self._numbered(told["subject"])
                self._read(told, lines)
            self.report.skipped = set()
            if next(lines, None) is not None:
                self.report.fail(4, "extra", "events.jsonl")
            for left in self.files:
                self.report.fail(7, "swapped", left["event"])
            if next(self.findings, None) is not None:
                self.report.fail(11, "findings", "findings.jsonl")
        self._held_to_law()

    def _read(self, told: dict[str, Any], lines: Iterator[bytes]) -> None:
        """One chain; a line that is no event, or is not there, is told by its number."""
        try:
            self._chain(told, lines)
        except Unreadable:
            raise
        except Broken as broken:
            number = self.events + len(self.seqs) + 1
            raise Broken(broken.why, f"{broken.place}:{number}") from broken

    def _held_to_law(self) -> None:
        """Acts of a version of the law that is not here were held against nothing: say so."""
        laws = self.laws
        if not laws.moves or laws.lacking:
            self.report.fail(5, "lawless", "definitions.json " + " ".join(sorted(laws.lacking)))
        elif laws.unknown:
            told = ", ".join(sorted(laws.unknown))
            self.report.notes[5] = (
                f"（未核对这些版本规则下的步骤：{told}）",
                f"(acts under these versions of the law were not checked: {told})",
            )
            if not laws.held:
                self.report.skipped.add(5)

    def _holes(self) -> None:
        """Sealed events that nobody shows, and which cases may be gone with them."""
        gone = self.seen.find(b"\0") if self.full else -1
        if gone >= 0 and not self.report.skipped & {3}:
            sealed = next(note.name for note in self.notes if note.size > gone)
            self.report.fail(3, "unsealed", f"leaf {gone} ({sealed})")
        hint = f" (? {', '.join(self.jumped)})" if self.jumped else ""
        for check, why in ((2, "hole"), (3, "unsealed")):
            found = self.report.broken.get(check)
            if found and found.why == why:
                found.place += hint

    def _numbered(self, number: str) -> None:
        """Remember the numbers that the cases pass over: should leaves be gone, they tell whose."""
        front, _, end = number.rpartition("-")
        if not re.fullmatch(r"\d{1,9}", end):
            return
        before, own = self.last_case, int(end)
        if before[0] == front:
            for missed in range(before[1] + 1, min(own, before[1] + 4)):
                if len(self.jumped) < 3:  # noqa: PLR2004 - a hint
                    self.jumped.append(f"{front}-{missed:0{len(end)}}")
        self.last_case = front, own

    def _chain(self, told: dict[str, Any], lines: Iterator[bytes]) -> None:
        """One chain: `first` is its first event here, `version` the number of all it has."""
        name, first, count = f"{told['chain']}:{told['subject']}", told["first"], told["events"]
        prev = GENESIS if first == 1 else None
        chain, subject = told["chain"].encode(), told["subject"].encode()
        self.seqs = seqs = list[int]()
        wrong, odd, state, at, waiting = None, None, START, b"", ""
        allow = self.laws.of(told["procedure"]) if chain == b"case" else None
        sha256, gone = hashlib.sha256, EVERY if self.opens else GONE
        for seq in range(first, first + count):
            event = Event(next(lines, b""))
            body, hash_ = event.body, event.hash
            link = sha256(PREFIX + event.prev + body).hexdigest().encode()
            if wrong is None and (link, event.chain, event.subject) != (hash_, chain, subject):
                wrong = seq, "altered"
            odd = odd or (event.odd and (event.odd, f"{name}:{seq}"))
            if wrong is None and prev not in (None, event.prev):
                wrong = seq, "unlinked"
            prev = hash_
            seqs.append(event.seq)
            if (why := self._sealed(event)) or waiting:
                waiting = self._unplaced(why, waiting, f"{name}:{seq}", altered=link != hash_)
            if allow and not allow(event, state if seq > 1 else None):
                self.report.fail(5, "illegal", f"{name}:{seq}")
            state = event.target if allow else state
            if JUDGED_SOME in body or event.files or event.at < at or event.action in gone:
                self._beside(event, f"{name}:{seq}", at)
            at = event.at
        self.events += count
        if wrong or seqs != list(range(first, first + count)):
            self.report.fail(4, *_named(name, first, seqs, wrong))
        elif odd:
            self.report.fail(4, *odd)
        else:
            self._end(told, name, prev)
        if told.get("state") is not None and told["state"].encode() != state:
            self.report.fail(5, "state", name)

    def _beside(self, event: Event, place: str, before: bytes) -> None:
        """What few events have: findings, files, a removal, a clock set back since the last.

        Commitments are looked for when the pack says that it opens them.
        """
        if JUDGED_SOME in event.body:
            self._judged(event.body, place.encode())
        if self.opens:
            self.named.extend(int(part, 16) for part in COMMITMENT.findall(event.body))
        if event.action == b"erase":
            self.erasures[place] = event.body
        elif event.action == b"remove_files":
            self.buried.update(part.decode() for part in HASHES.findall(event.body))
        elif event.files and event.chain == b"case":
            self._files(event.files, place)
        if event.at < before:
            self.set_back += 1
            self.back_at = self.back_at or place

    def _unplaced(self, why: str, waiting: str, place: str, *, altered: bool) -> str:
        """What to say of an event that is not its leaf; the first of its chain that has none."""
        if why == "open":
            return waiting or place
        if why:
            self.report.fail(3, "altered" if altered else why, place)
        elif waiting:
            self.report.doubt(8, "overtaken", waiting)
        return waiting

    def _judged(self, body: bytes, place: bytes) -> None:
        """The findings told in words beside the events are, in order, those in their bodies."""
        at = body.index(JUDGED_SOME) + len(JUDGED)
        while True:
            line = next(self.findings, b"")
            found = FINDING.fullmatch(line)
            record = b"{%b%b}" % found.group(1, 3) if found else b""
            if not found or found[2] != place or not body.startswith(record, at):
                self.report.fail(11, "findings", place.decode())
                self.findings = iter(())
                return
            at += len(record) + 1
            if body[at - 1 : at] == b"]":
                return

    def _end(self, told: dict[str, Any], name: str, last: bytes | None) -> None:
        """The chain ends where its subject says: its number of events and its last hash."""
        version, count = told["version"], told["events"]
        if version == 0:
            self.report.fail(4, *(("orphan", name) if count else ("missing", f"{name}:1")))
        elif version is not None and version != count:
            why = "truncated" if version > count else "head"
            self.report.fail(4, why, f"{name}:{min(version, count) + 1}")
        elif version and told["head"].encode() != last:
            self.report.fail(4, "head", f"{name}:{count}")

    def _sealed(self, event: Event) -> str:
        """Why the event is not the leaf that was sealed, "" when it is; "open" is not sealed yet.

        One that no checkpoint covers is counted. That it was never sealed cannot be proven: when
        it is older than the newest checkpoint, only a clock that was set back or a late commit
        would explain it, and it is told apart.
        """
        leaf = event.leaf
        if leaf is None or leaf >= self.size:
            self.unsealed += 1
            if event.at < self.due or not INSTANT.fullmatch(event.at):
                self.late += 1
                place = b"%b:%b:%d" % (event.chain or b"", event.subject or b"", event.seq)
                self.late_at = self.late_at or place.decode(errors="replace")
            return "open"
        found = sha(b"\0" + event.body + event.hash)
        if self.full:
            if leaf < len(self.seen):
                self.seen[leaf] = 1
            return "" if found == self.leaf(leaf) else "rehashed"
        proof = next(self.proofs, None)
        path = [bytes.fromhex(part) for part in proof["path"]] if proof else []
        if included(found, leaf, self.size, path) == self.notes[-1].root:
            return ""
        return "rehashed" if path or self.size == 1 else "proofless"

    def _files(self, told: list[Any], place: str) -> None:
        """The files an event names by hash, beside what the table and the store say now."""
        for material, hash_ in told:
            kept = next(self.files, None)
            where = f"{place} {material}"
            if kept is None:
                self.report.fail(7, "unlisted", where)
            elif (kept["event"], kept["sha256"]) != (place, hash_):
                self.report.fail(7, "swapped", where)
            elif kept["stored"] is None:
                self.report.fail(7, "lost", where)
            elif kept["stored"] == "removed":
                self.removed.setdefault(hash_, where)
            elif kept["stored"] != hash_:
                self.report.fail(7, "swapped", where)

    def _commitments(self) -> None:
        """A value that is still there opens its commitment; one that is gone was erased."""
        gone = next((at for hash_, at in self.removed.items() if hash_ not in self.buried), None)
        self._unless(gone is None, 7, "unremoved", gone or "")
        told_of = set[int]()
        for told in self.pack.parsed("values.jsonl"):
            commitment = told["commitment"]
            if self.opens:
                told_of.add(_short(commitment))
            if by := told.get("erased"):
                self.erased += 1
                named = commitment.encode() in self.erasures.get(by, b"")
                self._unless(named, 10, "erasure", commitment)
                continue
            self.opened += 1
            value = f"{told['salt']}\n{told['field']}\n{told['value']}"
            if sha(value.encode()).hex() != commitment:
                raise Broken("unopened", commitment)
        lacking = next((part for part in self.named if part not in told_of), None)
        if lacking is not None:
            raise Broken("concealed", f"{lacking:016x}...")

    def _unless(self, shown: object, check: int, why: str, place: str) -> None:
        """In a whole trail the event that removed it must be there; a part may lack it."""
        if not shown:
            (self.report.fail if self.full else self.report.doubt)(check, why, place)

    def _say(self) -> None:
        """What is worth saying beside pass or fail."""
        notes, last = self.report.notes, self.notes[-1].name if self.notes else "0"
        if not self.own_key:
            notes[1] = (
                "（只用了包内的公钥；请用 --key 给出另行取得的公钥）",
                "(only keys from the pack; give the one you got separately with --key)",
            )
        notes[2] = (f"（{last}）", f"({last})")
        notes[4] = (f"（{self.events} 条记录）", f"({self.events} events)")
        notes[6] = (f"（您留存的：{len(self.kept)}）", f"(kept by you: {len(self.kept)})")
        notes[8] = (f"：{self.unsealed}", f": {self.unsealed}")
        if self.late:
            notes[8] = (
                f"：{self.unsealed}，其中早于检查点 {self.late} 条",
                f": {self.unsealed}, of them older than the checkpoint {self.late}",
            )
            self.report.doubt(8, "late", self.late_at)
        first = (
            (f"，先在 {self.back_at}", f", first at {self.back_at}") if self.back_at else ("", "")
        )
        notes[9] = (f"（时钟被拨回 {self.set_back} 次{first[0]}）",
                    f"(set back {self.set_back} times{first[1]})")  # fmt: skip
        notes[10] = (f"（可核对 {self.opened}，已删除 {self.erased}）",
                     f"({self.opened} opened, {self.erased} erased)")  # fmt: skip


class Laws:
    """The acts each version of the law allows: (act, from, to) per procedure."""

    def __init__(self, told: dict[str, dict[str, list[Any]]]) -> None:
        self.moves = {
            (version.encode(), procedure): {tuple(p and p.encode() for p in m) for m in moves}
            for version, procedures in told.items()
            for procedure, moves in procedures.items()
        }
        self.known: dict[str, dict[tuple[Any, ...], bool]] = {}
        self.versions = {version for version, _ in self.moves}
        self.unknown, self.lacking = set[str](), set[str]()
        self.held = False
        self.acts = {key: {move[0] for move in moves} for key, moves in self.moves.items()}

    def of(self, procedure: str) -> Callable[[Event, bytes | None], bool]:
        """Tells whether an act starts where the last one ended and leads where the law says."""
        known: dict[tuple[Any, ...], bool] = self.known.setdefault(procedure, {})

        def allow(event: Event, state: bytes | None) -> bool:
            source = event.source
            if source != state and state is not START:
                return False
            asked = event.version, event.action, source, event.target
            if asked not in known:
                known[asked] = self._allow(procedure, event)
            return known[asked]

        return allow

    def _allow(self, procedure: str, event: Event) -> bool:
        key = (event.version, procedure)
        if key not in self.moves:
            version = (event.version or b"").decode(errors="replace")
            if event.version in self.versions:
                self.lacking.add(f"{version} {procedure}")
            self.unknown.add(version)
        else:
            self.held = True
        if event.action in self.acts.get(key, ()):
            return (event.action, event.source, event.target) in self.moves[key]
        return event.source in {None, event.target} or key not in self.moves


def _named(
    name: str, first: int, seqs: list[int], wrong: tuple[int, str] | None
) -> tuple[str, str]:
    """What happened to a chain that does not hold, and where: told by the numbers of its events."""
    wanted = range(first, first + len(seqs))
    at, why = wrong or (next(n for n, s in zip(wanted, seqs, strict=True) if n != s), "unlinked")
    known = set(seqs)
    counts = Counter(seqs) if len(known) < len(seqs) else {}
    double = next((n for n in seqs if n > 0 and counts.get(n, 1) > 1), None)
    gone = next((n for n in range(first, max(seqs)) if n not in known), None)
    if double is not None:
        return "duplicated", f"{name}:{double}"
    if sorted(seqs) == list(wanted) and seqs != list(wanted):
        at = next(n for n, s in zip(wanted, seqs, strict=True) if n != s)
        return "reordered", f"{name}:{at}"
    if gone is not None and (gone < at or (gone == at and why == "unlinked")):
        return "missing", f"{name}:{gone}"
    return why, f"{name}:{at}"


def verify(pack: Path, keys: list[bytes], kept: list[str]) -> Report:
    """Run every check on one pack. Raises Broken when it cannot even be opened."""
    return Verifier(Pack(pack), keys, kept).run()


def main(arguments: list[str] | None = None) -> int:
    """The command; see the first lines of this file."""
    parser = argparse.ArgumentParser(NAME, description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("pack", type=Path)
    parser.add_argument("--key", action="append", type=Path, default=[])
    parser.add_argument("--kept", action="append", type=Path, default=[])
    parser.add_argument("--lang", choices=("zh", "en"), default="zh")
    asked = parser.parse_args(arguments)
    chinese = asked.lang == "zh"
    try:
        keys = [read_key(path.read_text("utf-8")) for path in asked.key]
        kept = [note for path in asked.kept for note in _kept(path)]
        report = verify(asked.pack, keys, kept)
    except Broken as broken:
        sys.stdout.write(f"{broken.place}: {WORDS[broken.why][not chinese]} [{broken.why}]\n")
        return 2 if broken.why in {"alien", "blank"} else 1
    except (OSError, ValueError) as error:
        sys.stdout.write(f"{'无法验证' if chinese else 'could not run'}: {error}\n")
        return 2
    for line in report.lines(asked.lang):
        sys.stdout.write(f"{line}\n")
    sys.stdout.write(f"{VERDICTS[report.verdict][not chinese]}\n")
    return report.verdict


def _kept(path: Path) -> list[str]:
    """The checkpoints of a file the auditor kept; one without any compares with nothing."""
    text = path.read_bytes().decode(errors="replace")
    if not text.strip():
        raise Broken("blank", str(path))
    return notes_in(text)


if __name__ == "__main__":
    sys.exit(main())
