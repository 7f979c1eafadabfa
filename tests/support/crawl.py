"""Every page a person can reach from home by following links, a few of each kind."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

OF_EACH_KIND = 2
_NOT_PAGES = frozenset({"static", "i18n", "security.logout"})


class Links(HTMLParser):
    """Collects where a page's links and GET forms lead."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            self.found.append(str(given["href"]))


def kind_of(app: Flask, address: str) -> tuple[str, frozenset[str]] | None:
    """Its view and the names it asks with: two of a kind look alike. None: no page of ours."""
    parts = urlsplit(address)
    if parts.netloc or parts.scheme or not parts.path:
        return None
    names = frozenset(name for name, _ in parse_qsl(parts.query))
    if names & {"lang", "theme", "keys"}:
        return None  # a preference, not a page
    try:
        view, _ = app.url_map.bind("localhost").match(parts.path, "GET")
    except (HTTPException, RequestRedirect):
        return (f"nowhere:{parts.path}", names)
    return None if view in _NOT_PAGES else (view, names)


def pages(app: Flask, start: str = "/") -> Iterator[tuple[str, deque[str]]]:
    """Yields (address, queue): look at the address, then put the links found into the queue."""
    seen: Counter[tuple[str, frozenset[str]]] = Counter()
    known, queue = {start}, deque([start])
    while queue:
        address = queue.popleft()
        found: deque[str] = deque()
        yield address, found
        for link in found:
            kind = kind_of(app, link)
            if kind is None or link in known or seen[kind] >= OF_EACH_KIND:
                continue
            known.add(link)
            seen[kind] += 1
            queue.append(link)
