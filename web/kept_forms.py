"""A form that arrived after its session had ended: kept for its person until they sign in again."""

from __future__ import annotations

import json
from typing import Any

from flask import request
from flask_wtf.csrf import validate_csrf
from wtforms import ValidationError

from web.ports import desk, now
from workflow.services import drafts

HELD = "form"
"""The draft that is a whole form; there is one at a time."""
LARGEST = 200_000
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
    text = json.dumps(posted())
    if len(text) > LARGEST:
        return False
    with desk().database.transaction() as tx:
        drafts.keep(tx, account_id, HELD, text, now())
    return True


def posted() -> dict[str, Any]:
    """The form of this request: where it went, its fields, whether there were files."""
    fields = [pair for pair in request.form.items(multi=True) if pair[0] not in _NEVER]
    return {"to": request.full_path.rstrip("?"), "fields": fields, "files": bool(request.files)}
