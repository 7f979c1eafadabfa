"""What an event keeps of the rows it changed, so that they can be rebuilt from the trail alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlmodel import Session

from workflow.storage import reads
from workflow.storage.reads import LicenseRow

if TYPE_CHECKING:
    from workflow.storage.rows import CaseRow

Row = dict[str, Any]
CASE = (
    "procedure",
    "kinds",
    "items",
    "coverage",
    "facts",
    "authority",
    "opened_on",
    "filed_on",
    "handler_id",
    "reviewer_id",
    "license_id",
)
"""Columns of a case that acts and people set; state, version and dates follow from the events."""
_PLAIN = ("number", "authority", "status")
_JSON = ("kinds", "items", "coverage", "opened")
_DAYS = ("valid_from", "valid_to")


def case_row(case: CaseRow) -> Row:
    """The columns of a case as JSON values."""
    return {name: _plain(getattr(case, name)) for name in CASE}


def license_row(session: Session, license_id: int | None) -> Row:
    """The columns of a license as JSON values, every fact under `facts.NAME`; {} without one."""
    found = reads.license_row(session, None, license_id) if license_id is not None else None
    return license_columns(found) if found else {}


def license_columns(found: LicenseRow) -> Row:
    """A row of the register in the same form."""
    return {
        "id": found.id,
        "company_id": found.company_id,
        **{name: getattr(found, name) for name in _PLAIN},
        **{name: json.loads(getattr(found, name)) for name in _JSON},
        **{name: _plain(getattr(found, name)) for name in _DAYS},
        **{f"facts.{name}": value for name, value in json.loads(found.facts).items()},
    }


def license_since(session: Session, before: Row, license_id: int | None) -> Row:
    """What is different of a license now, with its id; {} when nothing is."""
    after = license_row(session, license_id)
    found = changed(before, after)
    return found and {"id": after["id"], **found}


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> Row:
    """What is different afterwards, with its new value; what is gone is null."""
    return {
        name: after.get(name)
        for name in sorted({*before, *after})
        if before.get(name) != after.get(name)
    }


def _plain(value: Any) -> Any:  # noqa: ANN401 - any column
    return value.isoformat() if isinstance(value, date) else value
