"""The results page, with facets and an address to share, and the suggestions (S1, S4)."""

import html
import re

import pytest

from portal.core.unit_of_work import transaction
from portal.lists.actions import tags_named

pytestmark = pytest.mark.usefixtures("either_engine")


@pytest.fixture
def shelf(record, alice, bob):
    record(alice, title="撞单怎么办", body="按 **首次拜访** 记录", tags=("撞单",), stage="needs")
    record(bob, kind="win", title="撞单后赢单", tags=("a&b=c",), industry="it")


def hits(answer) -> list[str]:
    found = re.findall(r'class="result-title"><a[^>]*>(.*?)</a>', answer.text)
    return [re.sub("<[^>]+>", "", title) for title in found]


def link(page: str, label: str, look: str = "facet-link") -> str:
    """The address behind the link of this look with this word."""
    for attributes, inner in re.findall(r'<a class="([^>]*)>(.*?)</a>', page, re.DOTALL):
        if look in attributes.split('"')[0] and label in inner:
            return html.unescape(re.search('href="([^"]*)"', attributes).group(1))
    raise AssertionError(f"no link {label}")


def words(markup: str) -> str:
    """What a person reads."""
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", markup)).split())


def test_hits_with_marks_snippets_and_trust(shelf, browser, bob):
    page = browser(bob).get("/search?q=首次拜访").text
    assert "<mark>首次拜访</mark>" in page
    assert "撞单怎么办" in page
    assert "Not validated" in page
    assert 'value="首次拜访"' in page


def test_a_fragment_for_a_part_of_the_page(shelf, browser, bob):
    answer = browser(bob).fragment("/search?q=撞单")
    assert answer.text.lstrip().startswith('<div id="results" ')
    assert len(hits(answer)) == 2


def test_a_facet_is_chosen_and_lifted_by_its_address(shelf, browser, bob):
    person = browser(bob)
    page = person.get("/search?q=撞单&page=2&sort=oldest").text
    chosen = link(page, "Won" if ">Won" in page else "Win")
    narrowed = person.get(chosen)
    assert hits(narrowed) == ["撞单后赢单"]
    assert "sort=oldest" in chosen
    assert "page" not in chosen
    lifted = link(narrowed.text, "Won" if ">Won" in page else "Win")
    assert len(hits(person.get(lifted))) == 2


def test_a_tag_with_signs_of_addresses_is_chosen_too(shelf, browser, bob):
    person = browser(bob)
    chosen = link(person.get("/search?q=撞单").text, "a&amp;b=c")
    assert hits(person.get(chosen)) == ["撞单后赢单"]


def test_facets_speak_chinese(shelf, browser, bob):
    page = browser(bob, language="zh").get("/search?q=撞单").text
    assert "信息技术" in page
    assert 'lang="zh-CN"' in page


def test_sort_and_archive_have_addresses(shelf, browser, bob):
    person = browser(bob)
    oldest = link(person.get("/search?q=撞单").text, "Oldest first", "choice")
    assert "sort=oldest" in oldest
    archive = link(person.get(oldest).text, "archive")
    assert "archive=1" in archive
    assert "archive" not in link(person.get(archive).text, "archive")


@pytest.mark.parametrize(("address", "orders"), [
    ("/search?q=撞单", ["relevance", "newest", "oldest"]), ("/search", ["newest", "oldest"]),
    ("/search?q=-投诉", ["newest", "oldest"]), ("/search?scope=people", []),
])
def test_only_orders_that_differ_are_offered(shelf, browser, bob, address, orders):
    page = browser(bob).get(address).text
    assert re.findall(r'id="sort-(\w+)"', page) == orders
    assert re.findall(r'class="choice active" id="sort-(\w+)"', page) == orders[:1]


@pytest.mark.parametrize(("query", "words"), [
    ('"撞单', "quotation mark"), ("撞单 -", "minus"), ("tag:", "Nothing stands after"),
    ("before:gestern", "is not a date"), ("after:2026-02 before:2026-01", "exclude everything"),
    ("撞单" * 150, "only its beginning"), ("a " * 100, "only its beginning"),
    ("-撞单", "only exclusions"), ("tag:撞单子", "No tag is called “撞单子”"),
    ("kind:gossip", "No kind of case is called “gossip”"), ("author:谁", "Nobody here is called"),
    ("stage:moon", "“moon” is not known as Stage"), ("状态:moon", "“moon” is not known as State"),
])
def test_what_could_not_be_used_is_explained(shelf, browser, bob, query, words):
    answer = browser(bob).get("/search", query_string={"q": query})
    assert answer.status_code == 200
    assert words in answer.text


@pytest.mark.parametrize("arguments", [
    "q=%00", "q=%ff%fe", "q=" + "(" * 300, "q=撞单&page=0", "q=撞单&page=99999999999",
    "q=撞单&sort=gossip", "q=撞单&since=x&until=2026-13-45", "q=撞单&since=0001-01-01",
    "q=撞单&until=9999-12-31", "q=撞单&kind=gossip&kind=%00", "q=撞单&endpoint=x&_method=PUT",
    "q=撞单&_scheme=javascript&_external=1&_anchor=a", "q=撞单&lang=xx", "",
    "&".join(f"kind=k{n}" for n in range(400)), "q=*", "q=-撞单", "q=" + "x" * 7000,
])
def test_odd_addresses_are_no_errors(shelf, browser, bob, arguments):
    person = browser(bob)
    for url in ("/search", "/search/suggest"):
        answer = person.get(f"{url}?{arguments}")
        assert answer.status_code == 200
        assert 'href="javascript' not in answer.text


def test_the_tag_of_exactly_this_name_is_meant_however_many_hold_it(record, browser, bob):
    with transaction():
        tags_named(f"客户{number}" for number in range(60))
    record(bob, title="Of one household", tags=("户",))
    assert hits(browser(bob).get("/search?q=tag:户")) == ["Of one household"]


def test_what_a_field_does_not_know_comes_with_what_it_knows(shelf, browser, bob):
    person = browser(bob)
    page = person.get("/search?q=tag:撞单子 怎么办").text
    meant = re.search('Did you mean: *<a href="([^"]*)">撞单</a>', page)
    assert hits(person.get(html.unescape(meant.group(1)))) == ["撞单怎么办"]
    assert "Did you mean" not in person.get("/search?q=tag:完全两样").text


def test_a_field_offers_what_means_the_same(shelf, browser, bob):
    page = browser(bob).get("/search?q=tag:抢单").text
    assert re.search('Did you mean: *<a href="[^"]*">撞单</a>', page)


def test_chosen_and_typed_filters_are_lifted_one_by_one_and_all_at_once(shelf, browser, bob):
    person = browser(bob)
    page = person.get('/search?q=撞单 tag:撞单 -演示&kind=problem&since=2026-01-01').text
    assert hits(person.get(link(page, "撞单", "chip"))) == ["撞单怎么办"]
    fields = re.compile('class="chip-field">(.*?)<')
    assert fields.findall(page) == ["Kind", "Tag", "Without", "From"]
    for name in fields.findall(page):
        left = person.get(link(page, name, "chip")).text
        assert set(fields.findall(left)) == set(fields.findall(page)) - {name}
    cleared = link(page, "Clear all", "chip-all")
    assert len(hits(person.get(cleared))) == 2
    assert "chosen-filters" not in person.get(cleared).text


def test_the_days_are_chosen_quickly_or_written(shelf, browser, bob):
    person = browser(bob)
    page = person.get("/search?q=撞单").text
    month = link(page, "This month")
    assert "since=2026-06-01" in month
    assert len(hits(person.get(month))) == 2
    assert "since" not in link(person.get(month).text, "This month")
    assert hits(person.get("/search?q=撞单&until=2026-05-31")) == []
    assert 'name="q" value="撞单"' in page


@pytest.mark.parametrize(("arguments", "told"), [
    ("since=2026-07-01&until=2026-06-01", "the end is before the start"),
    ("since=2026-07-01&q=before:2026-06", "the end is before the start"),
    ("since=yesterday", "“yesterday” is not a date"),
])
def test_days_that_cannot_be_used_are_explained(shelf, browser, bob, arguments, told):
    assert told in browser(bob).get(f"/search?{arguments}").text


def test_a_facet_that_all_share_is_no_choice(shelf, browser, bob):
    page = browser(bob).get("/search?q=撞单").text
    assert 'id="facet-kind"' in page
    assert 'id="facet-language"' not in page


def test_long_facets_show_the_first_values_and_unfold(record, browser, alice):
    for number in range(8):
        record(alice, title=f"撞单 {number}", tags=(f"t{number}",))
    page = browser(alice).get("/search?q=撞单").text
    shown, _, more = page.partition('id="facet-tag-more"')
    assert (shown.count('id="facet-tag-t'), more.count('id="facet-tag-t')) == (5, 3)
    assert "3 more" in more


def test_a_page_past_the_end_is_the_last_one(shelf, browser, bob):
    assert len(hits(browser(bob).get("/search?q=撞单&page=7"))) == 2


def test_pages(record, browser, alice):
    for number in range(23):
        record(alice, title=f"撞单 {number}")
    person = browser(alice)
    first, second = person.get("/search?q=撞单"), person.get("/search?q=撞单&page=2")
    assert (len(hits(first)), len(hits(second))) == (20, 3)
    assert not set(hits(first)) & set(hits(second))
    assert "page=2" in first.text


def test_nothing_found_leads_to_a_question(browser, bob):
    page = browser(bob).get("/search?q=%3Cscript%3E").text
    assert "/cases/new/problem?title=" in page
    assert "<script>" not in page[page.index('id="main"'):page.index("</main>")]


def test_hostile_words_in_hits_are_escaped(record, browser, alice, bob):
    record(alice, title="<img src=x onerror=alert(1)> reps", body="<script>alert(1)</script> reps")
    for url in ("/search?q=reps", "/search/suggest?q=reps"):
        page = browser(bob).get(url).text
        assert "<img src=x" not in page
        assert "<script>alert" not in page


def test_suggestions_are_titles_and_the_way_to_all_results(shelf, browser, bob):
    page = browser(bob).get("/search/suggest?q=zhuangdan").text
    assert page.lstrip().startswith('<div id="suggest" ')
    assert page.count('role="option"') == 4
    assert 'href="/search?q=zhuangdan"' in page


def test_suggestions_for_nothing_are_none(shelf, browser, bob):
    assert 'role="option"' not in browser(bob).get("/search/suggest?q=%20").text


@pytest.mark.parametrize("url", ["/search?q=x", "/search/suggest?q=x"])
def test_only_signed_in_people_search_and_only_by_asking(browser, bob, url):
    assert browser().get(url).status_code == 302
    assert browser(bob).post(url).status_code == 405
