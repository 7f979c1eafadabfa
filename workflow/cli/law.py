"""`license-desk law`: check the definitions, print the rules, write the state diagrams."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from types import ModuleType

import click

from workflow.domain.definition import DefectiveLaw
from workflow.domain.guard import Guard
from workflow.domain.machine import diagram as draw
from workflow.domain.procedure import Citation, Procedure, Rule, Text

_LANGUAGE = click.option(
    "--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True
)

_NOUNS = {
    "kinds": ("license kind", "license kinds"),
    "procedures": ("procedure", "procedures"),
    "rules": ("rule", "rules"),
    "guards": ("guard", "guards"),
    "materials": ("material", "materials"),
    "clocks": ("clock", "clocks"),
    "self_checks": ("self-check item", "self-check items"),
    "questions": ("question", "questions"),
}


@click.group("law", help="Check the law, print its rules, draw its procedures.")
def command() -> None:
    """Check the law, print its rules, draw its procedures."""


def _catalogue() -> ModuleType:
    """The catalogue, loaded only now: a defective law must be reported, not crash the command.

    Exits 1 after naming each defect on standard error.
    """
    try:
        from workflow.law import catalogue  # noqa: PLC0415 - see above
    except DefectiveLaw as error:
        for defect in error.defects:
            click.echo(defect, err=True)
        count = len(error.defects)
        click.echo(f"{count} {'defect' if count == 1 else 'defects'}", err=True)
        raise click.exceptions.Exit(1) from None
    return catalogue


@command.command(help="Check every definition of the law.")
def check() -> None:
    """Print what is loaded and `0 defects`, or name every defect and exit 1."""
    for name, count in _catalogue().counts().items():
        one, many = _NOUNS[name]
        click.echo(f"{count} {one if count == 1 else many}")
    click.echo("0 defects")


@command.command(help="Print every rule with its basis, confidence and severity.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Only what is in force on this day.")
@_LANGUAGE
def show(on: datetime | None, language: str) -> None:
    """Print the law as it stands, or as it was in force on a day."""
    catalogue = _catalogue()
    day = on.date() if on else None
    for procedure in catalogue.LAW.procedures.values():
        if day is None or procedure.in_force <= day:
            click.echo("\n".join(_procedure_lines(catalogue, procedure, day, language)))


@command.command(help="Write the state diagram of every procedure as Mermaid text.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder to write to.")
@_LANGUAGE
def diagram(out: Path | None, language: str) -> None:
    """Print the diagrams, or write one `.mmd` per procedure into a folder."""
    catalogue = _catalogue()
    for code, procedure in catalogue.LAW.procedures.items():
        labels = {state: text.read(language) for state, text in procedure.labels.items()}
        picture = draw(procedure, labels, language)
        if out is None:
            click.echo(picture)
        else:
            click.echo(_written(out / f"{code}.mmd", picture))


def _written(path: Path, picture: str) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(picture, encoding="utf-8")
    except OSError as error:
        message = f"cannot write {path}: {error.strerror}. Choose another folder with --out"
        raise click.ClickException(message) from error
    return path


def _procedure_lines(
    catalogue: ModuleType, procedure: Procedure, on: date | None, language: str
) -> Iterator[str]:
    def heading(text: Text) -> str:
        return f"\n{text.read(language)}"

    yield f"== {procedure.name.read(language)} ({procedure.code}) =="
    yield from _basis_lines(catalogue, procedure.cites, language)
    yield heading(Text("办理步骤", "Acts"))
    for rule in procedure.rules:
        yield from _rule_lines(catalogue, rule, language)
    yield heading(Text("提交时核对的条件", "Conditions judged at filing"))
    codes = dict.fromkeys(code for rule in procedure.rules for code in rule.guards)
    guards = catalogue.guards_of(codes, on) if on else [catalogue.LAW.guards[c] for c in codes]
    for guard in guards:
        yield from _guard_lines(catalogue, guard, language)
    yield heading(Text("材料", "Materials"))
    for need in procedure.needs:
        material = catalogue.LAW.materials[need.code]
        only = f" — {need.why.read(language)}" if need.why else ""
        instead = f" / {', '.join(need.alternatives)}" if need.alternatives else ""
        yield f"  {need.code}{instead}  {material.name.read(language)}{only}"
        yield from _basis_lines(catalogue, material.cites, language)
    yield heading(Text("期限", "Clocks"))
    for code in procedure.clocks:
        clock = catalogue.LAW.clocks[code]
        unit = catalogue.label_of("unit", clock.unit.value).read(language)
        length = f"{clock.length} " if clock.length else ""
        yield f"  {code}  {clock.name.read(language)}: {length}{unit}"
        yield from _basis_lines(catalogue, clock.cites, language)


def _rule_lines(catalogue: ModuleType, rule: Rule, language: str) -> Iterator[str]:
    def word(group: str, code: str) -> str:
        text: Text = catalogue.label_of(group, code)
        return text.read(language)

    comma = ", " if language == "en" else "、"
    source = comma.join(word("state", state.value) for state in rule.source)
    target = f" → {word('state', rule.target.value)}" if rule.target else ""
    roles = comma.join(word("role", role) for role in sorted(rule.by))
    yield f"  {rule.trigger}  {rule.label.read(language)}: {source}{target} ({roles})"
    yield from _basis_lines(catalogue, rule.cites, language)


def _guard_lines(catalogue: ModuleType, guard: Guard, language: str) -> Iterator[str]:
    severity = catalogue.label_of("severity", catalogue.severity_of(guard)).read(language)
    waivable = Text("可豁免", "may be waived") if guard.may_be_waived else None
    standing = f"{severity}, {waivable.read(language)}" if waivable else severity
    yield f"  {guard.code}  {guard.title.read(language)} [{standing}]"
    yield from _basis_lines(catalogue, guard.cites, language)


def _basis_lines(
    catalogue: ModuleType, cites: tuple[Citation, ...], language: str
) -> Iterator[str]:
    for basis in cites:
        sure = catalogue.label_of("confidence", basis.confidence.value).read(language)
        yield f"      {basis.read(language)} ({sure})"
