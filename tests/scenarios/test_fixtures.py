"""Every scenario that comes with the product plays green, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest

from workflow.services.scenario import play
from workflow.services.scenario_file import read_scenario
from workflow.services.trail import verify

FILES = sorted(Path(__file__).parents[2].glob("fixtures/scenarios/*.yaml"))


def test_there_are_scenarios():
    assert len(FILES) > 20
    titles = [read_scenario(path.read_text("utf-8")).title for path in FILES]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_it_plays(database, path):
    outcome = play(database, read_scenario(path.read_text("utf-8")))
    assert [failure.as_json() for failure in outcome.failures] == []
    assert outcome.steps > 3
    with database.reading() as session:
        assert verify(session).intact
