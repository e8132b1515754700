"""When nothing is found there are ways on, and none of them tells of hidden records (S3)."""

import html
import re

import pytest

from portal.cases.actions.cases import archive_case
from portal.core.unit_of_work import transaction
from portal.search import find
from portal.search.query import parse


@pytest.fixture
def shelf(record, alice, bob, mei):
    record(bob, kind="win", title="汽配厂赢单复盘", body="先演示，后报价。",
           tags=("赢单", "样板客户"))
    record(bob, title="Negotiating with procurement", body="Ask for the deadline.")
    record(mei, title="底线口径", audience="managers", body="绝密的降价阶梯", tags=("降价底线",))


@pytest.fixture
def related(app, shelf):
    def ask(person, text):
        with app.test_request_context():
            return find.related(person.actor, parse(text))

    return ask


@pytest.fixture
def ways(app, shelf):
    """`ways(bob, "…", kind=("win",))`: what else the same question could be, with counts."""

    def ask(person, text, *, scope="library", archive=False, **filters):
        question = find.Question(text, filters, archive=archive, scope=scope)
        with app.test_request_context():
            return {way.code: way.count for way in find.ways_on(person.actor, question)}

    return ask


@pytest.mark.parametrize(("typed", "meant"), [
    ("盈单", "赢单"), ("negociatoin", "negotiating"), ("样品客户库", "样板客户"),
])
def test_related_words_are_alike_in_sound_spelling_or_part(related, bob, typed, meant):
    assert meant in related(bob, typed)


def test_words_whose_sounds_were_typed_as_one_are_related(related, bob):
    assert related(bob, "yangbanyingdan")[:3] == ["样板 赢单", "样板", "赢单"]


def test_synonyms_that_find_something_are_related(related, record, alice):
    record(alice, title="We met a duplicate claim")
    assert "duplicate claim" in related(alice, '"撞单"')


@pytest.mark.parametrize("typed", ["降价底钱", "底线", "底限", "绝密", "底线口镜", "jiangjia",
                                   "dixiankoujing"])
def test_related_words_tell_nothing_hidden(related, bob, mei, typed):
    for word in related(bob, typed):
        assert not {"降价底线", "底线口径", "底线", "绝密", "口径"} & {word}


def test_what_is_hidden_is_related_for_those_who_may_read_it(related, chen):
    assert "降价底线" in related(chen, "降价底钱")


@pytest.mark.parametrize(("text", "filters", "expected"), [
    ("演示", {"kind": ("loss",)}, {"filters": 1}),
    ("演示 kind:loss", {}, {"fields": 1}),
    ("演示 -赢单", {}, {"exclusions": 1}),
    ('"报价演示"', {}, {"quotes": 1}),
    ('"报价演示" -赢单', {"kind": ("loss",)}, {"words": 1}),
    ("张博", {"kind": ("loss",)}, {"filters": 2, "scope:people": 1}),
    ("kind:win tag:赢单 language:en", {}, {"part:language:en": 1}),
    ("什么都没有的词汇", {}, {}),
])
def test_the_same_question_asked_wider(ways, bob, text, filters, expected):
    assert ways(bob, text, **filters) == expected


def test_the_archive_is_a_way(ways, record, bob, clock):
    case = record(bob, title="旧式传真机")
    with transaction():
        archive_case(bob.actor, case, clock())
    assert ways(bob, "传真机") == {"archive": 1}
    assert ways(bob, "传真机", archive=True) == {}


def test_no_way_leads_to_what_is_hidden(ways, bob, mei):
    assert ways(bob, '"绝密" kind:loss') == {}
    assert ways(mei, '"绝密" kind:loss') == {"fields": 1}


def test_the_page_offers_all_of_it(shelf, browser, bob):
    person = browser(bob)
    page = person.get("/search?q=演示 kind:loss&sort=newest").text
    way = re.search(r'<a href="([^"]*)">only the words, without kind:loss', page).group(1)
    assert "汽配厂赢单复盘" in person.get(html.unescape(way)).text
    assert "/cases/new/problem?title=%E6%BC%94%E7%A4%BA" in page
    assert "without names" in page


def test_a_question_of_fields_alone_is_nothing_to_ask_colleagues(shelf, browser, bob):
    page = browser(bob).get("/search?q=kind:loss").text
    assert "Nothing found" in page
    assert "/cases/new/problem?title" not in page
