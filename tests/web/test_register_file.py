"""The register leaves as a file and comes in as one."""

import csv
import io
from datetime import date

import pytest
from openpyxl import load_workbook

from tests.support.cast import moment
from tests.support.visits import open_office
from workflow.services import client_companies
from workflow.services.database import open_database

EVIL = '=HYPERLINK("http://example.com","按此续期")'


@pytest.fixture
def office(sqlite_url, tmp_path):
    database = open_database(sqlite_url)
    yield open_office(database, tmp_path)
    database.close()


def enter(office, number, last, *, company=1, **more):
    values = {
        "number": number,
        "kinds": ["ICP"],
        "coverage": ["44"],
        "valid_from": date(2020, 1, 1),
        "valid_to": last,
    }
    with office.database.transaction() as tx:
        return client_companies.add_license(
            tx, company, values | more, actor=office.cast["wang"], moment=moment()
        )


def test_it_exports_exactly_the_filtered_register_by_last_day(office):
    enter(office, "粤B2-20210001", date(2027, 5, 1))
    enter(office, "粤B2-20210002", date(2026, 7, 1), kinds=["EDI", "ICP"], special=EVIL)
    enter(office, "粤B2-20210003", date(2027, 1, 1), kinds=["EDI"])
    answer = office.visit().open("/licenses/export?form=csv&kind=ICP")
    assert answer.status_code == 200
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert "attachment" in answer.headers["Content-Disposition"]
    head, *rows = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert [row[0] for row in rows] == ["粤B2-20210002", "粤B2-20210001"]
    first = dict(zip(head, rows[0], strict=True))
    assert (first["业务种类"], first["覆盖范围"]) == ("EDI、ICP", "广东省")
    assert (first["有效期至"], first["最迟申请日"]) == ("2026-07-01", "2026-04-02")
    assert first["特别规定事项"] == f"'{EVIL}"


def test_it_exports_a_workbook_in_which_nothing_is_a_formula(office):
    enter(office, "粤B2-20210002", date(2026, 7, 1), special=EVIL)
    answer = office.visit().open("/licenses/export?form=xlsx")
    sheet = load_workbook(io.BytesIO(answer.data)).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert EVIL in {cell.value for cell in cells}
    assert "f" not in {cell.data_type for cell in cells}
    assert sheet["I2"].value.date() == date(2026, 7, 1)


def test_it_exports_more_than_a_page_in_order(office):
    for n in range(60):
        enter(office, f"粤B2-2021{n:04}", date(2026, 7, 1 + n % 9))
    answer = office.visit().open("/licenses/export")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    keys = [(row["有效期至"], row["许可证号"]) for row in rows]
    assert len(set(keys)) == 60
    assert keys == sorted(keys)
