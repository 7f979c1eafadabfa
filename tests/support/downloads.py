"""Which addresses of the application give out a file, read from its source."""

from __future__ import annotations

import ast
from pathlib import Path

from flask import Flask

import web

_MARKS = ("Content-Disposition", "as_attachment", "attached", "downloads.table")
Name = tuple[str, str]


def giving_files(app: Flask) -> set[tuple[str, str]]:
    """Method and rule of every view that itself, or through what it calls, gives out a file."""
    calls, giving = _read()
    while more := {name for name, called in calls.items() if called & giving} - giving:
        giving |= more
    views = {view: (f.__module__, f.__qualname__) for view, f in app.view_functions.items()}
    return {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if views[rule.endpoint] in giving
    }


def _read() -> tuple[dict[Name, set[Name]], set[Name]]:
    """Every function of the pages with those it calls, and those that make a file themselves."""
    calls: dict[Name, set[Name]] = {}
    giving: set[Name] = set()
    for path in sorted(Path(web.__file__).parent.glob("*.py")):
        module = f"web.{path.stem}"
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                text = ast.unparse(node)
                calls[module, node.name] = {
                    _called(module, call.func) for call in ast.walk(node)
                    if isinstance(call, ast.Call)
                }  # fmt: skip
                if any(mark in text for mark in _MARKS):
                    giving.add((module, node.name))
    return calls, giving


def _called(module: str, called: ast.expr) -> Name:
    if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
        return f"web.{called.value.id}", called.attr
    return module, called.id if isinstance(called, ast.Name) else ""
