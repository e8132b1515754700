"""The page of synonyms: found, added, edited, removed, tried."""

import re

import pytest

from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.search.models import SynonymGroup
from portal.search.vocabulary import actions

LIST = "/manage/synonyms"


def at(group_id, act):
    return f"{LIST}/{group_id}/{act}"


def base_of(page):
    return re.search(r'name="base"[^>]*value="([^"]+)"', page)[1]


def newest():
    db.session.rollback()
    return db.session.query(SynonymGroup).order_by(SynonymGroup.id.desc()).first()


# The list


@pytest.mark.parametrize("text", ["抢单", "搶單", "qiangdan", "qiang dan", "qd", "Duplicate CLAIM"])
def test_a_group_is_found_by_any_way_of_writing(browser, mei, shipped_id, text):
    part = browser(mei).fragment(f"{LIST}?q={text}").text
    assert part.lstrip().startswith('<div id="synonyms">')
    assert f'id="group-{shipped_id("撞单")}"' in part


def test_pinyin_is_asked_only_where_nothing_is_written_so(browser, mei, add):
    group = add("lian", "link")
    part = browser(mei).fragment(f"{LIST}?q=lian").text
    assert f'id="group-{group}"' in part and "联系人" not in part


def test_who_changed_it_and_what_came_with_the_portal(browser, mei, add, shipped_id, row, clock):
    own, edited, removed = add("蓝鲸", "鲸落"), shipped_id("撞单"), shipped_id("丢单")
    with transaction():
        actions.change_group(mei.id, row(edited), ["撞单", "抢单"], clock())
        actions.remove_group(mei.id, db.session.get(SynonymGroup, removed), clock())
    visitor = browser(mei)
    for state, group in (("own", own), ("edited", edited), ("removed", removed)):
        part = visitor.fragment(f"{LIST}?state={state}").text
        assert re.findall(r'id="group-(\d+)"', part) == [str(group)]
        assert "梅芳" in part
    assert f'id="group-{removed}"' not in visitor.fragment(f"{LIST}?q=丢单").text


def test_the_list_has_pages(browser, mei):
    part = browser(mei).fragment(f"{LIST}?page=2").text
    assert len(re.findall(r'id="group-\d+"', part)) == 25
    assert 'aria-current="page"' in part
    last = browser(mei).get(f"{LIST}?page=9999")
    assert re.findall(r'id="group-\d+"', last.text)


def test_nothing_found_offers_to_add_it(browser, mei):
    page = browser(mei).get(f"{LIST}?q=蓝鲸计划").text
    assert "/manage/synonyms/add?phrases=" in page


def test_a_long_list_costs_as_many_statements_as_a_short_one(browser, mei, statements, add):
    visitor = browser(mei)
    visitor.get(LIST)
    statements.clear()
    visitor.get(LIST)
    few = len(statements)
    for number in range(5):
        add(f"词组{number}号", f"phrase {number}")
    visitor.get(LIST)
    statements.clear()
    visitor.get(LIST)
    assert len(statements) == few


# Adding


def test_a_group_is_added(browser, mei):
    answer = browser(mei).post(f"{LIST}/add", data={"phrases": "蓝鲸，鲸落、blue whale\n蓝鲸"})
    assert answer.status_code == 303
    assert newest().phrases == ["蓝鲸", "鲸落", "blue whale"]
    assert newest().changed_by_id == mei.id


def test_what_is_left_out_is_told(browser, mei):
    visitor = browser(mei)
    answer = visitor.post(f"{LIST}/add", data={"phrases": "蓝鲸, 鲸落, 藍鯨"})
    assert "written the same: 藍鯨" in visitor.get(answer.location).text


@pytest.mark.parametrize(("text", "words"), [
    ("", "This is needed."), ("蓝鲸", "at least two phrases"), ("蓝鲸, 鲸", "is one character"),
    ("蓝鲸, " + "长" * 41, "at most 40 characters"), ("蓝鲸, !!!", "cannot be searched for"),
    (",".join(f"词组{n}号" for n in range(21)), "at most 20"),
    ("客户画像, 用户画像, customer profile, PERSONA", "exactly these phrases already"),
])
def test_what_cannot_be_added_says_why_and_keeps_what_was_typed(browser, mei, text, words):
    before = newest().id
    answer = browser(mei).post(f"{LIST}/add", data={"phrases": text})
    assert answer.status_code == 422
    assert words in answer.text
    assert text in answer.text
    assert newest().id == before


def test_the_form_can_be_filled_by_the_address(browser, mei):
    page = browser(mei).get(f"{LIST}/add?phrases=撞单，蓝鲸").text
    assert ">\n撞单，蓝鲸</textarea>" in page.replace("\r", "")
    assert "“撞单” also means" in page


def test_a_phrase_of_another_group_is_allowed_and_told(browser, mei, shipped_id):
    visitor = browser(mei)
    visitor.post(f"{LIST}/add", data={"phrases": "撞单, 蓝鲸"})
    page = visitor.get(f"{LIST}?q=蓝鲸").text
    assert "“撞单” also means" in page
    assert f'href="{at(shipped_id("抢单"), "edit")}"' in page


# Editing


def test_a_group_is_edited_and_given_its_first_phrases_again(browser, mei, shipped_id, row):
    visitor, group = browser(mei), shipped_id("撞单")
    original = row(group).phrases
    base = base_of(visitor.get(at(group, "edit")).text)
    answer = visitor.post(at(group, "edit"), data={"phrases": "撞单\n抢单", "base": base})
    assert answer.status_code == 303
    assert row(group).phrases == ["撞单", "抢单"]
    assert "As it came with the portal" in visitor.get(at(group, "edit")).text
    assert visitor.post(at(group, "reset")).status_code == 303
    assert row(group).phrases == original


def test_an_own_group_has_nothing_to_go_back_to(browser, mei, add, row):
    group = add("蓝鲸", "鲸落")
    visitor = browser(mei)
    assert "As it came with the portal" not in visitor.get(at(group, "edit")).text
    answer = visitor.post(at(group, "reset"))
    assert "did not come with the portal" in visitor.get(answer.location).text
    assert row(group).phrases == ["蓝鲸", "鲸落"]


def test_a_stale_form_overwrites_nothing_before_it_is_sent_again(browser, mei, wang, add, row):
    group = add("蓝鲸", "鲸落")
    base = base_of(browser(mei).get(at(group, "edit")).text)
    browser(wang).post(at(group, "edit"), data={"phrases": "蓝鲸, 白鲸"})
    form = {"phrases": "蓝鲸, 座头鲸", "base": base}
    answer = browser(mei).post(at(group, "edit"), data=form)
    assert answer.status_code == 409
    assert "Somebody else changed this group to “蓝鲸, 白鲸”" in answer.text
    assert "蓝鲸, 座头鲸" in answer.text
    assert row(group).phrases == ["蓝鲸", "白鲸"]
    again = {**form, "base": base_of(answer.text)}
    assert browser(mei).post(at(group, "edit"), data=again).status_code == 303
    assert row(group).phrases == ["蓝鲸", "座头鲸"]


def test_editing_what_somebody_removed_is_told(browser, mei, wang, add, row):
    group = add("蓝鲸", "鲸落")
    base = base_of(browser(mei).get(at(group, "edit")).text)
    browser(wang).post(at(group, "remove"))
    answer = browser(mei).post(at(group, "edit"), data={"phrases": "蓝鲸, 白鲸", "base": base})
    assert answer.status_code == 409
    assert "Somebody removed this group" in answer.text


# Removing


def test_a_group_is_removed_and_brought_back(browser, mei, add, row):
    group, visitor = add("蓝鲸", "鲸落"), browser(mei)
    answer = visitor.post(at(group, "remove"))
    assert row(group).removed_at is not None
    undo = re.search(r'action="(/manage/synonyms/\d+/put-back[^"]*)"',
                     visitor.get(answer.location).text)[1]
    assert visitor.post(undo.replace("&amp;", "&")).status_code == 303
    assert row(group).removed_at is None


def test_a_group_comes_not_back_beside_its_twin(browser, mei, add, row):
    group, visitor = add("蓝鲸", "鲸落"), browser(mei)
    visitor.post(at(group, "remove"))
    add("鲸落", "蓝鲸")
    answer = visitor.post(at(group, "put-back"))
    assert "exactly these phrases already" in visitor.get(answer.location).text
    assert row(group).removed_at is not None


def test_each_change_stands_in_the_audit_log(browser, admin, mei):
    visitor = browser(mei)
    visitor.post(f"{LIST}/add", data={"phrases": "蓝鲸, 鲸落"})
    group = newest().id
    visitor.post(at(group, "edit"), data={"phrases": "蓝鲸, 白鲸"})
    visitor.post(at(group, "remove"))
    visitor.post(at(group, "put-back"))
    page = browser(admin).get("/manage/audit").text
    for words in ("Added synonyms", "Changed synonyms", "Removed synonyms",
                  "Brought synonyms back"):
        assert words in page


# Trying


def test_a_query_is_tried(browser, mei, alice, carol, record):
    record(alice, title="撞单怎么办")
    record(alice, title="又被抢单了")
    record(carol, title="抢单，只给南区看", audience="team")
    part = browser(mei).fragment(f"{LIST}/try?try=客户被抢单").text
    assert part.lstrip().startswith('<div id="synonym_trial"')
    assert "抢单 <b>1</b>" in part
    assert "撞单 <b>1</b>" in part
    assert "争单 <b>0</b>" in part
    assert "finds 2 cases" in part


@pytest.mark.parametrize("text", ["", "xyzzy", '"', "-", "tag:", "撞单 " * 100])
def test_anything_may_be_tried(browser, mei, text):
    assert browser(mei).get(f"{LIST}/try", query_string={"try": text}).status_code == 200


# Who may


def test_managers_and_administrators_may_and_nobody_else(
    browser, mei, admin, alice, hr, shipped_id
):
    group = shipped_id("撞单")
    for person in (mei, admin):
        page = browser(person).get(LIST)
        assert page.status_code == 200
        assert 'href="/manage/synonyms"' in browser(person).get("/").text
    for person in (alice, hr):
        visitor = browser(person)
        for address in (LIST, f"{LIST}/add", at(group, "edit"), f"{LIST}/try",
                        f"{LIST}/import", f"{LIST}/synonyms.txt"):
            assert visitor.get(address).status_code == 403
        for act in ("edit", "remove", "put-back", "reset"):
            assert visitor.post(at(group, act)).status_code == 403
        assert 'href="/manage/synonyms"' not in visitor.get("/").text
    assert browser().get(LIST).status_code == 302


def test_addresses_and_methods(browser, mei):
    visitor = browser(mei)
    for number in (99999, 2**40):
        assert visitor.get(at(number, "edit")).status_code == 404
        for act in ("edit", "remove", "put-back", "reset"):
            assert visitor.post(at(number, act)).status_code == 404
    for act in ("remove", "put-back", "reset"):
        assert visitor.get(at(1, act)).status_code == 405
