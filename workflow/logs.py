"""Logs: one JSON object a line on standard error. They carry ids, never names or contents."""

from __future__ import annotations

import logging
import sys
from typing import TextIO

import structlog

TALKATIVE = ("alembic", "rq.worker", "rq.job", "rq.cron")


def to_json_lines(level: str, process: str, stream: TextIO | None = None) -> None:
    """Send our own log and that of the libraries to `stream` (standard error when not given).

    Each line names its `process`.
    """
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            *shared,
            structlog.processors.format_exc_info,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.PositionalArgumentsFormatter()],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    for library in TALKATIVE:
        logging.getLogger(library).setLevel("DEBUG" if level == "DEBUG" else "WARNING")
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    structlog.contextvars.bind_contextvars(process=process)
