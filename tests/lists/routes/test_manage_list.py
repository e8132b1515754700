"""The lists and one list: shown, searched, and given a new entry."""

import pytest

from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.lists.actions import tags_named
from portal.lists.models import LISTS, Term


@pytest.fixture
def tags(app):
    with transaction():
        tags_named(["撞单", "客户归属", "ERP 100%", "ERP"])


def labels(name):
    db.session.rollback()
    rows = db.session.query(Term).filter_by(list=name).order_by(Term.position)
    return [row.label_zh for row in rows]


def test_all_lists_are_there_with_their_counts(browser, admin):
    page = browser(admin).get("/manage/lists").text
    for name in LISTS:
        assert f'href="/manage/lists/{name}"' in page
    assert "7 entries" in page
    assert 'href="/manage/lists/templates"' in page


@pytest.mark.parametrize("name", LISTS)
def test_a_list_shows_its_entries(browser, admin, tags, name):
    page = browser(admin).get(f"/manage/lists/{name}").text
    assert labels(name)
    for label in labels(name):
        assert label in page


@pytest.mark.parametrize(("text", "found"), [
    ("erp", {"ERP 100%", "ERP"}), ("ＥＲＰ", {"ERP 100%", "ERP"}), ("%25", {"ERP 100%"}),
    ("撞", {"撞单"}), ("nothing", set()),
])
def test_tags_are_searched_while_typing(browser, admin, tags, text, found):
    part = browser(admin).fragment(f"/manage/lists/tag?q={text}").text
    assert part.lstrip().startswith('<div id="terms">')
    shown = {label for label in labels("tag") if f"<td>{label} </td>" in part}
    assert shown == found


def test_tags_tell_how_often_they_are_used(browser, admin, alice, record):
    record(alice, tags=("撞单",))
    record(alice, tags=("撞单", "价格"))
    part = browser(admin).fragment("/manage/lists/tag?q=撞单").text
    assert '<td class="number" data-label="Used">2</td>' in part


def test_an_entry_is_added_at_the_end(app, browser, admin):
    form = {"label_zh": " 售后 ", "label_en": "After-sales"}
    answer = browser(admin).post("/manage/lists/stage/add", data=form)
    assert answer.status_code == 303
    assert labels("stage")[-1] == "售后"


@pytest.mark.parametrize(("form", "words"), [
    ({"label_zh": ""}, "This is needed."), ({"label_zh": "需求"}, "already has this entry"),
    ({"label_zh": "新", "label_en": "Needs"}, "already has this entry"),
    ({"label_zh": "长" * 65}, "longer than 64"),
])
def test_what_cannot_be_added_says_why(app, browser, admin, form, words):
    before = labels("stage")
    answer = browser(admin).post("/manage/lists/stage/add", data=form)
    assert answer.status_code == 422
    assert words in answer.text
    assert labels("stage") == before


def test_others_may_not(browser, alice, mei, hr):
    for person in (alice, mei, hr):
        assert browser(person).get("/manage/lists").status_code == 403
        assert browser(person).get("/manage/lists/stage").status_code == 403
        assert browser(person).post("/manage/lists/stage/add").status_code == 403
    assert browser().get("/manage/lists").status_code == 302


def test_addresses_and_methods(browser, admin):
    visitor = browser(admin)
    assert visitor.get("/manage/lists/colour").status_code == 404
    assert visitor.post("/manage/lists/colour/add").status_code == 404
    assert visitor.post("/manage/lists").status_code == 405
    assert visitor.get("/manage/lists/stage/add").status_code == 405


def test_a_long_list_costs_as_many_statements_as_a_short_one(app, browser, admin, tags, statements):
    visitor = browser(admin)
    visitor.get("/manage/lists/tag")
    statements.clear()
    visitor.get("/manage/lists/tag")
    few = len(statements)
    with transaction():
        tags_named([f"tag {number}" for number in range(40)])
    statements.clear()
    visitor.get("/manage/lists/tag")
    assert len(statements) == few
