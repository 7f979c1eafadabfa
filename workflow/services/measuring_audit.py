"""Measure verification beside bare SHA-256 over the same bytes, in the same run."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from workflow.domain.acting import Moment
from workflow.domain.audit import GENESIS, PREFIX
from workflow.services import checkpoints, exporting, measuring, sequencing, sweeping, verifying
from workflow.services.checkpoints import Signing
from workflow.services.database import Database
from workflow.services.exporting import VERIFIER, Extent, Pack
from workflow.storage import sweep, trail_copies
from workflow.storage.files import Shelf

_KEY = Ed25519PrivateKey.generate()
ROUNDS = 5
_COUNTED = (
    "vs_sha256: beside bare SHA-256 of each body twice, for link and leaf, as verification must"
    " hash it; vs_link: of each body once; bare is one core, bytes ready in memory. database:"
    " streaming, two processes; whole: all of audit verify; verifier: audit_verify.py, started"
)


def make_trail(database: Database, events: int, moment: Moment) -> None:
    """A sealed trail of about so many events: submitted cases with bodies the pen wrote."""
    (number,) = measuring.make_cases(database, 1, moment)
    measuring.submit(database, number, moment)
    grow(database, events, moment)


def grow(database: Database, events: int, moment: Moment) -> None:
    """So many events more, copied from the first case, and a checkpoint over all of them."""
    trail_copies.multiply(database, events)
    sequencing.catch_up(database)
    checkpoints.seal(database, Signing(_KEY), moment)


def measure(database: Database, folder: Path, moment: Moment) -> tuple[dict[str, Any], float]:
    """Best of some rounds each, in turn: bare hashing, the database, the stand-alone verifier.

    `database` streams every body: links, ends, leaves, columns. `whole` is all of `audit verify`:
    tree, checkpoints, values and marks, too. `vs_sha256` and its like are shares of bare SHA-256
    over the very bytes that verification hashes, ready in memory: of each event the link and the
    leaf. The stricter ones that end in `_vs_link` count every body once, as its link.
    The verifier runs as an auditor runs it: a process of its own that imports nothing of ours.
    """
    pack = folder / "pack.zip"
    with database.reading() as session:
        exporting.export(session, pack, Pack(Extent(), moment.stamp, "bench"), Shelf(folder))
        zeros = GENESIS.encode()  # as long as any previous hash
        found = [
            (hash_, body) for batch in sweep.told(session) for _, _, hash_, *_, body, _ in batch
        ]
    links = [PREFIX + zeros + body for _, body in found]
    leaves = [b"\0" + body + hash_ for hash_, body in found]
    times: dict[str, list[float]] = {
        n: [] for n in ("links", "leaves", "database", "whole", "verifier")
    }
    for _ in range(ROUNDS):
        times["links"].append(_timed(lambda: _hash(links)))
        times["leaves"].append(_timed(lambda: _hash(leaves)))
        times["database"].append(_timed(lambda: _sweep(database, len(links))))
        times["whole"].append(_timed(lambda: _whole(database, len(links))))
        times["verifier"].append(_timed(lambda: _verify(pack)))
    best = {name: min(found) for name, found in times.items()}
    bare = best["links"] + best["leaves"]
    figures = {
        "events": len(links),
        "bytes_per_event": round(sum(map(len, links)) / len(links)),
        "sha256_per_second": round(len(links) / bare),
        **{
            f"{n}_per_second": round(len(links) / best[n])
            for n in ("database", "whole", "verifier")
        },
        "counted": _COUNTED,
        "database_vs_link": round(best["links"] / best["database"], 3),
        "whole_vs_link": round(best["links"] / best["whole"], 3),
        "verifier_vs_link": round(best["links"] / best["verifier"], 3),
        "whole_vs_sha256": round(bare / best["whole"], 3),
        "verifier_vs_sha256": round(bare / best["verifier"], 3),
    }
    return figures, round(bare / best["database"], 3)


def _hash(bodies: list[bytes]) -> None:
    sha256 = hashlib.sha256
    for body in bodies:
        sha256(body).hexdigest()


def _sweep(database: Database, events: int) -> None:
    found = sweeping.sweep_all(database)
    if found is None or found.events != events:
        message = "the trail that was made to measure on is not sound"
        raise RuntimeError(message)


def _whole(database: Database, events: int) -> None:
    found = verifying.verify_all(database)
    if not found.intact or found.events != events:
        message = f"the trail that was made to measure on is not sound: {found}"
        raise RuntimeError(message)


def _verify(pack: Path) -> None:
    subprocess.run(  # noqa: S603 - our own verifier
        [sys.executable, "-I", str(VERIFIER), str(pack)], check=True, stdout=subprocess.DEVNULL
    )


def _timed(act: Callable[[], None]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start
