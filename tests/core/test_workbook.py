"""Excel workbooks: what is text stays text, what is a number is one."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from portal.core.workbook import FORBIDDEN, LONGEST_CELL, LONGEST_TITLE, Sheet, title_for, workbook


def read(*sheets):
    return openpyxl.load_workbook(io.BytesIO(workbook(sheets)))


def first_row(*values):
    page = read(Sheet("A", ["?"] * len(values), [values])).worksheets[0]
    return [cell for row in page.iter_rows(min_row=2) for cell in row]


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@x", "\tx", "＝1", "#N/A", "=cmd|' /C calc'!A0"])
def test_what_looks_like_a_formula_is_text(text):
    (cell,) = first_row(text)
    assert (cell.value, cell.data_type) == (text, "s")


@given(st.text(max_size=50))
@settings(max_examples=40)
def test_any_text_can_be_read_again(text):
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = FORBIDDEN.sub("", text)
    data = workbook([Sheet("A", ["x"], [[text, "end"]])])
    cell = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]["A2"]
    assert (cell.value or "") == plain
    assert cell.data_type in ("s", "n", "inlineStr")
    assert CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()


def test_dates_numbers_and_decimals_are_what_they_are():
    day, number, gap, long, none = first_row(date(2026, 5, 1), 12, Decimal("-3.50"), 10**18, None)
    assert (day.value, day.is_date) == (datetime(2026, 5, 1), True)
    assert (number.value, gap.value, none.value) == (12, -3.5, None)
    assert long.value == str(10**18)


def test_a_moment_stands_in_the_zone_of_the_portal(app):
    (cell,) = first_row(datetime(2026, 5, 31, 16, 30, tzinfo=UTC))
    assert cell.value == datetime(2026, 6, 1, 0, 30)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN"), date(1700, 1, 1)])
def test_what_excel_cannot_hold_becomes_text(value):
    (cell,) = first_row(value)
    assert cell.value == str(value)


def test_the_header_is_bold_and_stays_in_sight_and_chinese_has_room():
    page = read(Sheet("客户", ["客户名称"], [["上海某某机械制造有限公司"]])).worksheets[0]
    assert (page["A1"].font.bold, page.freeze_panes) == (True, "A2")
    assert page.column_dimensions["A"].width >= 24


def test_a_text_that_is_too_long_is_cut():
    (cell,) = first_row("长" * (LONGEST_CELL + 9))
    assert len(cell.value) == LONGEST_CELL


@given(st.lists(st.text(max_size=60), min_size=1, max_size=8))
@settings(max_examples=40)
def test_titles_are_legal_and_each_is_used_once(wanted):
    taken: set[str] = set()
    titles = [title_for(title, taken) for title in wanted]
    assert len({title.casefold() for title in titles}) == len(titles)
    for title in titles:
        assert 0 < len(title) <= LONGEST_TITLE
        assert not set(title) & set("[]:*?/\\")
        assert title == title.strip("' ")


def test_rows_may_be_a_stream():
    page = read(Sheet("A", ["n"], ([n] for n in range(500)))).worksheets[0]
    assert page.max_row == 501
