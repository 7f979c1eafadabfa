"""A language that nobody speaks: English with every sentence three fifths longer, to see it fit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask

from workflow.domain.procedure import Text

GROWTH = 0.6
_KEPT = re.compile(r"(%\(\w+\)s|<[^>]*>|&\w+;)")
_ENGLISH = Path(__file__).parents[2] / "web/translations/en/LC_MESSAGES/messages.po"
_FILLING = "lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor "


def longer(words: str) -> str:
    """The same sentence with letters added at its end; what is filled in or marked up stays."""
    letters = len(_KEPT.sub("", words))
    added = round(letters * GROWTH)
    filling = (_FILLING * (added // len(_FILLING) + 1))[:added]
    return f"{words} {filling}".rstrip() if added > 1 else words


@contextmanager
def spoken(app: Flask, folder: Path) -> Iterator[None]:
    """While this lasts, English pages of `app` are written in it."""
    with _ENGLISH.open("rb") as file:
        catalogue = read_po(file, locale="en")
    for message in catalogue:
        if message.id:
            many = isinstance(message.string, tuple | list)
            message.string = (
                tuple(longer(one) for one in message.string) if many else longer(message.string)
            )
    place = folder / "en/LC_MESSAGES/messages.mo"
    place.parent.mkdir(parents=True)
    with place.open("wb") as compiled:
        write_mo(compiled, catalogue)
    babel, read = app.extensions["babel"], Text.read
    kept = babel.translation_directories
    babel.translation_directories = [str(folder)]
    _forget(app)
    Text.read = lambda self, language: longer(self.en) if language == "en" else self.zh  # type: ignore[method-assign]
    try:
        yield
    finally:
        Text.read = read  # type: ignore[method-assign]
        babel.translation_directories = kept
        _forget(app)


def _forget(app: Flask) -> None:
    """Catalogues that were read before are read anew."""
    with app.app_context():
        app.extensions["babel"].instance.domain_instance.cache.clear()
