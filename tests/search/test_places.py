"""Each hit says where it was found, and shows the words that say most (S1, S4)."""

import re
from io import BytesIO

import pytest

from portal.cases.actions import attachments
from portal.cases.actions.talk import withdraw
from portal.cases.attached_texts import read_attachments
from portal.cases.content import RetrospectiveContent
from portal.cases.models import Case
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.search import find
from portal.search.indexer import index_pending
from tests.counting import statements_of


@pytest.fixture
def hits(app):
    """`hits(alice, "撞单")`: the hits with their places."""

    def ask(person, text):
        with app.test_request_context(headers={"Accept-Language": "en"}):
            return find.ask(person.actor, find.Question(text), with_places=True).found

    return ask


@pytest.fixture
def places(hits):
    def ask(person, text):
        return [(place.where, place.label) for place in hits(person, text)[0].places]

    return ask


def shown(fragments):
    return "".join(f"[{each.text}]" if each.match else each.text for each in fragments)


def test_title_text_tag_and_author(record, places, alice):
    record(alice, title="两个销售撞单", body="隔壁组先抢单。", tags=("撞单", "归属"))
    assert places(alice, "撞单") == [("title", ""), ("text", ""), ("tag", "撞单")]
    assert places(alice, "爱丽") == [("author", "李爱丽")]
    assert places(alice, "归属") == [("tag", "归属")]


def test_a_solution_and_a_comment_with_the_way_there(record, propose, remark, hits, bob, carol,
                                                      alice):
    case = record(alice, title="Two reps claim one customer", body="Who owns it?")
    solution = propose(bob, case, "先登记的负责。按报备时间仲裁。")
    comment = remark(carol, case, "我们组用的是抓阄，很公平。")
    found = hits(alice, "报备时间")[0]
    assert found.places == (find.Place("solution", "张博"),)
    assert "[报备时间]" in shown(found.snippet)
    assert found.url == f"/cases/{case.id}#solution-{solution.id}"
    found = hits(alice, "抓阄")[0]
    assert found.places == (find.Place("comment", "陈可"),)
    assert found.url.endswith(f"#comment-{comment.id}")


def test_a_withdrawn_text_is_no_place(record, propose, hits, alice, bob, clock):
    case = record(alice, title="撞单", body="Who owns it?")
    solution = propose(bob, case, "先登记的负责")
    with transaction():
        withdraw(bob.actor, db.session.merge(solution), clock())
    assert hits(alice, "先登记的负责") == []


def test_the_words_of_a_file(record, places, hits, alice, app, clock):
    case = record(alice, title="大客户的要求", body="见附件")
    with transaction():
        attachments.attach(
            alice.actor, db.session.get_one(Case, case.id),
            attachments.Upload("要求.txt", BytesIO("每年驻场四十天，不得转包。".encode())),
            app.extensions["settings"].files, 1, clock(),
        )
    read_attachments()
    index_pending()
    assert places(alice, "驻场") == [("attachment", "要求.txt")]
    found = hits(alice, "驻场")[0]
    assert "每年[驻场]四十天" in shown(found.snippet)
    assert found.url.endswith("#attachments")


def test_the_facts_of_a_retrospective(record, places, alice):
    record(alice, kind="win", title="赢下样板客户", body="很久", industry="finance",
           retrospective=RetrospectiveContent(competitors=("金蝶",), repeat="带专家去"))
    assert places(alice, "金蝶") == [("facts", "")]
    assert places(alice, "带专家") == [("facts", "")]
    assert places(alice, "金融") == [("facts", "")]


def test_the_text_is_shown_when_it_says_as_much(record, propose, hits, alice, bob):
    case = record(alice, title="客户归属", body="报价之前先登记。")
    propose(bob, case, "报价之后也行。")
    assert shown(hits(alice, "报价")[0].snippet).startswith("[报价]之前")
    both = hits(alice, "报价 之后也行")[0]
    assert shown(both.snippet).startswith("[报价之后也行]")
    assert both.url.endswith("#solution-1")


def test_a_synonym_joined_by_a_hyphen_is_a_match(record, places, alice):
    record(alice, title="Two of us", tags=("duplicate-claim",))
    assert places(alice, "撞单") == [("tag", "duplicate-claim")]


def test_the_page_says_it_in_both_languages(record, propose, browser, alice, bob):
    case = record(alice, title="Two reps claim one customer", body="Who owns it?")
    propose(bob, case, "Ask for the <b>call log</b>")
    page = browser(alice).get("/search?q=call+log").text
    assert re.search(r"Found in:\s*<span>solution by 张博</span>", page)
    assert f'href="/cases/{case.id}#solution-1"' in page
    assert "<mark>call log</mark>" in page or "<mark>call</mark>" in page


def test_as_many_statements_for_one_hit_as_for_twenty(app, record, propose, remark, browser,
                                                       alice, bob):
    person = browser(alice)

    def fill(number):
        for _ in range(number):
            case = record(alice, title="Two reps", body="Who owns it?")
            propose(bob, case, "按报备时间仲裁")
            remark(bob, case, "报备时间要准")

    fill(1)
    few = len(statements_of(app, person, "/search?q=报备时间"))
    fill(7)
    assert len(statements_of(app, person, "/search?q=报备时间")) <= few
    assert few <= 20
