"""The picture of a procedure: every move of the machine, at fixed places, inside the frame."""

import pytest

from web.state_diagram import GAP, PLACES, WIDTH, drawn
from workflow.domain.machine import moves
from workflow.domain.procedure import Role, State
from workflow.law import catalogue

PROCEDURES = sorted(catalogue.LAW.procedures)


@pytest.fixture(params=["zh", "en"])
def language(request, one_office):
    with one_office.app.test_request_context(headers={"Cookie": f"lang={request.param}"}):
        yield request.param


@pytest.mark.parametrize("code", PROCEDURES)
def test_it_draws_every_move_of_the_machine(language, code):
    procedure = catalogue.procedure(code)
    picture = drawn(procedure)
    ways = {(move.source, move.target) for move in moves(procedure) if move.target}
    assert len(picture.arcs) == len(ways)
    assert len({arc.path for arc in picture.arcs}) == len(ways)
    assert [box.name.words for box in picture.boxes] == [
        procedure.labels[state].read(language) for state in PLACES
    ]
    words = " ".join(
        line.words for part in (*picture.arcs, *picture.boxes) for line in _lines(part)
    ).replace(" ", "")
    for rule in procedure.rules:
        assert rule.label.read(language).replace(" ", "") in words


def _lines(part):
    return part.labels if hasattr(part, "labels") else part.acts


@pytest.mark.parametrize("code", PROCEDURES)
def test_it_stays_inside_the_frame_and_covers_nothing(language, code):
    picture = drawn(catalogue.procedure(code))
    for box in picture.boxes:
        assert box.x > 0
        assert box.x + WIDTH < picture.width
        assert box.y + box.height < picture.height
        assert all(line.y < box.y + box.height for line in box.acts)
    labels = [line for arc in picture.arcs for line in arc.labels]
    assert all(0 < line.y < picture.height for line in labels)
    places = [(round(line.x), round(line.y)) for line in labels]
    assert len(places) == len(set(places))
    assert all(len(line.words) * 6.5 <= GAP or language == "zh" for line in labels)


@pytest.mark.usefixtures("language")
def test_it_is_the_same_every_time():
    procedure = catalogue.procedure("renewal")
    assert drawn(procedure) == drawn(procedure)


def test_it_marks_what_time_does_by_itself(language):
    procedure = catalogue.procedure("renewal")
    alone = {r.label.read(language) for r in procedure.rules if r.by == {Role.CLOCK}}
    picture = drawn(procedure)
    marked = {
        line.words
        for part in (*picture.arcs, *picture.boxes)
        for line in _lines(part)
        if line.by_itself
    }
    assert marked == alone
    assert len(alone) == 2


def test_it_says_in_words_that_the_table_is_the_same(one_office):
    visit = one_office.visit()
    page = visit.open("/law/procedures/new").text
    assert '<svg class="machine" role="img" aria-labelledby="machine-title machine-text"' in page
    assert '<title id="machine-title">状态图：新办</title>' in page
    assert "下面的表格逐步说明同样的内容" in page
    assert "<script" not in page.split('<svg class="machine"')[1].split("</svg>")[0]
    assert State.DRAFT in PLACES
