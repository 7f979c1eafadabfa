"""Answers travel compressed where the browser takes it: a list is a tenth, the sheet a fifth."""

from __future__ import annotations

import gzip
import io
import secrets

from flask import Response, request

KINDS = frozenset({"text/html", "text/css", "text/javascript", "image/svg+xml"})
LEAST = 1000
LEVEL = 5
PART, UNCHANGED = 206, 304
# How long an answer is must not tell what stands in it: the gzip header carries a name of a
# random length, so that nobody who guesses at a page reads the guess off its size.
LONGEST_NAME = 100


def compress(response: Response) -> Response:
    """After every request. Downloads, streams and what is already encoded stay as they are."""
    streamed = response.is_streamed and not response.direct_passthrough  # a file is no stream
    if response.mimetype not in KINDS or streamed or "Content-Encoding" in response.headers:
        return response
    response.vary.add("Accept-Encoding")
    if response.status_code in (PART, UNCHANGED) or not request.accept_encodings["gzip"]:
        return response
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) < LEAST:
        return response
    response.set_data(_packed(body))
    response.headers["Content-Encoding"] = "gzip"
    tag, _ = response.get_etag()
    if tag:
        response.set_etag(tag, weak=True)
    return response


def _packed(body: bytes) -> bytes:
    name = "x" * (1 + secrets.randbelow(LONGEST_NAME))
    packed = io.BytesIO()
    with gzip.GzipFile(name, "wb", LEVEL, packed, mtime=0) as file:
        file.write(body)
    return packed.getvalue()
