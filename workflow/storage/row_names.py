"""Numbers and names of the rows that events mention by their internal id."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any

from workflow.storage.statements import numbers

_ROWS = {
    "license_id": ("licenses", "number"),
    "company_id": ("companies", "name"),
    "case_id": ("cases", "number"),
}
"""Field -> the table its ids are of, and the column that names a row."""
SCOPE = "scope"
"""The clients an account may see, as ids; of an export the filter, as JSON."""


def selects(bodies: Collection[dict[str, Any]]) -> list[str]:
    """One SELECT of 'value', key and name for each table these bodies mention; none for most."""
    found: dict[str, set[int]] = {}
    for body in bodies:
        for field, row_id in _mentioned(body):
            found.setdefault(field, set()).add(row_id)
    return [
        f"SELECT 'value', '{field}:' || CAST(id AS text), {_ROWS[field][1]}"
        f" FROM {_ROWS[field][0]} WHERE id IN ({numbers(sorted(ids))})"
        for field, ids in found.items()
    ]


def _mentioned(body: dict[str, Any]) -> Iterator[tuple[str, int]]:
    for change in body.get("changes") or ():
        name = change["field"].rpartition(".")[2]
        for side in ("old", "new"):
            yield from _ids(name, change.get(side))


def _ids(name: str, value: Any) -> Iterator[tuple[str, int]]:  # noqa: ANN401 - any JSON
    if name in _ROWS and isinstance(value, int):
        yield name, value
    elif name == SCOPE and isinstance(value, list):
        yield from (("company_id", one) for one in value if isinstance(one, int))
    elif name == SCOPE and isinstance(value, str) and value.startswith("{"):
        yield from ((n, i) for n, i in json.loads(value).items() if n in _ROWS)
