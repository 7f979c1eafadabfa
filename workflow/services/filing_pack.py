"""The filing pack as it is handed in: files in the authority's order, an index; audited."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO

from sqlmodel import Session

from workflow.domain.acting import Moment
from workflow.domain.procedure import Text
from workflow.services import account_acts, files
from workflow.services.case_view import CaseView
from workflow.services.files import Shelf
from workflow.services.listed_material import Item
from workflow.services.sealing import Request
from workflow.storage.stories import VersionLine

_BLOCK = 1024 * 1024
_EPOCH = (2000, 1, 1, 0, 0, 0)
"""One date for every file, so that the same pack is the same bytes."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One line of the index: its place, the material, the version in the pack."""

    place: int
    item: Item
    version: VersionLine

    @property
    def name(self) -> str:
        """What the file is called in the pack; empty when there is only paper."""
        if not self.version.file_hash:
            return ""
        ending = self.version.file_name.rpartition(".")[2]
        return f"{self.place:02d}-{self.item.material.name.zh}.{ending}"


def pack_order(case: CaseView) -> list[Item]:
    """The materials in hand, in the order the authority lists them, those beside the list last."""
    listed = [r.codes[0] for r in case.required]
    held = [item for item in case.items if item.versions]
    return sorted(
        held,
        key=lambda item: (
            listed.index(item.material.code) if item.material.code in listed else len(listed)
        ),
    )


def current(item: Item) -> VersionLine:
    """The version that is in the pack."""
    return next(v for v in item.versions if v.code == item.in_hand)


def index_of(view: CaseView) -> list[Sheet]:
    """What is in the pack now, in the order in which the authority lists it."""
    held = [item for item in pack_order(view) if item.in_hand]
    return [Sheet(place, item, current(item)) for place, item in enumerate(held, start=1)]


def announce(
    tx: Session, view: CaseView, sheets: Iterable[Sheet], moment: Moment, request: Request
) -> None:
    """Tell the trail who takes which files out, before anything leaves."""
    taken = [
        {"material": v.code, "version": v.version, "sha256": v.file_hash}
        for v in (sheet.version for sheet in sheets if sheet.name)
    ]
    account_acts.exported(
        tx, view.actor, moment, request, what="pack", lines=len(taken), asked=view.case.number,
        company_id=view.case.company_id, files=taken,
    )  # fmt: skip


def write(target: IO[bytes], sheets: Iterable[Sheet], shelf: Shelf, index: Text) -> None:
    """The pack as a ZIP: the files as they are, and the index as text in both languages."""
    with zipfile.ZipFile(target, "w") as pack:
        pack.writestr(zipfile.ZipInfo("00-目录.txt", _EPOCH), f"{index.zh}\n\n{index.en}\n")
        for sheet in sheets:
            if sheet.name:
                _copy(pack, sheet, shelf)


def _copy(pack: zipfile.ZipFile, sheet: Sheet, shelf: Shelf) -> None:
    with (
        files.read(shelf, sheet.version.file_hash) as source,
        pack.open(zipfile.ZipInfo(sheet.name, _EPOCH), "w") as target,
    ):
        while block := source.read(_BLOCK):
            target.write(block)
