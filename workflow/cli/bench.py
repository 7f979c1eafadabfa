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
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from workflow.domain.acting import Moment
from workflow.services import measuring, measuring_audit, measuring_judging
from workflow.services.database import open_database
from workflow.settings import Settings, prepare_folder

BUILT = ("transition", "judging", "page", "scale", "audit")
TEN_THOUSAND = 10_000
PLANNED = ("job",)


@click.command("bench", help="Measure against a stated limit in the same run.")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
@click.option("--clients", default=1, show_default=True, type=click.IntRange(1, 32))
@click.option("--submits", default=150, show_default=True, type=click.IntRange(10, 2000))
@click.option("--cases", default=100_000, show_default=True, type=click.IntRange(100, 2_000_000))
@click.option("--events", default=60_000, show_default=True, type=click.IntRange(100, 2_000_000))
def command(
    name: str, *, as_json: bool, clients: int, submits: int, cases: int, events: int
) -> None:
    """`transition`: the real submit beside the bare driver's; `judging`: beside a bare move.

    `page`: each page beside its template rendered from memory; `scale`: beside itself at 10,000.
    `audit`: verifying the trail, from the database and from a pack, beside bare SHA-256.
    """
    if name not in BUILT:
        built = "not built yet" if name in PLANNED else "unknown"
        message = f"bench {name} is {built}; built: {', '.join(BUILT)}"
        raise click.UsageError(message)
    settings = Settings.from_env(os.environ)
    prepare_folder(settings)
    if name == "audit":
        figures, ratio = _audit(settings, events)
    else:
        figures, ratio = _measured(name, settings, clients, submits, cases)
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
    name: str, settings: Settings, clients: int, submits: int, cases: int
) -> tuple[dict[str, Any], dict[str, Any]]:
    if name in ("page", "scale"):
        large = _pages(settings, cases)
        if name == "page":
            shares = {page: _ratio(one["page_ms"], one["memory_ms"]) for page, one in large.items()}
            return {"cases": cases, **large}, {"vs_memory": shares}
        small = _pages(settings, TEN_THOUSAND)
        grown = {
            page: _ratio(one["page_ms"], small[page]["page_ms"]) for page, one in large.items()
        }
        return {"cases": cases, "at_10k": small, f"at_{cases}": large}, {"vs_10k": grown}
    with measuring.scratch(settings.database_url, settings.data_dir) as url:
        return _judging(url) if name == "judging" else _transition(url, clients, submits)


def _pages(settings: Settings, cases: int) -> dict[str, dict[str, float]]:
    """Pages are measured by a process of their own: the command line knows nothing of the web."""
    with measuring.scratch(settings.database_url, settings.data_dir) as url:
        ran = subprocess.run(  # noqa: S603 - our own program and numbers
            [sys.executable, "-m", "web.measuring", url, str(cases)],
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
    if ran.returncode:
        message = f"the pages could not be measured (exit {ran.returncode})"
        raise click.ClickException(message)
    found: dict[str, dict[str, float]] = json.loads(ran.stdout)
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
