"""Addresses that carry something on: the filters of a list, what was told of an application."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlencode

from flask import request, url_for

from web.case_form import NATIONAL


def kept_filters(names: Iterable[str]) -> dict[str, str]:
    """The filters in force, only those the page knows: an address may carry anything."""
    return {name: request.args[name] for name in names if request.args.get(name)}


def list_link(endpoint: str, filters: Mapping[str, str | None]) -> str:
    """A list with these filters; None or an empty one is left out."""
    chosen = {name: value for name, value in filters.items() if value}
    return url_for(endpoint) + ("?" + urlencode(chosen) if chosen else "")


def guide_links(
    kinds: Iterable[str], coverage: Sequence[str], told: Sequence[tuple[str, str]], *, foreign: bool
) -> dict[str, str]:
    """The guide to a first license for each kind; it carries what was told of the application."""
    area = coverage[0] if len(coverage) == 1 else NATIONAL
    more = [("area", area), *([("foreign", "yes")] if foreign else []), *told]
    start = url_for("guide.show", procedure="new")
    return {kind: f"{start}?{urlencode([('kind', kind), *more])}" for kind in kinds}
