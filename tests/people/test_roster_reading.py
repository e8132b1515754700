"""A file of people in any customary form becomes the same table."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.spreadsheet import as_csv, quoted, unquoted
from portal.core.text import line
from portal.people.roster.columns import FIELDS, date_of, field_of, header_row, role_of, role_word
from portal.people.roster.reading import LARGEST, MOST_ROWS, Unreadable, decoded, table
from portal.people.roster.sample import sample_rows
from portal.people.rules import ROLES

TEXT = "姓名,登录名,部门\n张三,zhangsan,华东区\n李四,lisi,\n"
CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=20)


def rows_of(data: bytes) -> list[dict[str, str]]:
    return [dict(row.cells) for row in table(decoded(data)).rows]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("separator", [",", ";", "\t", "，", "；"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_separators_and_line_ends_all_work(encoding, separator, end):
    data = TEXT.replace(",", separator).replace("\n", end).encode(encoding)
    assert rows_of(data) == [
        {"name": "张三", "login": "zhangsan", "team": "华东区"}, {"name": "李四", "login": "lisi"},
    ]


@pytest.mark.parametrize(("header", "field"), [
    ("姓名", "name"), ("Name", "name"), (" 姓 名 ", "name"), ("姓名（必填）", "name"),
    ("*姓名", "name"),
    ("登录名", "login"), ("账号", "login"), ("工号", "login"), ("LOGIN", "login"),
    ("团队", "team"), ("部门", "team"), ("Team", "team"), ("角色", "role"), ("职位", "job_title"),
    ("Job title", "job_title"), ("邮箱", "email"), ("E-Mail", "email"), ("入职日期", "joined_on"),
    ("joined_on", "joined_on"), ("ｎａｍｅ", "name"), ("备注", None), ("", None),
])
def test_headers_are_known_in_both_languages(header, field):
    assert field_of(header) == field


@pytest.mark.parametrize(("word", "role"), [
    ("销售", "rep"), ("经理", "manager"), ("人事", "hr"), ("管理员", "admin"), ("Rep", "rep"),
    ("Sales rep", "rep"), ("MANAGER", "manager"), ("HR", "hr"), ("administrator", "admin"),
    ("老板", None), ("", None),
])
def test_roles_are_known_in_both_languages(word, role):
    assert role_of(word) == role


@pytest.mark.parametrize("written", [
    "2026-01-31", "2026/1/31", "2026.1.31", "2026年1月31日", "2026年01月31", "20260131",
    "２０２６/1/31", "2026/1/31 0:00", "2026-01-31 00:00:00",
])
def test_dates_are_known_in_customary_forms(written):
    assert str(date_of(written)) == "2026-01-31"


@pytest.mark.parametrize("written", ["", "昨天", "31.01.2026", "2026-02-30", "2026-13-01",
                                     "1026-01-01", "2026-1", "2026-01-31x", "1/31/26"])
def test_other_dates_are_not_guessed(written):
    assert date_of(written) is None


@pytest.mark.parametrize(("data", "reason"), [
    (b"", "empty"), (b"\xef\xbb\xbf \r\n", "empty"), (b"PK\x03\x04 a workbook", "workbook"),
    (b"\xd0\xcf\x11\xe0 an old one", "workbook"), (b"\x89PNG\r\n\x1a\n\xff\xff\xff", "not_text"),
    (b"a,b\n1,2\n", "no_header"), (b"name,team\nAnn,East\n", "missing_column"),
    (b"name,login\n", "no_rows"),
    ("姓名,名字,login\na,b,c\n".encode(), "double_column"),
    (b"x" * (LARGEST + 1), "large"),
    (b"name,login\n" + b"a,b\n" * (MOST_ROWS + 1), "too_many"),
    (b'name,login\n"' + b"x" * 140_000, "not_csv"),
])
def test_what_cannot_be_read_says_why(data, reason):
    with pytest.raises(Unreadable) as error:
        table(decoded(data))
    assert error.value.reason == reason


def test_a_missing_column_is_named():
    with pytest.raises(Unreadable) as error:
        table("部门,职位\na,b\n")
    assert error.value.detail == "name login"


def test_a_title_above_the_header_and_a_separator_hint_are_passed_over():
    found = table("sep=;\n销售部花名册;;\n\n姓名;登录名;备注\n张三;zs;x\n")
    assert [(row.line, dict(row.cells)) for row in found.rows] == [
        (5, {"name": "张三", "login": "zs"})
    ]
    assert found.ignored == ("备注",)


def test_line_numbers_are_those_of_an_editor():
    found = table('name,login,title\nAnn,ann,"a\nb"\n\n,,\nBen,ben,\n')
    assert [row.line for row in found.rows] == [2, 6]
    assert found.rows[0].cells["job_title"] == "a b"


def test_cells_beyond_the_header_are_noticed():
    rows = table("name,login\nAnn,ann\nBen,ben,,\nCai,cai,more\n").rows
    assert [row.overflows for row in rows] == [False, False, True]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_the_portal_writes_it_reads_back(language):
    text = as_csv([header_row(language), *sample_rows(language)])
    found = table(decoded(("\ufeff" + text).encode()))
    assert len(found.rows) == 3
    assert found.ignored == ()
    assert set(found.rows[0].cells) == set(FIELDS)
    for role in ROLES:
        assert role_of(role_word(role, language)) == role


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reading(data):
    try:
        found = table(decoded(data))
    except Unreadable:
        return
    assert found.rows


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=8),
       st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]))
def test_any_values_survive_export_and_import(pairs, encoding):
    tidy = [(line(name), line(login)) for name, login in pairs]
    data = as_csv([["姓名", "登录名"], *tidy]).encode(encoding)
    expected = [{"name": name, "login": login} for name, login in tidy if name or login]
    try:
        found = table(decoded(data))
    except Unreadable as error:
        assert (error.reason, expected) == ("no_rows", [])
        return
    assert [dict(row.cells) for row in found.rows] == [
        {field: value for field, value in row.items() if value} for row in expected
    ]


@given(st.text())
def test_no_cell_of_a_file_is_a_formula(text):
    (cell,), = csv.reader(io.StringIO(as_csv([[text]]), newline=""), strict=True)
    assert not cell.startswith(tuple("=+-@\t\r"))
    assert unquoted(cell) == text
    assert unquoted(quoted(text)) == text
