"""The pages of the search log: standing questions, and that no page shows who."""

import re
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup

from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.search.log import actions, recorder
from portal.search.log.models import GapDecision
from tests.characters import PEOPLE
from tests.counting import statements_of

GAPS = "/search/gaps"


def main_of(answer):
    return BeautifulSoup(answer.text, "html.parser").find(id="main")


# --- opening a hit ---------------------------------------------------------------------------


@pytest.fixture
def case(record, alice):
    return record(alice, title="撞单怎么办")


def open_it(browser, person, case, q="撞单", rank="2", **more):
    form = {"q": q, "ref": f"case:{case.id}", "rank": rank, **more}
    return browser(person).post("/search/opened", data=form)


def test_what_is_opened_belongs_to_the_search(case, browser, rows, bob, clock):
    assert browser(bob).get("/search?q=撞单").status_code == 200
    clock.move(minutes=29)
    answer = open_it(browser, bob, case)
    assert (answer.status_code, answer.data) == (204, b"")
    (row,) = rows()
    assert (row.opened_ref, row.opened_rank, row.surface) == (f"case:{case.id}", 2, "results")


def test_a_chosen_suggestion_belongs_to_what_was_typed(case, browser, rows, bob, clock):
    person = browser(bob)
    for typed in ("撞", "撞单"):
        person.get("/search/suggest", query_string={"q": typed})
        clock.move(seconds=1)
    assert rows() == []
    open_it(browser, bob, case, rank="1")
    (row,) = rows()
    assert (row.text, row.surface, row.opened_rank) == ("撞单", "typing", 1)


def test_without_a_search_one_is_made(case, browser, rows, bob, clock):
    """Another process may still hold it: what that writes later is the same search."""
    open_it(browser, bob, case)
    recorder.remember(bob.id, "撞单", 31, "results", False)
    (row,) = rows()
    assert (row.total, row.opened_rank) == (31, 2)


def test_an_old_search_is_over(case, browser, rows, bob, clock):
    browser(bob).get("/search?q=撞单")
    clock.move(minutes=31)
    open_it(browser, bob, case)
    assert [row.opened_ref for row in rows()] == [None, f"case:{case.id}"]


def test_another_persons_search_stays_as_it_is(case, browser, rows, alice, bob):
    browser(alice).get("/search?q=撞单")
    open_it(browser, bob, case)
    assert {row.person_id: row.opened_rank for row in rows()} == {alice.id: None, bob.id: 2}


def test_what_one_cannot_read_is_not_there(record, browser, rows, alice, carol):
    secret = record(alice, audience="team", title="撞单")
    assert open_it(browser, carol, secret).status_code == 404
    assert rows() == []


@pytest.mark.parametrize("ref", ["case:987654", "case:²", "case:" + "9" * 5000, "lead:1", "x",
                                 "case:-1", "case:\x00"])
def test_a_reference_that_leads_nowhere_is_not_found(browser, bob, ref):
    assert browser(bob).post("/search/opened", data={"q": "x", "ref": ref}).status_code == 404


@pytest.mark.parametrize(("rank", "kept"), [
    ("", None), ("0", None), ("x", None), ("-1", None), ("٣", None), ("99999", 10_000),
    ("9" * 40, None),
])
def test_an_odd_rank_is_no_error(case, browser, rows, bob, rank, kept):
    assert open_it(browser, bob, case, rank=rank).status_code == 204
    assert rows()[0].opened_rank == kept


def test_without_words_there_is_nothing_to_keep(case, browser, rows, bob):
    assert open_it(browser, bob, case, q=" ").status_code == 204
    assert browser(bob).post("/search/opened", data={"q": "撞单"}).status_code == 422
    assert rows() == []


# --- one's own history -----------------------------------------------------------------------


def test_the_history_is_ones_own(browser, logged, alice, bob):
    logged(alice, "撞单怎么办")
    logged(bob, "回款 <b>逾期</b>")
    page = main_of(browser(bob).get("/search/history"))
    assert "回款 <b>逾期</b>" in page.text
    assert "撞单怎么办" not in page.text


def test_the_preferences_show_it_as_a_part(browser, logged, bob):
    logged(bob, "回款")
    person = browser(bob)
    assert 'hx-get="/search/history"' in person.get("/preferences").text
    part = person.fragment("/search/history").text
    assert part.lstrip().startswith('<section id="history"')


def test_one_question_is_forgotten_then_all(browser, logged, rows, bob):
    for text in ("回款", "撞单"):
        logged(bob, text)
    person = browser(bob)
    answer = person.post("/search/history/forget", data={"q": "回款", "next": "/preferences"})
    assert (answer.status_code, answer.location) == (303, "/preferences")
    assert "回款" not in main_of(person.get("/search/history")).text
    assert person.post("/search/history/clear").status_code == 303
    assert "撞单" not in main_of(person.get("/search/history")).text
    assert [row.person_id for row in rows()] == [None, None]


# --- gaps ------------------------------------------------------------------------------------


@pytest.fixture
def some_gaps(logged, alice, bob, carol):
    for person in (alice, bob, carol):
        logged(person, "碳足迹核算")
    logged(bob, "切换方案", total=4)
    logged(bob, "切换方案", total=4)


@pytest.mark.parametrize("role", ["mei", "hr", "admin"])
def test_who_answers_for_the_library_sees_them(some_gaps, browser, request, role):
    page = browser(request.getfixturevalue(role)).get(GAPS)
    assert page.status_code == 200
    assert "碳足迹核算" in page.text
    assert "three people or more" in page.text
    assert f'href="{GAPS}"' in page.text


def test_reps_do_not(some_gaps, browser, alice):
    person = browser(alice)
    assert person.get(GAPS).status_code == 403
    assert person.get(f"{GAPS}.csv").status_code == 403
    assert person.post(f"{GAPS}/dismiss", data={"key": "碳足迹核算"}).status_code == 403
    assert f'href="{GAPS}"' not in person.get("/").text


@pytest.mark.parametrize("url", [GAPS, f"{GAPS}.csv", f"{GAPS}?show=none&days=365"])
def test_no_page_shows_who(some_gaps, browser, rows, admin, url):
    person = browser(admin)
    answer = person.get(url)
    shown = main_of(answer).text if "html" in answer.mimetype else answer.text
    for login, (name, *_) in PEOPLE.items():
        assert name not in shown
        assert not re.search(rf"\b{login}\b", shown)
    # Neither a time of day, nor by exactly how many people.
    assert not re.search(r"\d:\d\d", shown)
    assert "3 people" not in shown


def test_each_gap_offers_what_to_do(some_gaps, browser, mei):
    page = main_of(browser(mei).get(GAPS))
    links = {link["href"] for link in page.find_all("a")}
    asked = urlencode({"title": "碳足迹核算", "gap": "碳足迹核算"})
    assert "/search?" + urlencode({"q": "碳足迹核算"}) in links
    assert f"/cases/new/problem?{asked}" in links
    assert "/manage/synonyms/add?" + urlencode({"phrases": "碳足迹核算"}) in links


def test_synonyms_are_offered_to_those_who_may_add_them(some_gaps, browser, hr):
    assert "/manage/synonyms" not in main_of(browser(hr).get(GAPS)).decode()


def test_dismissed_and_taken_back(some_gaps, browser, mei):
    person = browser(mei)
    form = {"key": "碳足迹核算", "next": f"{GAPS}?show=none"}
    answer = person.post(f"{GAPS}/dismiss", data=form)
    assert (answer.status_code, answer.location) == (303, f"{GAPS}?show=none")
    page = main_of(person.get(answer.location))
    assert "碳足迹核算" not in page.find(id="gaps").text
    assert "碳足迹核算" in person.get(f"{GAPS}?show=dismissed").text
    undo = page.find("form", action=re.compile("restore"))["action"]
    assert person.post(undo).location == f"{GAPS}?show=none"
    assert "碳足迹核算" in person.get(GAPS).text
    assert db.session.query(GapDecision).count() == 0


def test_an_asked_gap_shows_its_case_and_its_state(some_gaps, browser, record, mei, clock):
    case = record(mei, title="碳足迹怎么收费？")
    with transaction():
        actions.gap_asked(mei.id, "碳足迹核算", f"case:{case.id}", clock())
    page = main_of(browser(mei).get(f"{GAPS}?show=asked"))
    assert page.find("a", href=f"/cases/{case.id}").text == "碳足迹怎么收费？"
    assert "Not validated" in page.text


def test_a_case_one_cannot_read_is_not_shown(some_gaps, browser, record, alice, chen, clock):
    case = record(alice, audience="team", title="Secret of the team")
    with transaction():
        actions.gap_asked(alice.id, "碳足迹核算", f"case:{case.id}", clock())
    page = main_of(browser(chen).get(f"{GAPS}?show=asked"))
    assert "Secret" not in page.text
    assert "that you cannot read" in page.text


def test_the_question_form_carries_the_gap_to_the_case(some_gaps, browser, mei):
    person = browser(mei)
    page = BeautifulSoup(person.get(GAPS).text, "html.parser")
    link = page.find("a", href=re.compile("gap=.*E7"))["href"]
    form = BeautifulSoup(person.get(link).text, "html.parser")
    assert form.find(id="title")["value"] in ("碳足迹核算", "切换方案")
    assert form.find(attrs={"name": "gap"})["value"] in ("碳足迹核算", "切换方案")


def test_the_file_holds_the_same_list(some_gaps, browser, mei):
    answer = browser(mei).get(f"{GAPS}.csv?show=none")
    assert answer.mimetype == "text/csv"
    lines = answer.get_data(as_text=True).removeprefix("\ufeff").splitlines()
    assert lines[1:] == ["碳足迹核算,3,three people or more,2026-05-31,0,To do"]


def test_a_formula_in_a_question_is_only_text(logged, browser, alice, mei):
    logged(alice, "=HYPERLINK(1) 碳")
    assert "'=HYPERLINK" in browser(mei).get(f"{GAPS}.csv").text


def test_a_fragment_for_another_order(some_gaps, browser, mei):
    part = browser(mei).fragment(f"{GAPS}?sort=latest&days=30").text
    assert part.lstrip().startswith('<div id="gaps">')


@pytest.mark.parametrize("arguments", ["show=gossip&sort=x&days=7", "page=999", "page=0",
                                       "days=٣٠", "show=%00"])
def test_odd_addresses_show_the_list(some_gaps, browser, mei, arguments):
    answer = browser(mei).get(f"{GAPS}?{arguments}")
    assert answer.status_code == 200
    assert "碳足迹核算" in answer.text


def test_nothing_to_do_says_so(app, browser, mei):
    page = browser(mei).get(GAPS).text
    assert "No gaps" in page
    assert "Show what is to do" in browser(mei).get(f"{GAPS}?show=asked").text


def test_pages_of_gaps(logged, browser, alice, mei):
    for number in range(27):
        logged(alice, f"question {number}")
    person = browser(mei)
    assert len(main_of(person.get(f"{GAPS}?page=2")).find("tbody").find_all("tr")) == 2
    assert len(main_of(person.get(f"{GAPS}?page=7")).find("tbody").find_all("tr")) == 2


def test_statements_do_not_grow(app, logged, browser, alice, mei, record, clock):
    def fill(names):
        for name in names:
            logged(alice, f"{name} open")
            logged(alice, f"{name} asked")
            case = record(mei, title=name)
            with transaction():
                actions.gap_asked(mei.id, f"{name} asked", f"case:{case.id}", clock())

    person = browser(mei)
    pages = [GAPS, f"{GAPS}?show=asked", "/search/history"]
    fill("ab")
    few = [len(statements_of(app, person, url)) for url in pages]
    fill("cdefghijklmnop")
    assert [len(statements_of(app, person, url)) for url in pages] == few


@pytest.mark.parametrize(("method", "url"), [
    ("GET", "/search/opened"), ("GET", "/search/history/clear"), ("POST", "/search/history"),
    ("GET", f"{GAPS}/dismiss"), ("POST", GAPS),
])
def test_a_wrong_method(browser, admin, method, url):
    person = browser(admin)
    answer = person.get(url) if method == "GET" else person.post(url)
    assert answer.status_code == 405
