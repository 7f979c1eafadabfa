"""`license-desk bench NAME --json`: measurements as ratios against a limit in the same run."""

from __future__ import annotations

import json
import multiprocessing
import os
import platform
import secrets
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from workflow.domain.acting import Moment
from workflow.services import measuring, measuring_audit, measuring_judging
from workflow.services.database import open_database
from workflow.settings import Settings, prepare_folder

BUILT = ("transition", "job", "judging", "page", "scale", "audit")
TEN_THOUSAND = 10_000


@click.command("bench", help="Measure against a stated limit in the same run.")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
@click.option("--clients", default=1, show_default=True, type=click.IntRange(1, 32))
@click.option("--submits", default=150, show_default=True, type=click.IntRange(10, 2000))
@click.option("--jobs", default=60, show_default=True, type=click.IntRange(2, 2000))
@click.option("--cases", default=100_000, show_default=True, type=click.IntRange(100, 2_000_000))
@click.option("--events", default=60_000, show_default=True, type=click.IntRange(100, 2_000_000))
def command(
    name: str, *, as_json: bool, clients: int, submits: int, jobs: int, cases: int, events: int
) -> None:
    """`transition`: the real submit beside the bare driver's; `judging`: beside a bare move.

    `job`: from a commit to the body of its job, beside RQ's bare enqueue of an empty function.
    `page`: each page beside its template rendered from memory; `scale`: beside itself at 10,000.
    `audit`: verifying the trail, from the database and from a pack, beside bare SHA-256 over the
    same bytes: every body twice, for its link and its leaf, as both verifiers hash it. The figures
    named `_vs_link` count every body once.
    """
    if name not in BUILT:
        message = f"bench {name} is unknown; known: {', '.join(BUILT)}"
        raise click.UsageError(message)
    settings = Settings.from_env(os.environ)
    prepare_folder(settings)
    if name == "audit":
        figures, ratio = _audit(settings, events)
    elif name == "job":
        figures = _apart("workflow.jobs.measuring", settings, jobs)
        ratio = {"vs_rq": _ratio(figures["outbox_p95_ms"], figures["rq_p95_ms"])}
    elif name in ("page", "scale"):
        figures, ratio = _pages(name, settings, cases)
    else:
        figures, ratio = _measured(name, settings, clients, submits)
    document = {
        "name": name,
        "figures": figures,
        "ratio": ratio,
        "machine": {
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "database": settings.database_url.partition(":")[0],
        },
    }
    if as_json:
        click.echo(json.dumps(document, ensure_ascii=False))
    else:
        click.echo(f"{ratio}  {figures}")


def _measured(
    name: str, settings: Settings, clients: int, submits: int
) -> tuple[dict[str, Any], dict[str, Any]]:
    with measuring.scratch(settings.database_url, settings.data_dir) as url:
        return _judging(url) if name == "judging" else _transition(url, clients, submits)


def _pages(name: str, settings: Settings, cases: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Each page at so many cases: beside memory, or beside itself at ten thousand."""
    if name == "page":
        found = _apart("web.measuring", settings, cases)[str(cases)]
        shares = {page: _ratio(one["page_ms"], one["memory_ms"]) for page, one in found.items()}
        return {"cases": cases, **found}, {"vs_memory": shares}
    sizes = tuple(dict.fromkeys((min(TEN_THOUSAND, cases), cases)))
    found = _apart("web.measuring", settings, *sizes)
    small, large = found[str(sizes[0])], found[str(sizes[-1])]
    grown = {page: _ratio(one["page_ms"], small[page]["page_ms"]) for page, one in large.items()}
    return {"cases": cases, "at_10k": small, f"at_{cases}": large}, {"vs_10k": grown}


def _apart(module: str, settings: Settings, *numbers: int) -> dict[str, Any]:
    """What a process of its own found, given a scratch database for each number.

    The command line knows nothing of the web and the jobs.
    """
    with ExitStack() as held:
        given: list[str] = []
        for number in numbers:
            place = measuring.scratch(settings.database_url, settings.data_dir)
            given += [held.enter_context(place), str(number)]
        ran = subprocess.run(  # noqa: S603 - our own program and numbers
            [sys.executable, "-m", module, *given], stdout=subprocess.PIPE, text=True, check=False
        )
    if ran.returncode:
        message = f"{module} could not measure (exit {ran.returncode})"
        raise click.ClickException(message)
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def _ratio(one: float, other: float) -> float:
    return round(one / other, 2) if other else 0.0


def _transition(url: str, clients: int, submits: int) -> tuple[dict[str, Any], dict[str, float]]:
    shares = _run(url, clients, submits)
    pen = [time for share in shares for time in share["pen"]]
    driver = [time for share in shares for time in share["driver"]]
    figures = measuring.figures(measuring.Times(pen, driver)) | {"clients": clients}
    return figures, {"vs_driver": round(figures["driver_us"] / figures["pen_us"], 3)}


def _judging(url: str) -> tuple[dict[str, Any], dict[str, float]]:
    """How many bare moves of the library it takes to judge one complete case."""
    database = open_database(url)
    try:
        moment = Moment.of(datetime.now(UTC), "Asia/Shanghai")
        figures = measuring_judging.measure(database, moment, secrets.randbelow(20_000_000))
    finally:
        database.close()
    return figures, {"vs_trigger": round(figures["judging_us"] / figures["trigger_us"], 2)}


def _audit(settings: Settings, events: int) -> tuple[dict[str, Any], dict[str, float]]:
    """How much of bare hashing's speed is left when everything around it is done too."""
    moment, folder = Moment.of(datetime.now(UTC), settings.timezone), settings.data_dir
    with (
        measuring.scratch(settings.database_url, folder) as url,
        tempfile.TemporaryDirectory(dir=folder, prefix="bench-") as own,
    ):
        database = open_database(url)
        try:
            measuring_audit.make_trail(database, events, moment)
            figures, ratio = measuring_audit.measure(database, Path(own), moment)
        finally:
            database.close()
    return figures, {"vs_sha256": ratio}


def _run(url: str, clients: int, submits: int) -> list[dict[str, list[float]]]:
    """Each client is a process with cases of its own; one client runs in this process."""
    start = secrets.randbelow(20_000_000)
    work = [(url, submits, start + n * submits * 2) for n in range(clients)]
    if clients == 1:
        return [_client(work[0])]
    with multiprocessing.get_context("spawn").Pool(clients) as pool:
        return pool.map(_client, work)


def _client(work: tuple[str, int, int]) -> dict[str, list[float]]:
    url, submits, start = work
    moment = Moment.of(datetime.now(UTC), "Asia/Shanghai")
    database = open_database(url)
    try:
        numbers = measuring.make_cases(database, submits * 2, moment, start)
        times = measuring.measure(database, numbers, moment)
    finally:
        database.close()
    found: dict[str, Any] = {"pen": times.pen, "driver": times.driver}
    return found
