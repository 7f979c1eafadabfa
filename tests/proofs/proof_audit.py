"""`make proofs-audit`: a million events verify in memory that does not grow with their number."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime

from workflow.domain.acting import Moment
from workflow.services import exporting, measuring_audit
from workflow.services.exporting import VERIFIER, Extent, Pack
from workflow.storage.database import open_database
from workflow.storage.files import Shelf

EVENTS = int(os.environ.get("EVENTS", "1000000"))
SMALL = 20_000
ROOM = 60 * 1024
"""KiB that a trail fifty times as long may take more."""
PEAK = """
import re, resource, sys
def peak():
    # not ru_maxrss of this process: it carries over what the process that started it held
    own = int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
    return max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
SWEEP = f"""{PEAK}
from workflow.services.verifying import verify_all
from workflow.storage.database import open_database
verdict = verify_all(open_database(sys.argv[1]))
assert verdict.intact, verdict
print(peak())
"""
VERIFY = f"""{PEAK}
import runpy
sys.argv = sys.argv[1:]
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
except SystemExit as ended:
    assert not ended.code
print(peak())
"""


def peak(code, *arguments):
    """The last number a process of its own printed: the most memory it held, in KiB."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return int(done.stdout.split()[-1])


def test_it_verifies_a_million_events_in_constant_memory(database_url, tmp_path):
    database = open_database(database_url)
    moment, found = Moment.of(datetime.now(UTC), "Asia/Shanghai"), {}
    measuring_audit.make_trail(database, SMALL, moment)
    for size in (SMALL, EVENTS):
        if size != SMALL:
            measuring_audit.grow(database, size - SMALL, moment)
        pack = tmp_path / "pack.zip"
        with database.reading() as session:
            told = Pack(Extent(), moment.stamp, "proof")
            made = exporting.export(session, pack, told, Shelf(tmp_path))
        assert made.events >= size
        found[size] = (peak(SWEEP, database_url), peak(VERIFY, VERIFIER, pack))
    database.close()
    print(f"\nKiB (database, verifier) by events: {found}")  # noqa: T201
    for small, large in zip(found[SMALL], found[EVENTS], strict=True):
        assert large < small + ROOM
