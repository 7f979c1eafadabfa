"""The practice figures of bureaus beside the national default, each with where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from workflow.domain.facts import Parameter
from workflow.law.authorities import MIIT, NATIONAL
from workflow.law.figures import FIGURES, USUAL
from workflow.law.figures import Figure as Usual
from workflow.storage.parameters import every_parameter

Parameters = Mapping[tuple[str, str], Parameter]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one bureau; an empty `kind` means all kinds. `usual` is the national default.

    `usual` is None where the law holds no default.
    """

    bureau: str
    kind: str
    name: str
    value: Any
    source: str
    usual: int | None


def every_figure(session: Session) -> tuple[Figure, ...]:
    """All that differs from the default or confirms it, by bureau."""
    return tuple(
        Figure(province, kind, name, value, source, USUAL.get(name))
        for province, kind, name, value, source in every_parameter(session)
    )


def parameters_at(session: Session, bureau: str) -> Parameters:
    """The figures of one bureau, keyed by kind (or empty) and name, as the guards read them."""
    return {
        (figure.kind, figure.name): Parameter(figure.value, figure.source)
        for figure in every_figure(session)
        if figure.bureau == bureau
    }


def bureau_of(authority: str, area: str) -> str:
    """Whose practice counts: MIIT's own where it decides, else the province's."""
    return MIIT if MIIT in (authority, area) or area == NATIONAL else area


def default_figures() -> tuple[Usual, ...]:
    """The national default of every figure, with its basis."""
    return FIGURES
