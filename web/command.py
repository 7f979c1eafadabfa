"""The `web` command: gunicorn with the pages, on a database that is up to date."""

from __future__ import annotations

import logging
import os
import socket
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import click
from flask import Flask
from gunicorn import glogging  # type: ignore[import-untyped]
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

from web.app import create_app
from workflow.domain.errors import DeskError
from workflow.domain.procedure import Text
from workflow.logs import to_json_lines
from workflow.secret_key import secret_key
from workflow.services.database import is_current, open_database
from workflow.services.doorbell import broker_url, ringer
from workflow.services.guarding import refuse_unguarded
from workflow.settings import Settings, prepare_folder

WORKERS, THREADS = 2, 2
SLOWEST_REQUEST = 60
GRACE = 8
BACKLOG = 256


class CannotServe(DeskError):
    """The pages cannot be served like this."""

    code = "CANNOT-SERVE"


@click.command("web")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8080, show_default=True, type=click.IntRange(1, 65535))
def command(host: str, port: int) -> None:
    """Serve the pages until stopped."""
    settings = Settings.from_env(os.environ)
    to_json_lines(settings.log_level, "web")
    prepare_folder(settings)
    secret_key(settings)
    _refuse_old_schema(settings)
    refuse_unguarded(settings.database_url)
    _Server(_listening(host, port), settings.log_level).run()


def create_production_app() -> Flask:
    """The application of one process: everything it needs is read from the environment."""
    settings = Settings.from_env(os.environ)
    prepare_folder(settings)
    return create_app(
        replace(settings, secret_key=secret_key(settings)),
        open_database(settings.database_url),
        lambda: datetime.now(UTC),
        ring=ringer(broker_url(settings.redis_url, settings.data_dir)),
    )


def _refuse_old_schema(settings: Settings) -> None:
    database = open_database(settings.database_url)
    try:
        current = is_current(database)
    finally:
        database.close()
    if not current:
        raise CannotServe(
            Text(
                "数据库结构不是本版本的，请先运行 license-desk migrate",
                "the database schema is not this version's; run license-desk migrate first",
            )
        )


def _listening(host: str, port: int) -> int:
    """A socket that listens already, as a file descriptor that gunicorn takes over.

    A port that is taken is told in one line at once, not tried again five times.
    """
    try:
        family, *_, where = socket.getaddrinfo(
            host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        return socket.create_server(where[:2], family=family, backlog=BACKLOG).detach()
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror
        raise CannotServe(
            Text(
                f"不能在 {host}:{port} 上监听（{reason}），请用 --port 换一个端口",
                f"cannot listen on {host}:{port} ({reason}); choose another with --port",
            )
        ) from error


class _JsonLog(glogging.Logger):  # type: ignore[misc]
    """gunicorn's words go where all of ours go, as JSON lines."""

    def setup(self, cfg: Any) -> None:  # noqa: ANN401 - gunicorn's own type
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True


class _Server(BaseApplication):  # type: ignore[misc]
    """gunicorn on a socket that listens already; every worker makes its own application."""

    def __init__(self, listening: int, log_level: str) -> None:
        self._listening, self._log_level = listening, log_level
        super().__init__()

    def load_config(self) -> None:
        chosen = {
            "bind": f"fd://{self._listening}",
            "workers": WORKERS,
            "worker_class": "gthread",
            "threads": THREADS,
            "timeout": SLOWEST_REQUEST,
            # A Chinese character in an address takes nine bytes; fields of a search take 200.
            "limit_request_line": 8190,
            "graceful_timeout": GRACE,
            "loglevel": self._log_level.lower(),
            "logger_class": _JsonLog,
            "control_socket_disable": True,
            # Forwarded headers are believed in one place, as many hops as the settings say.
            "forwarded_allow_ips": "",
            "proc_name": "license-desk-web",
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        logging.captureWarnings(capture=True)
        return create_production_app()
