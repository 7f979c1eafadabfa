"""To be written within minutes."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("health", __name__)
