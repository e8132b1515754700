"""The history of a case: revisions, what changed, going back (K7)."""

import re

import pytest

from portal.cases.actions.cases import edit_case
from portal.cases.content import CaseContent
from tests.cases.addresses import landing


@pytest.fixture
def edited(problem, alice, mei, act, clock):
    """Three revisions: by alice, mei and alice."""
    for number, person in ((1, mei), (2, alice)):
        clock.move(hours=1)
        content = CaseContent("problem", f"Title {number + 1}", body=f"Body {number + 1}")
        act(edit_case, person.actor, problem, content, number, f"why {number + 1}", clock())
    return problem


def test_every_revision_with_who_when_why(edited, browser, bob, mei):
    page = browser(bob).get(f"/cases/{edited.id}/history").text
    assert re.findall(r"/history/(\d)\"", page) == ["3", "2", "1"]
    assert mei.name in page
    assert "why 2" in page


def test_the_list_alone_for_a_part_of_a_page(edited, browser, bob):
    answer = browser(bob).fragment(f"/cases/{edited.id}/history")
    assert answer.text.lstrip().startswith('<div id="history">')


def test_a_revision_shows_what_changed_and_its_text(edited, browser, bob):
    page = browser(bob).get(f"/cases/{edited.id}/history/2").text
    assert "revision 1" in page
    assert "<del>" in page
    assert "<ins>" in page
    assert "Body 2" in page


def test_the_first_revision_has_no_before(edited, browser, bob):
    page = browser(bob).get(f"/cases/{edited.id}/history/1").text
    assert "Who owns it?" in page
    assert "<del>" not in page


def test_any_two_revisions_can_be_compared(edited, browser, bob):
    page = browser(bob).get(f"/cases/{edited.id}/history/3?since=1").text
    assert "Who owns it?" in page  # removed since then


@pytest.mark.parametrize("since", ["", "0", "99", "abc", "²", "-1", "9" * 40, "%00"])
def test_an_odd_since_is_no_error(edited, browser, bob, since):
    assert browser(bob).get(f"/cases/{edited.id}/history/3?since={since}").status_code == 200


@pytest.mark.parametrize("number", ["0", "4", "2147483648", "1" + "0" * 30, "x"])
def test_revisions_that_do_not_exist_answer_404(edited, browser, alice, number):
    person, url = browser(alice), f"/cases/{edited.id}/history/{number}"
    assert person.get(url).status_code == 404
    assert person.post(f"{url}/restore").status_code == 404


def test_restoring_makes_it_the_newest(edited, browser, alice):
    answer = browser(alice).post(f"/cases/{edited.id}/history/1/restore")
    assert answer.status_code == 303
    assert (edited.title, edited.revision) == ("Two reps claim one customer", 4)


def test_restoring_the_newest_says_that_nothing_changes(edited, browser, alice):
    person = browser(alice)
    page = landing(person, person.post(f"/cases/{edited.id}/history/3/restore"))
    assert "as it stands already" in page.text
    assert edited.revision == 3


def test_hostile_text_is_harmless_in_a_comparison(problem, browser, alice, bob, act, clock):
    evil = "</del><script>alert(1)</script><img src=x onerror=alert(1)>"
    content = CaseContent("problem", evil[:160], body=evil, tags=(evil,))
    act(edit_case, alice.actor, problem, content, 1, evil, clock())
    reader = browser(bob)
    for url in ("history", "history/1", "history/2"):
        page = reader.get(f"/cases/{problem.id}/{url}").text
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_codes_are_in_the_readers_language(record, browser, alice, act, clock):
    case = record(alice, title="t")
    act(edit_case, alice.actor, case, CaseContent("problem", "t", stage="needs"), 1, "", clock())
    pages = [browser(alice, language=code).get(f"/cases/{case.id}/history/2").text
             for code in ("en", "zh")]
    assert "<ins>Needs</ins>" in pages[0]
    assert "<ins>需求</ins>" in pages[1]


@pytest.fixture
def opened(record, alice, act, clock):
    """Alice's draft, published for managers, then for everyone without its secret words."""
    case = record(alice, kind="lesson", title="Customer Phoenix", body="secret", draft=True)
    steps = [("Customer Phoenix, again", "secret", "everyone", True),
             ("For managers", "margin", "managers", False),
             ("For all", "harmless", "everyone", False)]
    for number, (title, body, audience, draft) in enumerate(steps, start=1):
        content = CaseContent("lesson", title, body=body, audience=audience)
        act(edit_case, alice.actor, case, content, number, "", clock(), draft=draft)
    return case


@pytest.mark.parametrize(("reader", "numbers"), [
    ("alice", ["4", "3", "2", "1"]), ("mei", ["4", "3"]), ("chen", ["4", "3"]), ("bob", ["4"]),
    ("carol", ["4"]), ("hr", ["4"]), ("admin", ["4"]),
])
def test_a_wider_circle_does_not_read_what_was_written_for_a_smaller_one(
    opened, browser, request, reader, numbers
):
    person = browser(request.getfixturevalue(reader))
    page = person.get(f"/cases/{opened.id}/history").text
    assert re.findall(r"/history/(\d)\"", page) == numbers
    for number in "1234":
        answer = person.get(f"/cases/{opened.id}/history/{number}")
        assert answer.status_code == (200 if number in numbers else 404)
    newest = person.get(f"/cases/{opened.id}/history/4?since=1").text
    assert ("Phoenix" in newest) == ("1" in numbers)


def test_what_one_may_not_read_one_cannot_restore(opened, browser, mei):
    answer = browser(mei).post(f"/cases/{opened.id}/history/1/restore")
    assert answer.status_code == 404
    assert opened.title == "For all"
