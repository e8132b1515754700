"""The case library as lists: library, drafts, of_person, of_team."""

import re

import pytest

from portal.cases.actions.cases import archive_case, validate_case
from portal.extensions import db
from portal.lists.models import Term
from tests.cases.addresses import form


def titles(answer) -> list[str]:
    return re.findall(r'class="list-row-title" href="[^"]*">([^<]*)<', answer.text)


@pytest.fixture
def shelf(record, propose, alice, bob, carol, mei, act, clock):
    """One case of every sort that a filter can tell apart."""
    record(alice, title="Problem east", stage="needs", region="east", tags=("撞单",))
    clock.move(hours=1)
    win = record(bob, kind="win", title="赢单南方", stage="signed", region="south", industry="it")
    clock.move(hours=1)
    record(carol, kind="lesson", title="Team lesson", audience="team")
    record(carol, kind="lesson", title="Managers only", audience="managers")
    record(carol, title="Half done", draft=True)
    gone = record(alice, kind="intel", title="Archived intel", product="erp")
    answered = record(carol, title="Answered problem")
    propose(bob, answered)
    act(validate_case, mei.actor, win, clock())
    act(archive_case, alice.actor, gone, clock())


def test_it_lists_what_this_person_may_read_newest_first(shelf, browser, alice, carol, chen):
    assert titles(browser(alice).get("/cases")) == [
        "Answered problem", "赢单南方", "Problem east"]
    assert "Team lesson" in titles(browser(carol).get("/cases"))
    assert "Managers only" in titles(browser(chen).get("/cases"))


NARROWED = {
    "kind=win": ["赢单南方"], "stage=needs": ["Problem east"],
    "region=south": ["赢单南方"], "industry=it": ["赢单南方"], "tag=撞单": ["Problem east"],
    "state=answered": ["Answered problem"], "state=open&kind=problem": ["Problem east"],
    "confidence=validated": ["赢单南方"], "confidence=overdue": [],
    "confidence=archived": ["Archived intel"], "language=zh": ["赢单南方"],
    "kind=win&stage=needs": [], "kind=gossip": [], "tag=%25": [],
    "kind=" + "x" * 5000: [],
}


def test_filters_narrow_and_nonsense_finds_nothing(shelf, browser, alice):
    person = browser(alice)
    for query, found in NARROWED.items():
        assert titles(person.get(f"/cases?{query}")) == found, query


def test_a_sign_that_no_text_holds_is_no_failure(app, browser, alice):
    """SQLite compares with it and finds nothing; PostgreSQL refuses."""
    person = browser(alice)
    for query in ("kind=%00", "tag=%00", "author=%00"):
        assert person.get(f"/cases?{query}").status_code in (200, 400)
    for query in ("q=author:%00", "q=tag:%00", "q=%00", "kind=%00"):
        assert person.get(f"/search?{query}").status_code in (200, 400)


def test_the_author_narrows_too(shelf, browser, alice, carol):
    answer = browser(alice).get(f"/cases?author={carol.id}")
    assert titles(answer) == ["Answered problem"]
    assert carol.name in answer.text


@pytest.mark.parametrize("author", ["abc", "²", "-1", "9" * 40, "", "%00"])
def test_an_author_who_does_not_exist_is_no_error(shelf, browser, alice, author):
    assert browser(alice).get(f"/cases?author={author}").status_code == 200


def test_drafts_cannot_be_asked_for_in_the_library(shelf, browser, alice, carol):
    for person in (alice, carol):
        assert "Half done" not in browser(person).get("/cases?confidence=draft").text


def test_verification_that_ran_out_can_be_asked_for(shelf, browser, alice, clock):
    clock.move(days=91)
    person = browser(alice)
    assert titles(person.get("/cases?confidence=overdue")) == ["赢单南方"]
    assert "赢单南方" in titles(person.get("/cases"))


def test_it_can_be_sorted_and_an_unknown_order_is_the_usual_one(shelf, browser, alice):
    person = browser(alice)
    usual = titles(person.get("/cases"))
    assert titles(person.get("/cases?sort=gossip")) == usual
    assert titles(person.get("/cases?sort=used")) == titles(person.get("/cases?sort=helped"))
    assert titles(person.get("/cases?sort=updated"))[0] in ("Answered problem", "赢单南方")


def test_what_helped_and_was_reused_most_comes_first(record, browser, alice, bob, carol):
    cases = [record(alice, title=title) for title in ("unused", "helped", "used both ways")]
    for person, address in ((bob, "1/helped"), (carol, "2/reuse"), (bob, "2/helped")):
        number, what = address.split("/")
        url = f"/cases/{cases[int(number)].id}/{what}"
        browser(person).post(url, data=form(kind="problem", body=""))
    page = browser(alice).get("/cases?sort=used")
    assert titles(page) == ["used both ways", "helped", "unused"]
    assert "reused 1 time" in page.text
    assert "Most used" in page.text


def test_a_filter_asks_for_the_list_alone(shelf, browser, alice):
    answer = browser(alice).fragment("/cases?kind=win")
    assert answer.text.lstrip().startswith('<div id="list">')
    assert "<html" not in answer.text
    assert "HX-Request" in answer.headers["Vary"]


def test_back_and_boost_get_the_whole_page(shelf, browser, alice):
    person = browser(alice)
    for name in ("HX-History-Restore-Request", "HX-Boosted"):
        assert "<html" in person.fragment("/cases", headers={name: "true"}).text


def test_the_filters_speak_the_language_of_the_reader(shelf, browser, alice):
    english, chinese = (browser(alice, language=code).get("/cases").text for code in ("en", "zh"))
    assert '<option value="manufacturing">Manufacturing</option>' in english
    assert '<option value="manufacturing">制造业</option>' in chinese


def test_pages_keep_their_filters(record, browser, alice):
    for number in range(26):
        record(alice, title=f"Case {number:02}", tags=("a&b=c",))
    person = browser(alice)
    first = person.get("/cases?kind=problem&tag=a%26b%3Dc&endpoint=x&_method=y")
    assert len(titles(first)) == 25
    second = re.search(r'rel="next" href="([^"]+)"', first.text).group(1).replace("&amp;", "&")
    assert "tag=a%26b%3Dc" in second
    assert titles(person.get(second)) == ["Case 00"]
    assert titles(person.get("/cases?page=999")) == ["Case 00"]
    assert len(titles(person.get("/cases?page=-1"))) == 25


def test_a_tag_can_be_lifted_again(shelf, browser, alice):
    page = browser(alice).get("/cases?tag=撞单&kind=problem&endpoint=x&page=1").text
    assert 'href="/cases?kind=problem&amp;endpoint=x"' in page


def test_the_words_of_a_hidden_cases_tag_are_not_told(record, browser, alice, carol):
    record(alice, audience="team", tags=("Project Phoenix",))
    assert "Project Phoenix" in browser(alice).get("/cases?tag=project phoenix").text
    page = browser(carol).get("/cases?tag=project phoenix").text
    assert "Project Phoenix" not in page
    assert "project phoenix" in page


def test_an_empty_library_invites_to_write(browser, alice):
    assert "/record" in browser(alice).get("/cases").text


def test_a_hostile_tag_is_harmless_in_the_list(record, browser, alice):
    record(alice, title="<script>alert(1)</script>", tags=('"><script>alert(2)</script>',))
    assert "<script>alert" not in browser(alice).get("/cases").text


def test_drafts_are_ones_own(shelf, browser, alice, carol):
    assert "Half done" in browser(carol).get("/drafts").text
    assert "Half done" not in browser(alice).get("/drafts").text


def test_a_persons_page_counts_only_what_the_reader_may_read(shelf, browser, alice, carol, chen):
    seen = {person.login: browser(person).get(f"/people/{carol.id}/cases").text
            for person in (alice, carol, chen)}
    assert "1 case ·" in seen["alice"]
    assert "3 cases ·" in seen["carol"]
    assert "3 cases ·" in seen["chen"]
    assert "Managers only" not in seen["alice"]
    assert "Half done" not in seen["carol"]


@pytest.mark.parametrize("url", ["/people/{}/cases", "/teams/{}/cases"])
@pytest.mark.parametrize("number", ["0", "2147483648", "1" + "0" * 30, "abc"])
def test_unknown_people_and_teams_answer_404(browser, alice, url, number):
    assert browser(alice).get(url.format(number)).status_code == 404


def test_a_team_shows_the_teams_below_it(shelf, browser, alice, wang, carol):
    east = wang.team_id
    assert titles(browser(carol).get(f"/teams/{east}/cases")) == ["赢单南方", "Problem east"]
    fragment = browser(carol).fragment(f"/teams/{east}/cases")
    assert fragment.text.lstrip().startswith('<section id="of_team"')


def test_a_retired_tag_still_lists_its_cases(shelf, browser, alice, act):
    act(lambda: setattr(db.session.query(Term).filter_by(code="撞单").one(), "active", False))
    assert titles(browser(alice).get("/cases?tag=撞单")) == ["Problem east"]
