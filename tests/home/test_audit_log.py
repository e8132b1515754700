"""Who changed what: for administrators only."""

import re
from pathlib import Path

import pytest

from portal.core import audit
from portal.core.unit_of_work import transaction
from portal.home.audit_words import ACTIONS


@pytest.mark.parametrize("login", ["alice", "mei", "wang", "hr"])
def test_nobody_but_the_administrator_reads_it(browser, request, login):
    assert browser(request.getfixturevalue(login)).get("/manage/audit").status_code == 403


def test_it_names_who_what_and_which_record(record, browser, alice, admin):
    case = record(alice)
    page = browser(admin).get("/manage/audit").text
    assert "case.recorded" in page
    assert f"case:{case.id}" in page
    assert alice.name in page
    assert page.index("person.signed_in") < page.index("case.recorded")  # newest first


def test_it_is_paged_and_never_changes(browser, admin, clock, app):
    with transaction():
        for number in range(60):
            audit.record(None, "test.done", f"thing:{number}", clock())
    person = browser(admin)
    assert "thing:59" in person.get("/manage/audit").text
    assert "thing:5<" not in person.get("/manage/audit").text
    assert "thing:5<" in person.get("/manage/audit?page=2").text
    assert person.post("/manage/audit").status_code == 405


def test_hostile_details_are_escaped(browser, admin, clock, app):
    with transaction():
        audit.record(None, "test.done", "thing:1", clock(), note="<script>alert(1)</script>")
    assert "<script>alert" not in browser(admin).get("/manage/audit").text


def test_every_action_that_is_recorded_has_words():
    recorded = {
        found for path in Path("portal").rglob("*.py") if path.name != "audit_words.py"
        for found in re.findall(r'record\([^"]*?"([a-z]+\.[a-z_]+)"', path.read_text("utf-8"))
    }
    assert recorded
    assert recorded <= set(ACTIONS)


def test_without_session_it_asks_to_sign_in(browser):
    assert browser().get("/manage/audit").status_code == 302


def test_details_of_any_shape_are_shown(browser, admin, clock, app):
    many = {f"name{number}": number for number in range(9)}
    with transaction():
        audit.record(None, "test.done", "thing:1", clock(), before=many, after=None,
                     people=[1, 2], deep={"words": {"zh": "甲", "en": "A"}}, empty=[],
                     long="长" * 400)
    page = browser(admin).get("/manage/audit").text
    assert "name5: 5 … (9)" in page
    assert "name6" not in page
    assert "after: –" in page
    assert "people: 1, 2" in page
    assert "deep: words: zh: 甲, en: A" in page
    assert "empty: –" in page
    assert "长" * 300 + "…" in page


def test_of_customers_it_shows_what_was_done_and_no_contents(browser, admin, clock, app):
    with transaction():
        audit.record(1, "receivable.added", "lead:7", clock(), amount="98765.00",
                     due="2026-07-01", receivable_id=31337)
        audit.record(1, "customer.voided", "customer:7", clock(), reason="went bankrupt")
        audit.record(1, "view.saved", "user:1", clock(), name="big fish of the south")
        audit.record(1, "customer.exported", "customers", clock(), rows=4711, q="secretco",
                     tier="A", region="east")
        audit.record(1, "lead.corrected", "lead:7", clock(), fields=["amount", "title"])
        audit.record(1, "list.changed", "term:7", clock(), before=["Old words"])
    page = browser(admin).get("/manage/audit").text
    for told in ("receivable_id: 31337", "customer:7", "rows: 4711", "region: east",
                 "fields: amount, title", "Old words"):
        assert told in page, told
    for kept in ("98765", "2026-07-01", "bankrupt", "big fish", "secretco"):
        assert kept not in page, kept
