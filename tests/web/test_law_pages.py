"""The rule library as people read it: everything loaded, in both languages, openly unsure."""

import pytest
from markupsafe import escape

from tests.support.visits import open_office
from workflow.law import catalogue
from workflow.services.database import open_database


@pytest.fixture
def office(sqlite_url, tmp_path):
    database = open_database(sqlite_url)
    yield open_office(database, tmp_path)
    database.close()


def everything():
    law = catalogue.LAW
    for procedure in law.procedures.values():
        yield procedure.name
        for rule in procedure.rules:
            yield rule.label
            yield from (cite.article for cite in rule.cites)
    for guard in law.guards.values():
        yield guard.title
        yield guard.fix
        yield from (cite.article for cite in guard.cites)
    for material in law.materials.values():
        yield material.name
        yield material.note
    for clock in law.clocks.values():
        yield clock.name
    for kind in law.kinds.values():
        yield kind.name
        yield from (item.name for item in kind.items)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_shows_the_whole_law_in_both_languages(office, language):
    visit = office.visit("admin")
    visit.client.get(f"/law?lang={language}")
    page = visit.open("/law")
    missing = {
        text.zh for text in everything() if str(escape(text.read(language))) not in page.text
    }
    assert missing == set()
    assert "%(" not in page.text


@pytest.mark.parametrize("code", sorted(catalogue.LAW.guards))
def test_it_can_be_linked_to_at_every_condition(law_page, code):
    assert f'id="{code}"' in law_page


@pytest.fixture(scope="module")
def law_page(_sqlite_copies, tmp_path_factory):
    folder = tmp_path_factory.mktemp("law")
    database = open_database(_sqlite_copies(folder / "desk.db"))
    yield open_office(database, folder).visit().open("/law").text
    database.close()


def test_it_says_openly_what_was_not_verified(office):
    visit = office.visit()
    visit.open("/law")
    assert "依据的可靠程度如实标注" in visit.words
    for confidence in ("text", "secondary", "knowledge", "design"):
        assert catalogue.label_of("confidence", confidence).zh in visit.words
    assert "互联网数据中心业务" in visit.words
