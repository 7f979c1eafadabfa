"""The register leaves as a file and comes in as one."""

import csv
import io
import json
from datetime import date, timedelta
from itertools import islice

import pytest
from openpyxl import Workbook, load_workbook

from tests.support.cast import TODAY, moment
from tests.support.queries import counted
from workflow.domain.errors import BadInput, NotOffered
from workflow.services import (
    client_companies,
    delivery,
    import_work,
    importing,
    license_marks,
    lists,
    long_running,
    replaying,
    sheet_in,
    trail,
)
from workflow.services.long_work import Errand
from workflow.storage.statements import rows as rows_of

EVIL = '=HYPERLINK("http://example.com","按此续期")'


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


def test_it_exports_exactly_the_filtered_register_by_last_day(one_office):
    enter(one_office, "粤B2-20210001", date(2027, 5, 1))
    enter(one_office, "粤B2-20210002", date(2026, 7, 1), kinds=["EDI", "ICP"], special=EVIL)
    enter(one_office, "粤B2-20210003", date(2027, 1, 1), kinds=["EDI"])
    answer = one_office.visit().open("/licenses/export?form=csv&kind=ICP")
    assert answer.status_code == 200
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert "attachment" in answer.headers["Content-Disposition"]
    head, *rows = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert [row[0] for row in rows] == ["粤B2-20210002", "粤B2-20210001"]
    first = dict(zip(head, rows[0], strict=True))
    assert (first["业务种类"], first["覆盖范围"]) == ("EDI、ICP", "广东省")
    assert (first["有效期至"], first["最迟申请日"]) == ("2026-07-01", "2026-04-02")
    assert first["特别规定事项"] == f"'{EVIL}"
    sql = "SELECT chain, body FROM events WHERE action = 'export'"
    with one_office.database.reading() as session:
        ((chain, body),) = rows_of(session, sql)
    assert (chain, json.loads(body)["given"]) == ("account", {"what": "register", "lines": 2})


def test_it_exports_a_workbook_in_which_nothing_is_a_formula(one_office):
    enter(one_office, "粤B2-20210002", date(2026, 7, 1), special=EVIL)
    answer = one_office.visit().open("/licenses/export?form=xlsx")
    sheet = load_workbook(io.BytesIO(answer.data)).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert EVIL in {cell.value for cell in cells}
    assert "f" not in {cell.data_type for cell in cells}
    assert sheet["I2"].value.date() == date(2026, 7, 1)


def test_it_exports_more_than_a_page_in_order(one_office):
    for n in range(60):
        enter(one_office, f"粤B2-2021{n:04}", date(2026, 7, 1 + n % 9))
    answer = one_office.visit().open("/licenses/export")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    keys = [(row["有效期至"], row["许可证号"]) for row in rows]
    assert len(set(keys)) == 60
    assert keys == sorted(keys)


HEAD = "许可证编号,企业名称,信用代码,注册地,业务,覆盖范围,发证日期,有效期至,备注 2"


def row(number, name, uscc, **more):
    told = {"kinds": "B25 ICP", "coverage": "广东", "last": "2026年7月1日"} | more
    scope = f"{told['kinds']},{told['coverage']}"
    return f"{number},{name},{uscc},广东省,{scope},2021/7/2,{told['last']},x"


NEW = "91440300MA5F7XY90J"


def table(*rows):
    return "\r\n".join([HEAD, *rows]) + "\r\n"


def upload(office, content, name="台账.csv"):
    visit = office.visit()
    visit.open("/import/licenses")
    content = content.encode("gb18030") if isinstance(content, str) else content
    visit.send("/import/licenses", file=(io.BytesIO(content), name))
    return visit


def work(office, ident=1, rows=None):
    """A worker takes the import up, and is killed after so many rows."""
    errand = Errand(1, {"import": ident}, office.cast["wang"], moment())
    return len(list(islice(import_work.run(office.database, errand), rows)))


def numbers(office):
    with office.database.reading() as session:
        return sorted(line.number for line in lists.licenses(session, office.cast["zhou"]))


def test_it_reads_a_gbk_file_dry_then_enters_the_good_rows_once_and_undoes_them(office):
    enter(office, "粤b2–20210009", date(2027, 5, 1))
    visit = upload(
        office,
        table(
            row("粤B2-20210001", "示例新客户有限公司", NEW),
            row(
                "粤B2-20210002", "示例新客户有限公司", NEW, kinds="EDI、在线数据处理与交易处理业务"
            ),
            row("粤B2-20210003", "示例新客户有限公司", NEW[:-1] + "X"),
            row("粤B2-20210004", "示例新客户有限公司", NEW, last="2020-01-01"),
            row("粤Ｂ２－20210009", "示例新客户有限公司", NEW),
            row("粤B2-20210005", "示例新客户有限公司", NEW, kinds="=1+1"),
            row("粤B2-20210006", "示例新客户有限公司", NEW, coverage="广西"),
            row("粤b2 20210006".replace(" ", "—"), "示例新客户有限公司", NEW, coverage="广东"),
        ),
    )
    visit.follow()
    for says in (
        "有 6 行需要处理",
        "统一社会信用代码校验不符",
        "有效期止须晚于有效期起",
        "属于另一家企业",
        "单元格里是公式",
        "许可证号 粤B2-20210006 在文件里有 2 行",
        "8 / 9 列",
        "只导入 2 行",
    ):
        assert says in visit.words
    assert numbers(office) == ["粤B2-20210009"]
    path = visit.page.request.path
    form = visit.form("/confirm")
    assert [visit.post(form).status_code for _ in range(2)] == [303, 303]
    assert [work(office), work(office)] == [2, 0]
    assert numbers(office) == ["粤B2-20210001", "粤B2-20210002", "粤B2-20210009"]
    visit.open(path)
    assert "2 张许可证" in visit.words
    assert "1 家" in visit.words
    problems = visit.open(f"{path}/problems").data.decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(problems)))) == 7
    visit.open(path)
    visit.send("/undo")
    assert "正在撤销" in visit.open(path).text
    work(office)
    assert numbers(office) == ["粤B2-20210009"]
    visit.open(path)
    assert "已撤销" in visit.words
    again = upload(office, table(row("粤B2-20210001", "示例新客户有限公司", NEW)))
    again.follow()
    again.send("/confirm")
    work(office, 2)
    assert numbers(office) == ["粤B2-20210001", "粤B2-20210009"]
    with office.database.reading() as session:
        assert trail.verify(session).intact
        assert replaying.replay(session).found == []


def test_it_enters_nothing_twice_when_it_is_stopped_between_rows_or_confirmed_in_two_files(
    one_office,
):
    content = table(*(row(f"粤B2-2021{n:04}", "示例新客户有限公司", NEW) for n in range(6)))
    for _ in range(2):
        visit = upload(one_office, content)
        visit.follow()
        visit.send("/confirm")
    assert work(one_office, rows=2) == 2
    page = one_office.visit().open("/import/licenses/1")
    assert page.status_code == 200
    assert "正在登记" in page.text
    assert len(numbers(one_office)) == 2
    assert work(one_office, 2) == 6
    assert work(one_office) == 4
    assert work(one_office) == 0
    assert len(numbers(one_office)) == 6
    visit.open("/import/licenses/1")
    assert "这张许可证（粤B2-20210002）已在该企业名下，没有重复登记" in visit.words
    work(one_office, 1)


def test_it_keeps_a_license_that_was_changed_after_its_import(office):
    visit = upload(office, table(row("粤B2-20210001", "示例新客户有限公司", NEW)))
    visit.follow()
    path = visit.page.request.path
    visit.send("/confirm")
    work(office)
    with office.database.transaction() as tx:
        license_marks.will_not_renew(tx, 1, "客户停业", actor=office.cast["wang"], moment=moment())
    visit.open(path)
    visit.send("/undo")
    work(office)
    assert numbers(office) == ["粤B2-20210001"]
    assert "导入后又有记录或办件，没有撤销" in visit.open(path).text


def test_it_undoes_for_24_hours_only_and_only_what_one_imported_oneself(one_office):
    visit = upload(one_office, table(row("粤B2-20210001", "示例新客户有限公司", NEW)))
    visit.follow()
    path = visit.page.request.path
    visit.send("/confirm")
    work(one_office)
    assert one_office.visit("li").open(path).status_code == 404
    assert "撤销整批导入" in visit.open(path).text
    late = one_office.on(TODAY + timedelta(days=2))
    assert "撤销整批导入" not in late.visit().open(path).text
    with one_office.database.transaction() as tx, pytest.raises(NotOffered):
        importing.undo(
            tx, 1, actor=one_office.cast["wang"], moment=moment(TODAY + timedelta(days=2))
        )
    assert numbers(one_office) == ["粤B2-20210001"]


def workbook(*rows):
    book = Workbook()
    for values in rows:
        book.active.append(values)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "文件里没有数据"),
        (HEAD.encode(), "文件里没有数据"),
        (b"\xd0\xcf\x11\xe0 old", "请另存为 XLSX 或 CSV"),
        (b"\x00\x01\x02\xff\xfe" * 9, "文件的编码读不懂"),
        (f'{HEAD}\r\n"粤B2'.encode(), "文件不完整"),
        (f"{HEAD}\r\n广".encode()[:-1], "文件不完整"),
        (workbook(["许可证号"], ["粤B2-1"])[:-300], "文件不完整"),
        (b"PK\x03\x04" + b"x" * 90, "文件不完整"),
        (("a,b\n" + "1,2\n" * 10_001).encode(), "超过 10,000 行"),
        (b"a,b\n" + b"1" * (5 * 1024 * 1024), "文件超过 5 MB"),
    ],
)
def test_it_says_what_is_wrong_with_a_file(content, says):
    with pytest.raises(BadInput) as refused:
        sheet_in.read_sheet(content)
    assert says in refused.value.says.zh


def test_it_refuses_a_cut_file_at_its_field_and_a_cut_row_in_the_check(one_office):
    whole = table(*(row(f"粤B2-2021000{n}", "示例新客户有限公司", NEW) for n in range(2)))
    visit = upload(one_office, whole[: whole.rindex("省")].encode() + "省".encode()[:2])
    assert visit.page.status_code == 422
    assert 'href="#file"' in visit.page.text
    visit = upload(one_office, whole[:-30])
    visit.follow()
    assert "列数比表头少" in visit.words
    assert "只导入 1 行" in visit.words
    assert numbers(one_office) == []


def test_it_reads_a_workbook_with_days_and_formulas_and_its_own_export(one_office):
    enter(one_office, "粤B2-20210009", date(2027, 5, 1), special=EVIL)
    own = upload(
        one_office, one_office.visit().open("/licenses/export?form=xlsx").data, "台账.xlsx"
    )
    own.follow()
    assert "粤B2-20210009 已在该企业名下，内容相同，跳过" in own.words
    head = HEAD.split(",")
    good = ["粤B2-20210001", "示例新客户有限公司", NEW, "广东", "ICP", "全国"]
    sheet = workbook(
        head,
        [*good, date(2021, 7, 2), date(2026, 7, 1)],
        [*good, date(2021, 7, 2), "=H2+1"],
        ["粤B2-20210002", *good[1:], 44379, date(2026, 7, 1)],
    )
    visit = upload(one_office, sheet, "台账.xlsx")
    visit.follow()
    assert "单元格里是公式" in visit.words
    assert "请填写日期，例如 2026-03-20" in visit.words
    visit.send("/confirm")
    work(one_office, 2)
    assert numbers(one_office) == ["粤B2-20210001", "粤B2-20210009"]


def test_it_lets_a_person_say_what_a_column_holds(one_office):
    odd = table(row("粤B2-20210001", "示例新客户有限公司", NEW)).replace("许可证编号", "No.")
    visit = upload(one_office, odd)
    visit.follow()
    assert "缺少必需的列： 许可证号" in visit.words
    path = visit.page.request.path
    assert visit.send(path, **{"column-0": "name"}).status_code == 422
    assert "「持证企业」选了两次" in visit.words
    assert visit.send(path, **{"column-0": "number"}).status_code == 303
    visit.follow()
    assert "导入 1 行" in visit.words


def terms(office):
    with office.database.reading() as session:
        return {line.number: line.valid_to for line in lists.licenses(session, office.cast["zhou"])}


def test_it_shows_what_a_file_says_otherwise_updates_what_was_ticked_and_takes_it_back(office):
    name = "示例新客户有限公司"
    first = upload(office, table(row("粤B2-20210001", name, NEW), row("粤B2-20210002", name, NEW)))
    first.follow()
    first.send("/confirm")
    work(office)
    told = {"kinds": "ICP、EDI", "last": "2027-07-01"}
    changed = table(row("粤b2—20210001", name, NEW, **told), row("粤B2-20210002", name, NEW))
    visit = upload(office, changed)
    visit.follow()
    for says in (
        "1 张许可证已在台账，文件写的不同", "有效期至：2026-07-01 → 2027-07-01",
        "业务种类：ICP → EDI、ICP", "粤B2-20210002 已在该企业名下，内容相同，跳过",
    ):  # fmt: skip
        assert says in visit.words
    assert 'href="/licenses/1"' in visit.page.text
    path = visit.page.request.path
    problems = visit.client.get(f"{path}/problems").data.decode("utf-8-sig")
    assert "有效期至：2026-07-01 → 2027-07-01" in problems
    assert visit.send("/confirm").status_code == 409, "nothing was ticked"
    assert "请先勾选" in visit.words
    visit.send("/confirm", update="1")
    work(office, 2)
    assert terms(office)["粤B2-20210001"] == date(2027, 7, 1)
    assert "2027-07-01" in office.visit().open("/licenses/1").text
    visit.open(path)
    visit.send("/undo")
    work(office, 2)
    assert set(terms(office).values()) == {date(2026, 7, 1)}
    with office.database.reading() as session:
        kept = rows_of(session, "SELECT kinds, opened FROM licenses WHERE id = 1")
        assert kept == [('["ICP"]', '["ICP"]')]
        assert replaying.replay(session).differences == 0
        assert trail.verify(session).intact


def test_it_updates_no_license_that_somebody_changed_after_the_check(one_office):
    name = "示例新客户有限公司"
    visit = upload(one_office, table(row("粤B2-20210001", name, NEW)))
    visit.follow()
    visit.send("/confirm")
    work(one_office)
    visit = upload(one_office, table(row("粤B2-20210001", name, NEW, last="2027-07-01")))
    visit.follow()
    path = visit.page.request.path
    visit.send("/confirm", update="1")
    with one_office.database.transaction() as tx:
        license_marks.will_not_renew(
            tx, 1, "客户停业", actor=one_office.cast["wang"], moment=moment()
        )
    work(one_office, 2)
    assert terms(one_office)["粤B2-20210001"] == date(2026, 7, 1)
    visit.open(path)
    assert "校验之后有人改过这张许可证，没有更新" in visit.words


def carry_on(office, *, enough=False):
    with office.database.transaction() as tx:
        (claim,) = delivery.claim_due(tx, moment=moment())
        delivery.begin(tx, claim, moment=moment())
    return claim, long_running.go_on(office.database, claim, moment, enough=lambda: enough)


def test_it_checks_a_long_file_as_long_work_that_goes_on_where_it_was_and_can_be_ended(one_office):
    """A worker that is stopped half-way leaves what it read; the check asks nothing a row."""
    name = "示例新客户有限公司"
    content = table(*(row(f"粤B2-2021{n:05}", name, NEW) for n in range(1001)))
    visit = upload(one_office, content)
    path = visit.follow().request.path
    assert "校验在后台进行" in visit.words
    assert "排队中" in visit.words
    sent = visit.form("/cancel").filled({}) | {"once": "x"}
    assert visit.client.post(f"{path}/confirm", data=sent).status_code == 409
    claim, ending = carry_on(one_office, enough=True)
    assert ending == "more"
    assert "1,000 / 1,001 行" in visit.open(path).text
    with counted(one_office.database) as asked:
        assert long_running.go_on(one_office.database, claim, moment) == "ended"
    assert len(asked) <= 30
    visit.open(path)
    assert "导入 1001 行" in visit.words, visit.words[300:900]
    visit.open("/progress/1")
    assert "1001 行可以导入，0 行有问题" in visit.words
    assert f'href="{path}"' in visit.page.text
    again = upload(one_office, content)
    path = again.follow().request.path
    again.send("/cancel")
    assert "校验没有完成" in again.open(path).text
    assert numbers(one_office) == []
