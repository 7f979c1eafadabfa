"""A form that arrived after its session had ended: kept for its person until they sign in again."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from flask import request
from flask_wtf.csrf import validate_csrf
from wtforms import ValidationError

from web.ports import desk, now
from workflow.services import drafts

HELD = "form:"
"""Where whole forms are kept, each by what was typed: of two tabs neither erases the other."""
_NEVER = ("csrf_token", "password")


def keep_form(account_id: int) -> bool:
    """Keep what was posted to this address; True when there is something to come back to.

    Files are not kept. A form without the token of its own session is nobody's and is dropped.
    """
    if request.method != "POST" or request.endpoint in (None, "security.logout", "drafts.keep"):
        return False
    try:
        validate_csrf(request.form.get("csrf_token"))
    except ValidationError:
        return False
    text = json.dumps(posted(), ensure_ascii=False)
    if len(text) > drafts.LONGEST:
        return False
    key = sha256(text.encode()).hexdigest()[:16]
    with desk().database.transaction() as tx:
        drafts.keep(tx, account_id, HELD + key, text, now())
    return True


def posted() -> dict[str, Any]:
    """The form of this request: its page, where it went, its fields, whether there were files."""
    fields = [pair for pair in request.form.items(multi=True) if pair[0] not in _NEVER]
    return {
        "page": own_page(),
        "to": request.full_path.rstrip("?"),
        "fields": fields,
        "files": bool(request.files),
    }


def own_page() -> str:
    """The page of ours this request came from, empty when it is none."""
    came_from = urlsplit(request.referrer or "")
    if came_from.netloc != request.host:
        return ""
    # One slash in front: two would name another host.
    return "/" + came_from.path.lstrip("/") + ("?" + came_from.query if came_from.query else "")
