"""The rules of the house that no linter knows, as functions from a module to its offences."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

LONGEST_FUNCTION = 60
LONGEST_MODULE = 300
LONG_MODULE = 250
STAND_ALONE = "workflow/services/auditing/audit_verify.py"
MACHINE = "workflow/domain/machine.py"
MIGRATIONS = "workflow/storage/migrations/versions/"
EDGES = ("web/", "workflow/jobs/", "workflow/cli/")
SETTINGS = ("workflow/settings.py", "workflow/secret_key.py")
CLOCKS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
    ("time", "localtime"),
    ("time", "gmtime"),
}
EMPTY_WORDS = {"util", "helper", "data", "info"}
#: Names a library calls us by; we did not choose them.
CALLED_BY_LIBRARIES = {"process_data"}


@dataclass(frozen=True)
class Module:
    """One source file: its path from the root and its text."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed text."""
        return ast.parse(self.text, self.path)

    def nodes(self, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
        """Every node of these kinds."""
        return (node for node in ast.walk(self.tree) if isinstance(node, kinds))

    def at(self, node: ast.AST, what: str) -> str:
        """One offence as a line that an editor can open."""
        return f"{self.path}:{node.lineno}: {what}"

    @property
    def on_the_edge(self) -> bool:
        """True for the boxes that may ask the machine: the time, the environment."""
        return self.path.startswith(EDGES)


Rule = Callable[[Module], Iterator[str]]


def product_modules(root: Path) -> list[Module]:
    """Every module of the product."""
    files = [file for box in ("workflow", "web") for file in sorted((root / box).rglob("*.py"))]
    return [Module(file.relative_to(root).as_posix(), file.read_text("utf-8")) for file in files]


def one_door_for_the_state(module: Module) -> Iterator[str]:
    """Only `storage/cases.py` enters a state; the machine moves a token of its own."""
    if module.path == "workflow/storage/cases.py":
        return
    for node in module.nodes(ast.Assign, ast.AugAssign, ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for part in (leaf for target in targets for leaf in ast.walk(target)):
            moves_token = module.path == MACHINE and _name(part) in {"self", "token"}
            if isinstance(part, ast.Attribute) and part.attr == "state" and not moves_token:
                yield module.at(part, "assigns .state")
    for node in module.nodes(ast.Call):
        if _name(node.func) == "setattr" and "state" in map(_literal, node.args):
            yield module.at(node, "assigns .state")


def time_is_passed_in(module: Module) -> Iterator[str]:
    """Below the edges nothing asks the machine what time it is."""
    if module.on_the_edge:
        return
    for node in module.nodes(ast.Attribute):
        if (_last(node.value), node.attr) in CLOCKS:
            yield module.at(node, f"asks the clock: {_last(node.value)}.{node.attr}")
    for node in module.nodes(ast.ImportFrom):
        for name in node.names:
            if node.module == "time" and ("time", name.name) in CLOCKS:
                yield module.at(node, f"imports the clock: time.{name.name}")


def settings_stay_at_the_edge(module: Module) -> Iterator[str]:
    """The environment is read in one module, and only the edges read settings."""
    if module.on_the_edge or module.path in SETTINGS:
        return
    for node in module.nodes(ast.Attribute):
        if _last(node.value) == "os" and node.attr in {"environ", "getenv"}:
            yield module.at(node, "reads the environment")
    for node in module.nodes(ast.Import, ast.ImportFrom):
        home = getattr(node, "module", None)
        named = {home, *(f"{home}.{name.name}" if home else name.name for name in node.names)}
        if named & {"workflow.settings", "workflow.secret_key"}:
            yield module.at(node, "reads settings; take the value as an argument")


def it_says_what_it_is_for(module: Module) -> Iterator[str]:
    """The first line of every module is one sentence: its responsibility."""
    first, *_ = (ast.get_docstring(module.tree) or "").splitlines() or [""]
    if not first.endswith((".", "?", "!")):
        yield f"{module.path}:1: the first line does not say in a sentence what this module is for"


def modules_are_short(module: Module) -> Iterator[str]:
    """Beyond this many lines a module has two responsibilities; a migration is a list.

    The stand-alone verifier is handed out as one file.
    """
    if module.path.startswith(MIGRATIONS) or module.path == STAND_ALONE:
        return
    if module.text.count("\n") > LONGEST_MODULE:
        yield f"{module.path}:1: has {module.text.count(chr(10))} lines, at most {LONGEST_MODULE}"


def functions_are_short(module: Module) -> Iterator[str]:
    """Beyond this many lines nobody reads a function whole; a migration is a list."""
    if module.path.startswith(MIGRATIONS):
        return
    for node in module.nodes(ast.FunctionDef, ast.AsyncFunctionDef):
        lines = node.end_lineno - node.lineno + 1
        if lines > LONGEST_FUNCTION:
            yield module.at(node, f"{node.name} has {lines} lines, at most {LONGEST_FUNCTION}")


def names_say_something(module: Module) -> Iterator[str]:
    """No empty words in names. In a function `manager` is the role, in a class it is empty."""
    folder_words = _words("_".join(Path(module.path).with_suffix("").parts))
    if folder_words & (EMPTY_WORDS | {"manager"}):
        yield f"{module.path}:1: the name of the module says nothing"
    for node in module.nodes(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef):
        empty = EMPTY_WORDS | ({"manager"} if isinstance(node, ast.ClassDef) else set())
        if _words(node.name) & empty and node.name not in CALLED_BY_LIBRARIES:
            yield module.at(node, f"the name {node.name} says nothing")


RULES: tuple[Rule, ...] = (
    one_door_for_the_state,
    time_is_passed_in,
    settings_stay_at_the_edge,
    it_says_what_it_is_for,
    modules_are_short,
    functions_are_short,
    names_say_something,
)


def long_modules(modules: list[Module]) -> list[str]:
    """Modules that may stay but should be looked at."""
    return [
        module.path
        for module in modules
        if module.text.count("\n") > LONG_MODULE and not module.path.startswith(MIGRATIONS)
    ]


def _name(node: ast.AST) -> str | None:
    """The name a node is, or the name left of its dot."""
    node = node.value if isinstance(node, ast.Attribute) else node
    return node.id if isinstance(node, ast.Name) else None


def _last(node: ast.AST) -> str | None:
    """The last name of a dotted one."""
    return node.attr if isinstance(node, ast.Attribute) else _name(node)


def _literal(node: ast.AST) -> object:
    return node.value if isinstance(node, ast.Constant) else None


def _words(name: str) -> set[str]:
    parts = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)
    return {part.lower().removesuffix("s") for part in parts}
