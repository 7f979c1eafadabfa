"""What follows from an act, inside its transaction: rounds, waivers, sign-offs, the register."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from workflow.domain.errors import BadInput, RoleMissing
from workflow.domain.procedure import Text
from workflow.domain.workdays import add_years
from workflow.law import catalogue
from workflow.law.term import TERM_YEARS
from workflow.services import companies, judging, register_effects
from workflow.services.intake import check_term
from workflow.services.rectifying import rectify_fact
from workflow.services.step import Step
from workflow.storage import paperwork, register


def open_round(step: Step) -> None:
    """A correction notice arrived: a new round with its points."""
    reply_by = step.given.get("reply_by")
    if reply_by and date.fromisoformat(reply_by) < step.on:
        raise BadInput(
            "reply_by",
            Text(
                f"截止日期不能早于收到日期 {step.on}",
                f"The deadline cannot be before the day of the notice, {step.on}",
            ),
        )
    number = paperwork.open_round(
        step.tx,
        company_id=step.case.company_id,
        case_id=step.case.id,
        on=step.on,
        reply_by=date.fromisoformat(reply_by) if reply_by else None,
        points=step.given["points"],
    )
    step.kept = {"round": number, "count": len(step.given["points"]), **_only(step, "reply_by")}


def close_round(step: Step) -> None:
    """The full correction was handed in: the round closes and stays."""
    paperwork.close_round(step.tx, step.case.id, step.on)


def sign_pack(step: Step) -> None:
    """Four eyes: whoever changed the pack may not sign it off."""
    if step.actor.id in step.case.pack.get("changed_by", ()):
        raise RoleMissing(Text("不能复核自己整理的材料", "You cannot review a pack you prepared"))
    step.changed("sign_off", step.case.pack.get("signed_by"), step.actor.id)
    step.case.pack = {
        **step.case.pack,
        "signed_by": step.actor.id,
        "signed_name": step.actor.name,
        "signed_seq": step.seq,
    }
    step.case.reviewer_id = step.actor.id


def unsign_pack(step: Step) -> None:
    """The pack goes back, or a sign-off is taken back."""
    step.changed("sign_off", step.case.pack.get("signed_by"), None)
    step.case.pack = {**step.case.pack, "signed_by": None, "signed_name": ""}


def waive_guard(step: Step) -> None:
    """A reviewer lets a practice guard go."""
    until = step.given.get("until")
    if until and date.fromisoformat(until) < step.on:
        raise BadInput("until", Text("豁免不能截止于过去", "A waiver cannot end in the past"))
    paperwork.waive(
        step.tx,
        company_id=step.case.company_id,
        case_id=step.case.id,
        guard=step.given["guard"],
        reason=step.given["reason"],
        until=date.fromisoformat(until) if until else None,
        by=step.actor.name,
        on=step.on,
        seq=step.seq,
    )
    step.kept = _only(step, "guard", "until")


def grant_license(step: Step) -> None:
    """A first license: five years from the day of the decision unless it says otherwise."""
    number = str(step.given["number"])
    valid_from = _day(step, "valid_from", step.on)
    valid_to = _day(step, "valid_to", add_years(valid_from, TERM_YEARS))
    check_term(valid_from, valid_to)
    kinds = step.given.get("kinds", step.case.kinds)
    items = {**step.case.items, **step.given.get("items", {})}
    grant = register.Grant(
        company_id=step.case.company_id,
        number=number,
        kinds=kinds,
        items={kind: items.get(kind, []) for kind in kinds},
        coverage=step.given.get("coverage", step.case.coverage),
        authority=step.case.authority,
        valid_from=valid_from,
        valid_to=valid_to,
        facts=_holder(step),
        case_id=step.case.id,
    )
    step.case.license_id = register.grant(step.tx, grant)
    if step.case.license_id is None:
        raise BadInput(
            "number",
            Text(f"台账里已有许可证 {number}", f"License {number} is already in the register"),
        )
    for name in ("number", "kinds", "items", "coverage", "authority"):
        step.changed(f"license.{name}", None, getattr(grant, name))
    step.changed("license.valid_from", None, valid_from.isoformat())
    step.changed("license.valid_to", None, valid_to.isoformat())
    step.kept = {
        "number": number,
        "valid_from": valid_from.isoformat(),
        "valid_to": valid_to.isoformat(),
    }


def open_follow_ups(step: Step) -> None:
    """What a holder must do next, by what was decided."""
    held = judging.held_by(step.tx, step.case)
    for code in catalogue.follow_ups_of(step.case.procedure, _kinds(step), step.case.facts, held):
        register.open_follow_up(
            step.tx,
            company_id=step.case.company_id,
            case_id=step.case.id,
            license_id=step.case.license_id,
            code=code,
            on=step.on,
        )
        step.changed(f"task.{code}", None, "open")


def _kinds(step: Step) -> tuple[str, ...]:
    return tuple(step.given.get("kinds") or step.case.kinds)


def _holder(step: Step) -> dict[str, object]:
    """Who holds the license, as it is printed on it."""
    company = companies.read(step.tx, step.case.company_id)
    return {
        "name": company.name,
        "legal_representative": company.legal_representative,
        "registered_capital": company.registered_capital,
    }


def _day(step: Step, name: str, otherwise: date) -> date:
    value = step.given.get(name)
    return date.fromisoformat(value) if value else otherwise


def _only(step: Step, *names: str) -> dict[str, object]:
    return {name: step.given[name] for name in names if name in step.given}


EFFECTS: dict[str, Callable[[Step], None]] = {
    effect.__name__: effect
    for effect in (
        open_round,
        close_round,
        sign_pack,
        unsign_pack,
        waive_guard,
        rectify_fact,
        grant_license,
        open_follow_ups,
        register_effects.change_license,
        register_effects.renew_license,
        register_effects.cancel_license,
        register_effects.grant_code,
        register_effects.file_annual_report,
        register_effects.file_branch_report,
    )
}
