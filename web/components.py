"""The developer's page of components: every macro with sample values, to look at and to test."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Blueprint, Flask, abort, current_app, render_template, request

from web.access import EVERYBODY, needs
from web.forms import Answers
from web.ports import now
from workflow.domain.procedure import Text

pages = Blueprint("components", __name__, url_prefix="/_components")
SHEETS = ("parts", "worklist", "case", "states")


@pages.get("/<sheet>")
@needs(*EVERYBODY)
def show(sheet: str) -> str:
    """One sheet. Only where tests or a developer run the application."""
    if sheet not in SHEETS or not (current_app.testing or current_app.debug):
        abort(404)
    return render_template(f"components/{sheet}.html", day=_day, now=now().at, form=_refused_form())


def _day(distance: int) -> date:
    """A day that many days from today, so that the samples never age."""
    return now().today + timedelta(distance)


def _refused_form() -> Answers:
    """A form with typical faults: the values stay, the faults stand beside them."""
    form = Answers(
        request.args.copy(),
        {"reply_by": Text("补正截止日期", "the correction deadline")},
    )
    form.posted.setlist("capital", ["1e6"])
    form.posted.setlist("name", ["示例云图科技有限公司"])
    form.posted.setlist("kinds", ["ICP"])
    form.day("reply_by")
    form.yuan("capital")
    return form


def add_components(app: Flask) -> None:
    app.register_blueprint(pages)
