"""Tables that are wrong, strange or mean harm: clear words, nothing half-written."""

import io

import openpyxl
import pytest

from portal.customers.models import Customer
from portal.extensions import db
from portal.leads.transfer import routes, storing
from tests.leads.transfer.conftest import xlsx
from tests.leads.transfer.test_import import TABLE, count


@pytest.mark.parametrize(("name", "content", "says"), [
    ("", b"", "Choose a file"),
    ("leads.pdf", b"%PDF", "no table"),
    ("leads.xls", b"\xd0\xcf\x11\xe0", "Save an older workbook"),
    ("leads.csv", b"", "The file is empty"),
    ("leads.csv", "公司,联系人\n".encode(), "no row below it"),
    ("leads.csv", bytes(range(256)) * 40, "not a text file"),
    ("leads.csv", b"PK\x03\x04rest", "This is a workbook"),
    ("leads.xlsx", b"no zip", "damaged"),
    ("leads.xlsx", xlsx([]), "The file is empty"),
    ("leads.xlsx", xlsx([["公司", "联系人"]]), "no row below it"),
])
def test_what_is_no_table_is_refused(importer, alice, app, name, content, says):
    answer = importer(alice).send(name, content)
    assert answer.status_code == 422
    assert says in answer.text
    assert not list((app.extensions["settings"].transfers / "uploads").glob(".*"))


def test_a_large_file_is_refused_before_it_is_read(importer, alice, monkeypatch):
    monkeypatch.setattr(routes, "most_bytes", lambda: 1000 - routes.FORM_BYTES)
    answer = importer(alice).send("leads.csv", "x" * 5_000)
    assert answer.status_code == 413
    assert "Nothing was uploaded" in answer.text


def test_a_file_that_lies_about_its_length_is_cut_off(importer, alice, monkeypatch):
    monkeypatch.setattr("portal.leads.transfer.routes.imports.most_bytes", lambda: 100)
    answer = importer(alice).send("leads.csv", "company\n" + "x" * 5_000)
    assert answer.status_code == 422
    assert "at most" in answer.text


def test_a_table_may_be_larger_than_other_forms(importer, alice, app, monkeypatch):
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 1000)
    assert importer(alice).send("leads.csv", TABLE + "x" * 5000).status_code == 303
    assert storing.most_bytes() == 40 << 20


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_whatever_encoding_and_separator(importer, alice, encoding, separator):
    up = importer(alice)
    up.send("leads.csv", TABLE.replace(",", separator).encode(encoding))
    assert up.found.mapping[:3] == ["company", "contact", "mobile"]
    up.columns()
    names = [row.values["company"] for row in up.rows]
    assert names == ["江南精密机械有限公司", "北岭食品股份有限公司"]


@pytest.mark.parametrize(("column", "cell", "says"), [
    ("手机", "12345", "does not look like a phone number"),
    ("手机", "1.38E+10", "shortened this number"),
    ("预计金额", "-500", "cannot be negative"),
    ("预计金额", "很多", "no amount"),
    ("预计金额", "99999999999999999", "this large"),
    ("负责人", "无此人", "Nobody here has the name"),
    ("负责人", "bob", "for yourself and for the pool"),
    ("预计成交日期", "2026-02-31", "no such day"),
    ("预计成交日期", "下个月", "no date"),
    ("预计成交日期", "3/4/2026", "two ways"),
    ("预计成交日期", "1026-01-01", "year cannot be"),
    ("创建日期", "2027-01-01", "in the future"),
    ("信用代码", "91310000", "18 signs"),
    ("邮箱", "not-a-mail", "no e-mail address"),
    ("联系人", "周" * 81, "longer than 80"),
    ("联系人", "13800138000", "no name"),
    ("员工人数", "许多", "no number"),
    ("币种", "XYZ", "currency is not known"),
])
def test_a_wrong_cell_is_explained(importer, alice, column, cell, says):
    up = importer(alice)
    up.rehearse(f"公司,{column}\n江南精密机械有限公司,{cell}\n")
    assert up.verdicts == ["error"]
    assert says in up.rows[0].reason
    up.commit()
    assert up.outcomes == ["failed"]
    assert count(Customer) == 0
    assert says in up.browser.get(f"{up.url}/left.csv").text


@pytest.mark.parametrize(("cell", "says"), [
    ("A", "more than one character"), ("", "names no company"), ("x" * 121, "longer than 120"),
])
def test_a_company_that_cannot_be(importer, alice, cell, says):
    up = importer(alice)
    up.rehearse(f"公司,备注\n{cell},x\n")
    assert says in up.rows[0].reason


def test_numbers_that_a_spreadsheet_spoiled_are_read_and_told(importer, alice):
    book = xlsx([["公司", "手机", "预计成交日期"], ["江南精密机械有限公司", 13800138000, 46112],
                 ["北岭食品有限公司", "13900139000.0", "2026-09-01"]])
    up = importer(alice)
    up.rehearse(book, "leads.xlsx")
    first, second = up.rows
    assert first.values["company_phone"] == "13800138000"
    assert first.values["expected_close"] == "2026-03-31"
    assert any("46112" in note for note in first.notes)
    assert second.values["company_phone"] == "13900139000"
    assert any("a spreadsheet" in note for note in second.notes)


def test_several_numbers_in_one_cell(importer, alice):
    up = importer(alice)
    up.rehearse("公司,联系人,电话,手机\n江南精密机械有限公司,周文,021-62345678转803,"
                "13800138000/13900139000\n")
    up.commit()
    assert up.outcomes == ["made"]
    assert up.rows[0].values["phone"] == "13800138000 / 13900139000 / 021-62345678转803"


def test_sheets_headings_and_merged_cells(importer, alice):
    book = openpyxl.Workbook()
    book.active.append(["说明"])
    page = book.create_sheet("客户")
    page.append(["2026 年客户表"])
    page.append([])
    page.append(["公司", "公司", "需求"])
    page.append(["江南精密机械有限公司", "x", "=1+1"])
    page.append([None, "y", "MES"])
    page.merge_cells("A4:A5")
    out = io.BytesIO()
    book.save(out)
    up = importer(alice)
    up.send("leads.xlsx", out.getvalue())
    assert up.found.sheets == ["Sheet", "客户"]
    assert (up.found.sheet, up.found.header_line) == ("客户", 3)
    assert up.found.header == ["公司", "公司 (2)", "需求"]
    assert up.found.mapping == ["company", "", "title"]
    assert up.found.facts["told"] == {"merged": 1, "formulas": 1, "without_result": 1}
    page = up.page()
    assert "merged cells" in page
    assert "no result was saved" in page
    up.columns()
    assert up.verdicts == ["new", "same"]


def test_another_sheet_and_another_line(importer, alice):
    up = importer(alice)
    up.send("leads.xlsx", xlsx([["公司"], ["江南精密机械有限公司"]],
                               Two=[["客户名单"], ["a"], ["北岭食品有限公司"]]))
    assert up.found.sheet == "Sheet"
    assert up.browser.post(f"{up.url}/sheet", data={"sheet": "Two", "header_line": "2"}
                           ).status_code == 303
    assert (up.found.sheet, up.found.header) == ("Two", ["a"])
    assert up.browser.post(f"{up.url}/sheet", data={"sheet": "Two", "header_line": "99"}
                           ).status_code == 422
    up.columns("company")
    assert [row.values["company"] for row in up.rows] == ["北岭食品有限公司"]


@pytest.mark.parametrize("columns", [("", ""), ("company", "company"), ("company", "nonsense"),
                                     ("contact", "title")])
def test_columns_that_make_no_sense_are_refused(importer, alice, columns):
    up = importer(alice)
    up.send("leads.csv", "甲,乙\n江南精密机械有限公司,x\n")
    assert up.columns(*columns).status_code == 422
    assert up.found.rehearsal is None


def test_formulas_and_control_signs_stay_harmless(importer, alice):
    up = importer(alice)
    up.rehearse('公司,备注,手机\n"=HYPERLINK(""http://x"",""a"")公司\x07",<script>alert(1)</script>'
                + "好" * 200 + ",12\n")
    assert up.verdicts == ["error"]
    assert "\x07" not in up.rows[0].cells[0]
    up.commit()
    assert "<script>alert" not in up.page()
    assert "\"'=HYPERLINK" in up.browser.get(f"{up.url}/left.csv").text
    book = openpyxl.load_workbook(io.BytesIO(up.browser.get(f"{up.url}/left.xlsx").data))
    cell = book.active["A2"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert book.active.max_column == 4


def test_what_they_want_may_be_long(importer, alice):
    up = importer(alice)
    up.rehearse(f"公司,需求,备注\n江南精密机械有限公司,{'升级' * 100},x\n")
    row = up.rows[0]
    assert len(row.values["title"]) == 120
    assert row.values["note"].startswith("升级" * 100)
    up.commit()
    assert up.outcomes == ["made"]


def test_the_upload_is_gone(importer, alice, app):
    up = importer(alice)
    up.send("leads.csv", TABLE)
    (app.extensions["settings"].transfers / "uploads" / up.found.sha256).unlink()
    up.columns()
    assert up.found.rehearsal.status == "failed"
    assert "no longer kept" in up.page()
    assert up.browser.post(f"{up.url}/sheet", data={"header_line": "1"}).status_code == 422


def test_units_in_the_heading_count(importer, alice):
    up = importer(alice)
    up.rehearse("公司名称（全称）,预计金额（万元）\n江南精密机械有限公司,35\n")
    assert up.rows[0].values["amount"] == "350000.00"
    assert db.session.query(Customer).count() == 0


def test_one_cell_far_away_fills_no_memory(importer, alice):
    book = openpyxl.Workbook()
    book.active.append(["公司", "联系人"])
    book.active["XFD40000"] = "x"
    file = io.BytesIO()
    book.save(file)
    answer = importer(alice).send("leads.xlsx", file.getvalue())
    assert answer.status_code == 422
    assert "reaches to line 40000 and column XFD" in answer.text
