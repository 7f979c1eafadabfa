"""The sheet of one rule: its texts over time, its basis, its uses, the questions on it."""

from __future__ import annotations

from datetime import date

from flask import abort, request
from flask.typing import ResponseReturnValue

from web.access import EVERYBODY, needs
from web.forms import Answers
from web.law_words import law_page
from web.ports import now
from workflow.domain.procedure import Text
from workflow.services.rule_sheets import sheets_for
from workflow.services.rule_uses import questions_on, uses_of

ON = Text("日期", "the day")


def day_asked(form: Answers) -> date:
    """The day the rules are read for: the one in the address, else today; a fault is noted."""
    return form.day("on", required=False) or now().today


@needs(*EVERYBODY)
def rule(code: str) -> ResponseReturnValue:
    """One code with everything that is known of it."""
    sheets = sheets_for(code)
    if not sheets:
        abort(404)
    form = Answers(request.args, {"on": ON})
    day = day_asked(form)
    return law_page(
        "law/rule.html",
        422 if form.errors else 200,
        form=form,
        day=day,
        code=code,
        sheets=sheets,
        uses=uses_of(code, day),
        questions=questions_on(code, day),
    )
