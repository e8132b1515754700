"""Tables of cases: CSV and workbooks, whatever program wrote them."""

import io

import openpyxl
import pytest

from portal.cases.exchange.records import Wrong
from portal.cases.exchange.tables import read_rows
from portal.cases.models import Case
from portal.extensions import db
from portal.transfer.models import ColumnMapping
from tests.cases.transfer.test_import import case, count

CHINESE = ("标题,类型,正文,标签,行业,备注\n"
           "先问预算,问题,\"多行\n正文，带逗号\",预算、提问,制造业,内部\n")


def xlsx(rows, merge=None):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if merge:
        book.active.merge_cells(merge)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_columns_are_guessed_named_and_remembered(uploader, mei):
    up = uploader(mei)
    up.send("案例.csv", CHINESE)
    assert up.row.mapping == ["title", "kind", "body", "tags", "industry", ""]
    page = up.page()
    assert "备注" in page
    assert "先问预算" in page
    up.columns("title", "kind", "body", "tags", "industry", "section")
    assert up.verdicts == ["new"]
    up.commit()
    found = db.session.query(Case).filter_by(title="先问预算").one()
    assert (found.kind, found.industry) == ("problem", "manufacturing")
    assert found.body == "多行\n正文，带逗号\n\n## 备注\n\n内部"
    assert {tag.label_zh for tag in found.tags} == {"预算", "提问"}
    # The next table of this shape begins with what was chosen.
    again = uploader(mei)
    again.send("案例.csv", CHINESE)
    assert again.row.mapping[-1] == "section"
    again.columns()
    assert again.verdicts == ["unchanged"]
    assert count(ColumnMapping) == 1


@pytest.mark.parametrize("columns", [
    ("", "", "", "", "", ""), ("title", "title", "", "", "", ""),
    ("title", "nonsense", "", "", "", ""),
])
def test_columns_that_make_no_sense_are_refused(uploader, mei, columns):
    up = uploader(mei)
    up.send("案例.csv", CHINESE)
    answer = up.columns(*columns)
    assert answer.status_code == 422
    assert up.row.rehearsal_id is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "big5"])
def test_whatever_encoding(uploader, mei, encoding):
    up = uploader(mei)
    text = "標題,類型\n報價之前先問預算與時間,lesson\n" if encoding == "big5" else CHINESE
    assert up.send("c.csv", text.encode(encoding)).status_code == 303
    assert up.row.choices["preview"][0][0] in ("先问预算", "報價之前先問預算與時間")


@pytest.mark.parametrize("separator", [";", "\t", "，"])
def test_whatever_separator(uploader, mei, separator):
    up = uploader(mei)
    up.send("c.csv", f"title{separator}kind\nAsk early{separator}lesson\n")
    assert up.row.mapping == ["title", "kind"]


def test_an_empty_cell_leaves_what_is_stored(uploader, admin):
    up = uploader(admin)
    up.send("a.md", "---\nref: keep\ntitle: Keep\ntags: [one]\nstage: needs\n---\nLong text")
    up.commit()
    up.send("a.csv", "ref,title,text,industry\nkeep,Keep it,,金融\n")
    up.columns()
    assert up.verdicts == ["update"]
    up.commit(updates="1")
    found = case("keep")
    assert (found.title, found.body, found.stage, found.industry) == (
        "Keep it", "Long text", "needs", "finance")
    assert [tag.label_zh for tag in found.tags] == ["one"]


def test_a_workbook_with_a_title_dates_and_merged_cells(uploader, mei):
    import datetime

    content = xlsx([
        ["案例汇总表", None, None, None],
        ["标题", "行业", "创建日期", "价差"],
        ["第一个案例", "金融", datetime.datetime(2026, 3, 1), 12.5],
        ["第二个案例", None, datetime.datetime(2026, 3, 2), None],
    ], merge="B3:B4")
    up = uploader(mei)
    up.send("汇总.xlsx", content)
    assert up.row.header == ["标题", "行业", "创建日期", "价差"]
    up.columns()
    assert up.verdicts == ["new", "new"]
    assert [row.line for row in up.rows] == [3, 4]
    up.commit()
    assert {found.industry for found in db.session.query(Case)} == {"finance"}


def test_errors_come_back_with_their_columns_and_no_formula(uploader, mei):
    up = uploader(mei)
    up.send("c.csv", "title,kind,note\n,lesson,=cmd|' /C calc'!A0\nGood,lesson,x\nBad,nonsense,y\n"
                     "Good,lesson,again\n")
    up.columns()
    assert up.verdicts == ["error", "new", "error", "error"]
    up.commit()
    text = up.browser.get(f"{up.url}/errors.csv").get_data().decode("utf-8-sig")
    rows = text.splitlines()
    assert rows[0] == "title,kind,note,Reason"
    assert rows[1].startswith(",lesson,'=cmd|")
    assert "no title" in rows[1]
    assert len(rows) == 4


def test_the_sample_is_imported_without_a_complaint(uploader, mei):
    for language in ("zh", "en"):
        up = uploader(mei, language=language)
        sample = up.browser.get("/cases/import/sample.csv").get_data()
        up.send("sample.csv", sample)
        up.columns()
        assert set(up.verdicts) <= {"new", "alike"}, [row.reason for row in up.rows]
        assert up.row.rehearsal.result["unknown"] == []


@pytest.mark.parametrize(("name", "content", "word"), [
    ("a.csv", b"", "empty"), ("a.csv", b"title\n", "no row"),
    ("a.csv", b"\x00\x01\xff" * 50, "text"),
    ("a.csv", b"PK\x03\x04rest", "workbook"), ("a.xlsx", b"PK\x03\x04rest", "damaged"),
    ("a.xlsx", b"title\nx\n", "damaged"),
    ("a.csv", b"title,text\nx,\"" + b"y" * 300_000, "no CSV"),
    ("a.csv", b",".join(b"c%d" % n for n in range(300)) + b"\nx", "columns"),
])
def test_what_is_no_table_is_refused(uploader, mei, name, content, word):
    answer = uploader(mei).send(name, content)
    assert answer.status_code == 422
    assert word in answer.text


def test_rows_and_cells_of_odd_csv():
    rows = read_rows("a.csv", b'sep=;\r\n"ti""tle";text\r\n\r\n"a;b";"x\r\ny"\r\nshort\r\n')
    assert rows.header == ('ti"tle', "text")
    assert [cells for _, cells in rows.lines] == [("a;b", "x\ny"), ("short", "")]


def test_too_many_rows_are_refused():
    with pytest.raises(Wrong):
        read_rows("a.csv", b"title\n" + b"x\n" * 50_100)


def test_an_error_speaks_in_the_words_of_the_table_and_its_reader(uploader, mei):
    up = uploader(mei)
    up.browser.language = "zh"
    up.send("c.csv", "标题,类型\n先问预算,随笔\n先问时间,心得\n")
    up.columns()
    page = up.page()
    assert "类型: “随笔”" in page
    assert "拜访心得" in page
    assert "problem, win" not in page
