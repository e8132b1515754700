"""Tables as files to keep."""

from urllib.parse import unquote

from portal.core.downloads import csv_file, excel_file
from portal.core.workbook import Sheet


def test_a_chinese_name_travels_in_a_header_that_every_server_sends():
    for answer in (
        csv_file("案例 2026.csv", [["a"]]), excel_file("案例库 2026.xlsx", [Sheet("a", ["b"], [])]),
    ):
        header = answer.headers["Content-Disposition"]
        assert header.isascii()
        assert header.startswith("attachment")
        assert "案例" in unquote(header)


def test_programs_that_know_no_better_get_what_is_plain_of_the_name():
    header = csv_file("案例 2026.csv", []).headers["Content-Disposition"]
    assert "filename=2026.csv;" in header
