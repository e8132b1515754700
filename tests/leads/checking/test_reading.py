"""What is typed into the check: names, numbers, codes, and several of them in one go."""

import pytest

from portal.leads.checking.reading import read

NAME = "杭州星瀚软件有限公司"


@pytest.mark.parametrize(("typed", "name", "phone"), [
    (NAME, NAME, ""),
    ("13800138000", "", "13800138000"),
    ("021-62345678", "", "021-62345678"),
    ("021-62345678转803", "", "+862162345678;ext=803"),
    ("电话：021-62345678", "", "+862162345678"),
    (f"{NAME} 13800138000", NAME, "+8613800138000"),
    (f"{NAME}，电话：021-62345678转803", NAME, "+862162345678;ext=803"),
    (f"13800138000 {NAME}", NAME, "+8613800138000"),
    (f"公司：{NAME} 手机 138 0013 8000", NAME, "+8613800138000"),
    ("3M中国", "3M中国", ""),
    ("58同城", "58同城", ""),
])
def test_names_and_numbers_are_told_apart(app, typed, name, phone):
    found = read(typed)
    assert (found.name, found.phone, found.problem) == (name, phone, "")


def test_a_credit_code_is_known(app):
    assert read("91310000ma1fl0lf0x").credit_code is None
    assert read(" 9135 0100 M000 100Y 43").credit_code == "91350100M000100Y43"


@pytest.mark.parametrize(("typed", "problem"), [
    ("", "nothing"), ("  ​ ", "nothing"), ("星", "short"), ("…", "short"), ("1380013", "no_number"),
    ("12345", "no_number"),
])
def test_what_is_missing_is_named(app, typed, problem):
    assert read(typed).problem == problem
