"""Addresses of lists: the filters of this page again, with some of them changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from flask import request, url_for


def kept_filters(names: Iterable[str]) -> dict[str, str]:
    """The filters in force, only those the page knows: an address may carry anything."""
    return {name: request.args[name] for name in names if request.args.get(name)}


def list_link(endpoint: str, filters: Mapping[str, str | None]) -> str:
    """A list with these filters; None or an empty one is left out."""
    chosen = {name: value for name, value in filters.items() if value}
    return url_for(endpoint) + ("?" + urlencode(chosen) if chosen else "")
