"""The addresses of everything about cases, and the list of all of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web import (
    actions,
    answers,
    assigning,
    case_facts,
    case_page,
    kept_prechecks,
    new_case,
    own_dates,
    packs,
    printing,
    self_check,
    uploads,
    what_if,
)
from web.access import current_actor, needs
from web.bookmarks import a_row, carries
from web.case_page import READERS
from web.case_words import (
    cited,
    clock_basis,
    clock_name,
    coverage_line,
    deadline_kind,
    kinds_line,
    standing,
    word,
    words_line,
)
from web.forms import Answers
from web.keys import page_key
from web.links import kept_filters, list_link
from web.neighbors import list_key
from web.ports import desk
from web.search import search_words
from web.writes import instant
from workflow.domain.procedure import State
from workflow.law import catalogue
from workflow.services import lists
from workflow.services.normalize import FormError, words

pages = Blueprint("cases", __name__)
FILTERS = ("state", "procedure", "kind", "province")


@needs(*READERS)
@carries(
    {
        "state": {state.value for state in State},
        "procedure": catalogue.labels("procedure"),
        "kind": catalogue.LAW.kinds,
        "province": catalogue.labels("coverage"),
        "before": a_row,
    }
)
def index() -> ResponseReturnValue:
    """Every case inside the person's scope, newest first, filtered by the address.

    The number of one of them, alone in the search box, opens it.
    """
    form = Answers(request.args)
    chosen = {name: form.typed(name) for name in FILTERS}
    before, sought = form.typed("before"), _searched(form)
    with desk().database.reading() as session:
        found = lists.cases(
            session,
            current_actor(),
            words=sought,
            before=page_key(before),
            **chosen,
        )
    kept = kept_filters(("q", *FILTERS))
    if set(kept) == {"q"} and any(line.number == sought for line in found):
        return redirect(url_for(".show", number=sought), 303)
    following = _link({**kept, "before": str(found[-1].id)}) if _full(found) else None
    return render_template(
        "cases/index.html",
        form=form,
        lines=found,
        choices=_choices(),
        chips=_chips(kept),
        first=_link(kept) if before else None,
        following=following,
    )


def _searched(form: Answers) -> str:
    try:
        return search_words(words(form.typed("q"), "q"))
    except FormError as error:
        form.errors.append(error)
        return ""


def _link(filters: Mapping[str, str | None]) -> str:
    return list_link("cases.index", filters)


def _full(found: list[Any]) -> bool:
    return len(found) == lists.PAGE


def _choices() -> dict[str, list[tuple[str, Any]]]:
    """What each filter offers."""
    return {
        "state": [(s.value, word("state", s.value)) for s in State],
        "procedure": list(catalogue.labels("procedure").items()),
        "kind": [(code, kinds_line([code])) for code in catalogue.LAW.kinds],
        "province": list(catalogue.labels("coverage").items()),
    }


def _chips(kept: dict[str, str]) -> list[tuple[Any, str]]:
    """The filters in force, each with the address without it."""
    groups = {"state": "state", "procedure": "procedure", "kind": "kind_short",
              "province": "coverage"}  # fmt: skip
    return [
        (
            word(groups[name], value) if name in groups else value,
            _link({**kept, name: None}),
        )
        for name, value in kept.items()
    ]


for rule, endpoint, view, methods in (
    ("/cases", "index", index, ["GET"]),
    ("/cases/new", "new", new_case.start, ["GET"]),
    ("/cases/new", "open", new_case.open_case, ["POST"]),
    ("/cases/new/precheck", "precheck", new_case.check, ["GET"]),
    ("/cases/new/confirm", "confirm", new_case.confirm, ["GET"]),
    ("/cases/new/prechecks", "keep_precheck", kept_prechecks.save, ["POST"]),
    ("/cases/new/prechecks/<int:view_id>", "remove_precheck", kept_prechecks.remove, ["POST"]),
    ("/cases/<number>", "show", case_page.show, ["GET"]),
    ("/cases/<number>/actions/<trigger>", "act", actions.ask, ["GET"]),
    ("/cases/<number>/actions/<trigger>", "take", actions.act, ["POST"]),
    ("/cases/<number>/materials/<code>", "upload", uploads.upload, ["POST"]),
    ("/cases/<number>/files/<int:version_id>", "download", uploads.download, ["GET"]),
    ("/cases/<number>/files/<int:version_id>/look", "look", uploads.look, ["GET"]),
    ("/cases/<number>/pack", "pack", packs.index, ["GET"]),
    ("/cases/<number>/pack", "pack_download", packs.download, ["POST"]),
    ("/cases/<number>/print/<paper>", "print_", printing.tell, ["POST"]),
    ("/cases/<number>/points/<int:no>", "answer", answers.answer, ["POST"]),
    ("/cases/<number>/facts", "change_facts", case_facts.show, ["GET"]),
    ("/cases/<number>/facts", "set_facts", case_facts.change, ["POST"]),
    ("/cases/<number>/self-check", "self_check", self_check.show, ["GET"]),
    ("/cases/<number>/self-check", "answer_self_check", self_check.answer, ["POST"]),
    ("/cases/<number>/what-if", "what_if", what_if.show, ["GET"]),
    ("/cases/<number>/assign", "assign", assigning.show, ["GET"]),
    ("/cases/<number>/assign", "reassign", assigning.change, ["POST"]),
    ("/cases/<number>/dates", "dates", own_dates.show, ["GET"]),
    ("/cases/<number>/dates", "set_dates", own_dates.change, ["POST"]),
):
    pages.add_url_rule(rule, endpoint, view, methods=methods)

for _global in (
    clock_basis,
    word,
    words_line,
    kinds_line,
    coverage_line,
    cited,
    clock_name,
    deadline_kind,
    instant,
    standing,
    assigning.may_assign,
    own_dates.may_set_dates,
    own_dates.dates_of,
    kept_prechecks.kept_prechecks,
    list_key,
):
    pages.add_app_template_global(_global)
