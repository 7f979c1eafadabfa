"""`license-desk law`: check the definitions, print the rules, write the state diagrams."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import ModuleType
from zoneinfo import ZoneInfo

import click

from workflow.domain.definition import DefectiveLaw
from workflow.domain.machine import diagram as draw

_ZONE = ZoneInfo("Asia/Shanghai")
"""Where the law and its dates are at home."""
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


@command.command(help="Print every rule with its basis, or everything about one code.")
@click.argument("code", required=False)
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Only what is in force on this day.")
@_LANGUAGE
def show(code: str | None, on: datetime | None, language: str) -> None:
    """Print the law as it stands, or as it was in force on a day; with a code, that entry in full.

    A code is a kind, an item, a procedure, a trigger, a guard, a material, a clock, a self-check
    item, a change, a prior approval, a range, a task, a track or a question (Q12). A code that
    nobody knows is misuse.
    """
    _catalogue()
    from workflow.cli import law_entry, law_tables  # noqa: PLC0415 - they read the whole law
    from workflow.cli.law_words import Words  # noqa: PLC0415

    words = Words(language, datetime.now(_ZONE).date(), on.date() if on else None)
    if code is None:
        click.echo("\n".join(law_tables.everything(words)))
        return
    lines = law_entry.entry(code, words)
    if lines:
        click.echo("\n".join(lines))
        return
    if words.on and law_entry.entry(code, replace(words, on=None)):
        click.echo(
            words(f"{code} 在 {words.on} 没有生效的文本", f"No text of {code} on {words.on}")
        )
        return
    message = f"no rule is called {code}; `license-desk law show` lists every code"
    raise click.UsageError(message)


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
