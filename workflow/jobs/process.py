"""What every process of the jobs does first: settings, data folder, log, the broker's address."""

from __future__ import annotations

import os

from workflow.logs import to_json_lines
from workflow.services.doorbell import broker_url
from workflow.settings import Settings, prepare_folder

PATIENCE = 5.0
"""Seconds that a relay or scheduler waits for an answer of the broker."""


def begin(name: str) -> tuple[Settings, str]:
    """Read the settings, log as `name`, and say where the broker is."""
    settings = Settings.from_env(os.environ)
    to_json_lines(settings.log_level, name)
    return settings, broker_url(settings.redis_url, prepare_folder(settings))
