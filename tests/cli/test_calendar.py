"""`license-desk calendar`: load a notice, see what it would move, show the years."""

from __future__ import annotations

from tests.support.contents import contents
from workflow.services.database import open_database

NOTICE = """
year: 2027
notice: 示例办发明电〔2026〕5号
source: 示例网站
off: [2027-01-01, 2027-02-05…2027-02-11, 5月1日至5日]
workdays: [2027-01-31]
"""


def written(desk, text=NOTICE, name="2027.yaml"):
    path = desk.folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def tables(desk):
    database = open_database(f"sqlite+pysqlite:///{desk.folder / 'desk.db'}")
    found = contents(database)
    database.close()
    return found


def test_it_shows_what_moves_and_writes_nothing_in_a_dry_run(desk):
    desk.run("calendar", "show")
    before = tables(desk)
    ran = desk.run("calendar", "load", written(desk), "--dry-run")
    assert (ran.code, ran.err) == (0, "")
    assert "0 deadlines of 0 open cases move" in ran.out
    assert tables(desk) == before


def test_it_loads_a_notice_once_and_shows_it(desk):
    path = written(desk)
    assert "2027 version 1 loaded" in desk.run("calendar", "load", path).out
    again = desk.run("calendar", "load", path)
    assert again.code == 2
    assert again.err.strip() == (
        "license-desk: This notice for 2027 is in use already; no new version was made"
    )
    shown = desk.run("calendar", "show").out
    assert "2027  published  v1  13/1  示例办发明电〔2026〕5号" in shown
    assert "2026  published  -" in shown
    assert tables(desk)["calendar_versions"][0][-1] != ""


def test_it_names_the_fault_in_one_line(desk):
    for text, said in (
        ("off: [", "is neither YAML nor JSON"),
        (NOTICE.replace("2027-01-31", "2027-02-30"), "There is no day 2027-02-30"),
        (NOTICE.replace("2027-01-31", "2027-03-03"), "a working day anyway"),
        (NOTICE.replace("year: 2027", "year: 1999"), "The year lies between"),
    ):
        ran = desk.run("calendar", "load", written(desk, text))
        assert ran.code == 2
        assert said in ran.err
        assert ran.err.count("\n") == 1
    assert desk.run("calendar", "load", desk.folder / "none.yaml").code == 2
