"""What is offered under the search box: one's own and popular queries, titles, tags, people."""

import html
import re

import pytest

from portal.core.unit_of_work import transaction
from portal.people.actions import PersonFacts, change_person, deactivate_person
from portal.search.log import queries
from tests.counting import statements_of


@pytest.fixture
def shelf(record, alice, bob, mei):
    record(alice, title="撞单怎么办", body="按首次拜访记录", tags=("撞单", "客户归属"))
    record(bob, kind="win", title="样板客户演示", tags=("a&b=c",))
    record(mei, title="撞单的内部口径", audience="managers", tags=("撞单底线",))


@pytest.fixture
def offered(browser):
    """`offered(bob, "撞单")`: the suggestions by the name of their group."""

    def ask(person, text=""):
        page = browser(person).get("/search/suggest", query_string={"q": text}).text
        groups = {}
        for name, inner in re.findall(
            r'aria-labelledby="suggest-(\w+)">(.*?)(?=<div class="option-group|<a class="option-all'
            r"|\Z)", page, re.DOTALL,
        ):
            texts = re.findall(r'<span class="option-text">(.*?)\s*(?:<span|</span>)', inner,
                               re.DOTALL)
            groups[name] = [html.unescape(re.sub("<[^>]+>", "", each)).strip() for each in texts]
        return groups

    return ask


@pytest.fixture
def asked(browser):
    """`asked("撞单", alice, bob)`: these people asked this on the page of results."""

    def ask(text, *people):
        for person in people:
            assert browser(person).get("/search", query_string={"q": text}).status_code == 200
        queries.history.count_popular_anew()

    return ask


def test_at_first_it_offers_what_one_asked_before(shelf, asked, offered, alice, bob):
    asked("样板", alice)
    asked("撞单", alice)
    assert offered(alice) == {"recent": ["撞单", "样板", "Clear all"]}
    assert offered(bob) == {}


def test_what_one_asked_can_be_forgotten(shelf, asked, offered, browser, alice):
    asked("样板", alice)
    asked("撞单", alice)
    person = browser(alice)
    person.post("/search/history/forget", data={"q": "撞单"})
    assert offered(alice)["recent"] == ["样板", "Clear all"]
    person.post("/search/history/clear")
    assert offered(alice) == {}


def test_popular_is_what_three_people_ask(shelf, asked, offered, alice, bob, carol, mei):
    asked("撞单", alice, bob)
    assert "popular" not in offered(mei)
    asked("撞单", carol)
    assert offered(mei) == {"popular": ["撞单"]}
    assert "popular" not in offered(alice), "it stands among her own searches"


@pytest.mark.parametrize("text", ["内部口径", "撞单底线", "撞单 口径", "tag:撞单底线 撞单"])
def test_popular_tells_nothing_of_hidden_records(shelf, asked, offered, text, mei, wang, chen, bob,
                                                 hr):
    asked(text, mei, wang, chen)
    assert "popular" not in offered(bob)
    assert "popular" not in offered(hr, text[:2])


def test_typing_continues_earlier_queries(shelf, asked, offered, alice):
    asked("撞单怎么办", alice)
    asked("样板", alice)
    assert offered(alice, "撞單")["recent"] == ["撞单怎么办"]
    assert "recent" not in offered(alice, "撞单怎么办")


@pytest.mark.parametrize("text", ["撞", "撞单", "zhuangd", "zd", "撞單"])
def test_titles_and_tags_by_beginning_part_and_sound(shelf, offered, bob, text):
    found = offered(bob, text)
    assert found["titles"][0] == "撞单怎么办"
    assert found["tags"] == ["撞单"]


def test_a_tag_inside_what_is_typed(shelf, offered, bob):
    assert offered(bob, "客户归属问题")["tags"] == ["客户归属"]


def test_whole_words_come_before_sounds_that_run_across_words(shelf, record, offered, bob):
    for number in range(6):
        record(bob, title=f"第{number}家：重新谈判，一直等到最后")
    assert offered(bob, "zxtp")["titles"][0].startswith("第")
    record(bob, title="谁先登记", tags=("直达",))
    assert set(offered(bob, "zd")["titles"][:2]) == {"谁先登记", "撞单怎么办"}


@pytest.mark.parametrize(("text", "titles"), [
    ("撞单 -首次拜访", None), ("tag:撞单", ["撞单怎么办"]), ("kind:win 演示", ["样板客户演示"]),
    ("kind:loss 演示", None), ('"样板客户"', ["样板客户演示"]), ('"样板', ["样板客户演示"]),
    ("撞单 -", ["撞单怎么办"]),
])
def test_titles_are_as_narrow_as_the_results(shelf, offered, bob, text, titles):
    assert offered(bob, text).get("titles") == titles


@pytest.mark.parametrize("text", ["tag:撞", "撞 tag:客户", "演示 标签：归属"])
def test_tags_while_one_is_typed_as_a_field(shelf, offered, bob, text):
    assert set(offered(bob, text)["tags"]) <= {"撞单", "客户归属"}


def test_hidden_titles_and_tags_are_for_those_who_may_read_them(shelf, offered, bob, chen):
    assert offered(chen, "撞单")["tags"] == ["撞单", "撞单底线"]
    assert "撞单的内部口径" in offered(chen, "撞单")["titles"]
    for text in ("撞单", "撞单底线", "zhuangdan", "底线", "内部", "口径"):
        found = [each for group in offered(bob, text).values() for each in group]
        assert not {"撞单底线", "撞单的内部口径"} & set(found)


@pytest.mark.parametrize("text", ["李爱丽", "爱丽", "liaili", "lal", "li", "ALICE", "ali"])
def test_people_by_name_sound_and_login(offered, bob, text):
    assert "李爱丽" in offered(bob, text)["people"]


def test_people_by_job_and_team(app, offered, admin, alice, bob, clock):
    facts = PersonFacts(login="alice", name="李爱丽", role="rep", team_id=alice.team_id,
                        job_title="解决方案专家")
    with transaction():
        change_person(admin.actor, alice.row, facts, clock())
    assert offered(bob, "方案专家")["people"] == ["李爱丽"]
    assert "李爱丽" in offered(bob, "Shanghai")["people"]


def test_who_left_is_no_longer_offered(app, offered, admin, alice, bob, clock):
    with transaction():
        deactivate_person(admin.actor, alice.row, clock())
    assert "people" not in offered(bob, "李爱丽")


def test_a_suggestion_leads_to_the_record_the_tag_the_results(shelf, browser, bob):
    person = browser(bob)
    page = person.get("/search/suggest?q=a%26b").text
    address = html.unescape(re.search(r'href="(/search\?tag=[^"]*)"', page).group(1))
    assert "样板客户演示" in person.get(address).text
    assert 'href="/search?q=a%26b"' in page
    titled = person.get("/search/suggest?q=撞单").text
    assert re.search(r'href="/cases/1" data-opened="case:1" data-rank="1"', titled)


def test_only_that_many_statements_while_typing(app, shelf, asked, browser, alice, bob, carol):
    asked("撞单怎么办", alice, bob, carol)
    typing = statements_of(app, browser(alice), "/search/suggest?q=撞单")
    first = statements_of(app, browser(alice), "/search/suggest?q=")
    assert len(typing) <= 12
    assert len(first) <= 8
