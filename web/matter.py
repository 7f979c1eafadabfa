"""What a new case is about, as far as the address or a form says: client, procedure, license."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlmodel import Session
from werkzeug.datastructures import MultiDict

from web.access import current_actor
from web.forms import Answers
from web.keys import company_key
from web.matter_field import About, Field
from web.matter_fields import fields_of
from web.ports import now
from workflow.domain.errors import BadInput, NotBuilt
from workflow.domain.facts import HeldLicense
from workflow.domain.procedure import Procedure, Text
from workflow.law import catalogue
from workflow.services import lists, subject
from workflow.services.desk import LicenseLine
from workflow.services.lists import ClientPage

Step = Literal["procedure", "license", "changes", "facts"]
NO_LICENSE = "none"
"""A code that rests on no license."""


@dataclass(frozen=True, slots=True)
class Matter:
    """How far it is settled: `step` is the first thing that is not, `facts` when all else is."""

    client: ClientPage
    step: Step
    procedure: Procedure | None = None
    held: HeldLicense | None = None
    changes: tuple[str, ...] = ()

    @property
    def living(self) -> list[LicenseLine]:
        """The client's licenses that are still in force."""
        return [line for line in self.client.licenses if line.status == "valid"]

    @property
    def about(self) -> About:
        """The same for the fields of its form."""
        code = self.procedure.code if self.procedure else "new"
        return About(code, self.client.facts, self.held, self.changes, now().today)

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields of its form."""
        return fields_of(self.about)


def matter_of(session: Session, form: Answers) -> Matter:
    """Read client, procedure, license and changes; what cannot be used is noted on the form.

    Raises NotFound without a client in the person's scope.
    """
    client = lists.client(session, current_actor(), company_key(form.typed("company")))
    definition = _procedure(form)
    if definition is None:
        return Matter(client, "procedure")
    matter = Matter(client, "license", definition)
    held = None
    if definition.license != "none":
        chosen = _chosen_license(form, matter)
        if not chosen:
            return matter
        if chosen != NO_LICENSE:
            held = _held(session, form, matter, chosen)
            if held is None:
                return matter
    changes = tuple(form.all_typed("changes")) if definition.code == "change" else ()
    if definition.code == "change" and not _usable(form, definition, changes):
        return Matter(client, "changes", definition, held, changes)
    return Matter(client, "facts", definition, held, changes)


def _procedure(form: Answers) -> Procedure | None:
    typed = form.typed("procedure")
    if not typed:
        return None
    try:
        return catalogue.procedure(typed)
    except (BadInput, NotBuilt) as error:
        form.refuse("procedure", error.says)
        return None


def _chosen_license(form: Answers, matter: Matter) -> str:
    """What the address names; else the only license there is, or none where none is needed."""
    chosen, living = form.typed("license"), matter.living
    needed = matter.procedure is not None and matter.procedure.license == "required"
    if chosen == NO_LICENSE and needed:
        return ""
    if not chosen and needed and len(living) == 1:
        chosen = str(living[0].id)
    elif not chosen and not needed and not living:
        chosen = NO_LICENSE
    if chosen and chosen != form.typed("license"):
        form.posted = MultiDict(form.posted)
        form.posted["license"] = chosen
    return chosen


def _held(session: Session, form: Answers, matter: Matter, chosen: str) -> HeldLicense | None:
    line = next((one for one in matter.client.licenses if str(one.id) == chosen), None)
    if line is None:
        form.refuse("license", Text("该企业没有这张许可证", "The company holds no such license"))
        return None
    if line.status != "valid":
        word = catalogue.label_of("license_status", line.status)
        form.refuse(
            "license",
            Text(
                f"许可证 {line.number} {word.zh}，不能再办理",
                f"License {line.number} is {word.en.lower()}: nothing can be applied for",
            ),
        )
        return None
    if matter.procedure is None:  # pragma: no cover - asked for a procedure only
        return None
    return subject.license_for(session, matter.procedure, matter.client.id, line.id)


def _usable(form: Answers, definition: Procedure, changes: tuple[str, ...]) -> bool:
    """Known C-codes that go together; the fault is noted. None chosen yet is no fault."""
    try:
        if changes:
            subject.checked_changes(definition, list(changes))
    except BadInput as error:
        form.take(error)
        return False
    return bool(changes)
