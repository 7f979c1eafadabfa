"""What every answer carries: content policy, no sniffing, no framing, no storing of pages."""

from __future__ import annotations

import secrets

from flask import Response, g, request

from web.sessions import over_https

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; object-src 'none'"
)
ALWAYS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
ONE_YEAR = 365 * 24 * 3600


def request_id() -> str:
    """The short number of this request, for the log and for the person who reports an error."""
    if "request_id" not in g:
        g.request_id = "req-" + secrets.token_hex(4)
    return str(g.request_id)


def add_headers(response: Response) -> Response:
    """After every request. A view may set a stricter policy of its own (downloads do)."""
    for name, value in ALWAYS.items():
        response.headers.setdefault(name, value)
    response.headers["X-Request-Id"] = request_id()
    if over_https():
        response.headers.setdefault("Strict-Transport-Security", f"max-age={ONE_YEAR}")
    if request.endpoint == "static" and response.status_code in (200, 304):
        # A versioned address never changes its content; any other is asked for again.
        response.headers["Cache-Control"] = (
            f"public, max-age={ONE_YEAR}, immutable" if "v" in request.args else "no-cache"
        )
    else:
        response.headers["Cache-Control"] = "no-store"
        response.vary.add("HX-Request")
        response.vary.add("Cookie")
    return response
