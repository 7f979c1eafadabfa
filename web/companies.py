"""To be written within minutes."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("companies", __name__)
