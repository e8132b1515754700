"""The analysis as a workbook, read back by two readers."""

import io

import openpyxl
from python_calamine import CalamineWorkbook


def test_every_table_and_the_cases_with_their_facts(browser, mei, deal):
    deal("loss", reason="price", product="erp", competitors=("=1+1", "金蝶"), price_gap="12.50",
         cycle_days=90, contributing_reasons=("timing",), roles_reached=("coach",))
    deal("win", reason="timing")
    answer = browser(mei).get("/analysis/export?period=year")
    assert answer.mimetype.endswith("spreadsheetml.sheet")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    assert "Why we lost" in book.sheetnames
    assert book["Why we lost"]["B2"].value == 1
    cases = book["Cases"]
    header = [cell.value for cell in cases[1]]
    rows = [dict(zip(header, row, strict=True))
            for row in cases.iter_rows(min_row=2, values_only=True)]
    lost = next(row for row in rows if row["Outcome"] == "Lost")
    assert (lost["Price gap in %"], lost["Sales cycle in days"]) == (12.5, 90)
    assert lost["Competitors"] == "=1+1, 金蝶"
    assert len(rows) == 2
    other = CalamineWorkbook.from_filelike(io.BytesIO(answer.data))
    assert other.get_sheet_by_name("Cases").to_python()[1:] != []
    assert not [cell for page in book for row in page.iter_rows() for cell in row
                if cell.data_type == "f"]


def test_only_what_the_person_may_read(browser, carol, deal):
    deal("loss", audience="team")
    book = openpyxl.load_workbook(io.BytesIO(browser(carol).get("/analysis/export").data))
    assert book["Cases"].max_row == 1
