"""One entry: renamed, moved, retired; and two tags merged."""

import re

import pytest

from portal.cases.models import Case
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.lists.actions import change_term, tags_named
from portal.lists.models import Term


def term(name, code):
    db.session.rollback()
    return db.session.query(Term).filter_by(list=name, code=code).one_or_none()


def at(row, act):
    return f"/manage/lists/{row.list}/{row.id}/{act}"


@pytest.fixture
def tag(app):
    """`tag("撞单")` is the tag of this name, made if need be."""

    def made(label):
        with transaction():
            tags_named([label])
        return term("tag", label)

    return made


def test_an_entry_is_renamed_everywhere_and_keeps_its_code(app, browser, admin, record, alice):
    case = record(alice, stage="needs")
    form = {"label_zh": "需要", "label_en": "Wants"}
    answer = browser(admin).post(at(term("stage", "needs"), "edit"), data=form)
    assert answer.status_code == 303
    assert "Wants" in browser(alice).get(f"/cases/{case.id}").text
    assert "需要" in browser(alice, language="zh").get(f"/cases/{case.id}").text


@pytest.mark.parametrize(("form", "words"), [
    ({"label_zh": ""}, "This is needed."), ({"label_zh": "方案"}, "already has this entry"),
])
def test_a_wording_that_cannot_be_says_why(app, browser, admin, form, words):
    answer = browser(admin).post(at(term("stage", "needs"), "edit"), data=form)
    assert answer.status_code == 422
    assert words in answer.text
    assert term("stage", "needs").label_zh == "需求"


def test_a_stale_form_overwrites_nothing_before_it_is_sent_again(app, browser, admin, clock):
    address = at(term("stage", "needs"), "edit")
    base = re.search(r'name="base"[^>]*value="([^"]+)"', browser(admin).get(address).text)[1]
    with transaction():
        change_term(admin.id, term("stage", "needs"), "需要", "Wants", True, clock())
    answer = browser(admin).post(address, data={"label_zh": "诉求", "base": base})
    assert answer.status_code == 409
    assert "需要" in answer.text
    assert term("stage", "needs").label_zh == "需要"


def test_the_order_changes_by_one_place(app, browser, admin):
    order = [row.code for row in db.session.query(Term).filter_by(list="stage")
             .order_by(Term.position)]
    answer = browser(admin).post(at(term("stage", order[1]), "move"), data={"step": "up"})
    assert answer.status_code == 303
    assert term("stage", order[1]).position < term("stage", order[0]).position


@pytest.mark.parametrize("step", ["", "left"])
def test_another_step_is_refused(browser, admin, step):
    answer = browser(admin).post(at(term("stage", "needs"), "move"), data={"step": step})
    assert answer.status_code == 422


def test_tags_have_no_order(browser, admin, tag):
    assert browser(admin).post(at(tag("撞单"), "move"), data={"step": "up"}).status_code == 422


def test_an_entry_is_retired_and_brought_back(app, browser, admin):
    visitor = browser(admin)
    answer = visitor.post(at(term("stage", "needs"), "retire"))
    assert not term("stage", "needs").active
    undo = at(term("stage", "needs"), "restore")
    assert f'action="{undo}"' in visitor.get(answer.location).text
    assert visitor.post(undo).status_code == 303
    assert term("stage", "needs").active


def test_a_tag_is_renamed_but_not_to_the_name_of_another(app, browser, admin, tag):
    tag("价格")
    row = tag("撞单")
    answer = browser(admin).post(at(row, "edit"), data={"label_zh": "价格"})
    assert answer.status_code == 422
    assert "merge the two instead" in answer.text
    assert browser(admin).post(at(row, "edit"), data={"label_zh": "争单"}).status_code == 303
    assert term("tag", "争单").id == row.id


def test_two_tags_become_one_after_seeing_what_moves(app, browser, admin, alice, record, tag):
    one, both = record(alice, tags=("争单",)), record(alice, tags=("争单", "撞单"))
    address = at(term("tag", "争单"), "merge")
    visitor = browser(admin)
    assert "2 records have this tag." in visitor.get(address).text
    page = visitor.get(f"{address}?into=撞单").text
    assert "2 records move" in page
    assert "1 has “撞单” already." in page
    assert term("tag", "争单") is not None
    assert visitor.post(address, data={"into": " 撞单"}).status_code == 303
    assert term("tag", "争单") is None
    for case in (one, both):
        tags = db.session.get(Case, case.id).tags
        assert [tag.label_zh for tag in tags] == ["撞单"]


@pytest.mark.parametrize("into", ["", "没有", "争单"])
def test_a_merge_into_nothing_or_itself_is_refused(app, browser, admin, tag, into):
    row = tag("争单")
    assert browser(admin).post(at(row, "merge"), data={"into": into}).status_code == 422
    assert term("tag", "争单") is not None


ACTS = ("edit", "move", "retire", "restore")


def test_others_may_not(browser, alice, mei, hr, tag):
    row = tag("撞单")
    for person in (alice, mei, hr):
        for act in (*ACTS, "merge"):
            assert browser(person).post(at(row, act)).status_code == 403


@pytest.mark.parametrize("act", ACTS)
def test_an_entry_is_found_in_its_own_list_alone(browser, admin, act):
    number = term("stage", "needs").id
    for address in (f"/manage/lists/region/{number}/{act}", f"/manage/lists/stage/99999/{act}",
                    f"/manage/lists/stage/{2**40}/{act}", f"/manage/lists/tag/{number}/merge"):
        assert browser(admin).post(address).status_code == 404


@pytest.mark.parametrize("act", ["move", "retire", "restore"])
def test_what_writes_takes_no_get(browser, admin, act):
    assert browser(admin).get(at(term("stage", "needs"), act)).status_code == 405
