"""The standing questions to every page of trust, and what they show."""

import re

import pytest

from portal.cases.actions.cases import validate_case
from portal.cases.models import Case, Flag, Reuse, Verification
from portal.extensions import db

HIDDEN = {"kind": "lesson", "title": "Inside", "audience": "team"}
# Method and address, who may, who may not although they read the case.
OF_A_CASE = [
    ("GET", "/cases/{}/validation/withdraw", "mei", "bob"),
    ("POST", "/cases/{}/validation/withdraw", "mei", "bob"),
    ("POST", "/cases/{}/use", "bob", None),
    ("GET", "/cases/{}/flag", "bob", "alice"),
    ("POST", "/cases/{}/flag", "bob", "alice"),
    ("GET", "/cases/{}/hand-over", "mei", "bob"),
    ("POST", "/cases/{}/hand-over", "mei", "bob"),
    ("GET", "/cases/review/{}", "mei", "bob"),
    ("POST", "/cases/review/{}/ask", "mei", "alice"),
]


def ask(browser, method, url, **data):
    return browser.get(url) if method == "GET" else browser.post(url, data=data)


@pytest.mark.parametrize(("method", "url", "may", "may_not"), OF_A_CASE)
def test_strangers_and_the_forbidden(record, alice, carol, browser, request, method, url, may,
                                     may_not):
    url = url.format(record(alice, **HIDDEN).id)
    assert ask(browser(carol), method, url).status_code == 404
    assert ask(browser(request.getfixturevalue(may)), method, url).status_code != 403
    if may_not:
        assert ask(browser(request.getfixturevalue(may_not)), method, url).status_code == 403
    wrong = "POST" if method == "GET" else "PUT"
    if wrong == "PUT":
        assert browser(alice).put(url).status_code in (400, 405)
    assert ask(browser(), method, url).status_code in (302, 401)
    assert ask(browser(alice), method, re.sub(r"\d+", "999", url)).status_code == 404


@pytest.mark.parametrize(("url", "readers"), [
    ("/cases/overdue", {"alice", "mei", "wang", "chen", "hr", "admin"}),
    ("/cases/review", {"mei", "wang", "chen"}),
])
def test_who_opens_the_lists(browser, request, url, readers):
    for login in ("alice", "mei", "wang", "chen", "hr", "admin"):
        answer = browser(request.getfixturevalue(login)).get(url)
        assert answer.status_code == (200 if login in readers else 403), login


@pytest.mark.parametrize("url", ["/cases/overdue", "/cases/review"])
def test_lists_are_pages_and_fragments(browser, mei, url):
    person = browser(mei)
    assert "<html" in person.get(url).text
    part = person.fragment(url)
    assert "<html" not in part.text
    assert part.text.strip().startswith("<div id=")
    assert person.post(url).status_code == 405


def test_verifying_on_today_and_undoing_it(validated, alice, mei, browser, clock):
    clock.move(days=95)
    person = browser(alice)
    page = person.get("/").text
    assert "Is this still right?" in page
    url = re.search(r'action="(/cases/\d+/validate[^"]*)"', page).group(1).replace("&amp;", "&")
    landed = person.get(person.post(url).location)
    assert "Validated until" in landed.text
    assert "Is this still right?" not in landed.text
    undo = re.search(r'action="(/verifications/\d+/undo[^"]*)"', landed.text).group(1)
    assert person.post(undo).location == "/"
    case = db.session.get_one(Case, validated.id)
    assert case.validated_by_id == mei.id
    assert "Is this still right?" in person.get("/").text


def test_nobody_undoes_another_s_step(validated, alice, browser):
    step = db.session.query(Verification).one()
    assert browser(alice).post(f"/verifications/{step.id}/undo").status_code == 404


def test_withdrawing_without_a_reason_keeps_the_form(validated, mei, alice, browser):
    url = f"/cases/{validated.id}/validation/withdraw"
    answer = browser(mei).post(url, data={"reason": ""})
    assert answer.status_code == 422
    assert "What is no longer right?" in answer.text
    answer = browser(mei).post(url, data={"reason": "A new price list"})
    assert answer.status_code == 303
    page = browser(alice).get(f"/cases/{validated.id}").text
    assert "“A new price list”" in page
    assert "Not validated" in page


def test_flagging_and_settling_on_the_page(lesson, record, carol, bob, mei, browser):
    other = record(carol, kind="lesson", title="The same thing")
    reader = browser(bob)
    url = f"/cases/{lesson.id}/flag"
    assert reader.post(url, data={"reason": "rude"}).status_code == 422
    kept = reader.post(url, data={"reason": "duplicate", "duplicate": "nothing", "note": "See X"})
    assert kept.status_code == 422
    assert "See X" in kept.text
    address = f"https://portal.example/cases/{other.id}?x=1"
    answer = reader.post(url, data={"reason": "duplicate", "duplicate": address})
    assert answer.status_code == 303
    flag = db.session.query(Flag).one()
    assert flag.duplicate_of_id == other.id
    page = browser(mei).get(f"/cases/{lesson.id}").text
    assert "The same thing" in page
    assert f"/cases/{lesson.id}/merge" in page
    settle = f"/flags/{flag.id}/resolve"
    assert reader.post(settle, data={"resolution": "fixed"}).status_code == 403
    assert browser(mei).post(settle, data={"resolution": "nonsense"}).status_code == 422
    assert browser(mei).post(settle, data={"resolution": "right"}).status_code == 303
    assert 'id="flags"' not in browser(mei).get(f"/cases/{lesson.id}").text
    assert reader.post(f"/flags/{flag.id}/reopen").status_code == 403
    assert browser(mei).post(f"/flags/{flag.id}/reopen").status_code == 303
    assert reader.post(f"/flags/{flag.id}/take-back").status_code == 303


def test_an_unreadable_duplicate_is_like_none(lesson, record, carol, bob, browser):
    hidden = record(carol, kind="lesson", title="South only", audience="team")
    form = {"reason": "duplicate", "duplicate": str(hidden.id)}
    answer = browser(bob).post(f"/cases/{lesson.id}/flag", data=form)
    assert answer.status_code == 422
    assert "South only" not in answer.text


def test_using_and_reviewing_on_the_page(lesson, bob, alice, browser, clock):
    person = browser(bob)
    page = f"/cases/{lesson.id}"
    assert "I used this" in person.get(page).text
    assert "I used this" not in browser(alice).get(page).text
    assert person.post(f"{page}/use").status_code == 303
    reuse = db.session.query(Reuse).one()
    assert "Did it help?" in person.get(page).text
    review = f"/reuses/{reuse.id}/review"
    assert browser(alice).post(review + "?outcome=helped").status_code == 404
    assert person.post(review + "?outcome=great").status_code == 422
    assert person.post(review + "?outcome=not_helped").status_code == 303
    assert "did not help 1 person" in person.get(page).text
    person.post(review + "?outcome=not_helped", data={"note": "Too general"})
    assert db.session.get_one(Reuse, reuse.id).outcome_note == "Too general"
    assert person.post(f"/reuses/{reuse.id}/take-back").status_code == 303
    assert "I used this" in person.get(page).text


def test_three_working_days_later_today_asks(lesson, used, bob, browser, clock):
    used(bob, lesson)
    clock.move(days=2)
    assert "did it help?" not in browser(bob).get("/").text
    clock.move(days=1)
    person = browser(bob)
    page = person.get("/").text
    assert "You used this: did it help?" in page
    urls = re.findall(r'action="(/reuses/\d+/review[^"]*)"', page)
    assert len(urls) == 3
    assert person.post(urls[2].replace("&amp;", "&")).location == "/"
    assert "You used this: did it help?" not in person.get("/").text


def test_the_queue_opens_the_next_one(record, alice, bob, mei, browser, clock):
    cases = []
    for person, title in ((alice, "Oldest"), (bob, "Middle"), (alice, "Newest")):
        cases.append(record(person, kind="lesson", title=title))
        clock.move(hours=1)
    manager = browser(mei)
    page = manager.get("/cases/review").text
    assert page.index("Oldest") < page.index("Middle") < page.index("Newest")
    first = manager.get(f"/cases/review/{cases[0].id}?tab=new").text
    url = re.search(r'action="(/cases/\d+/validate[^"]*)"', first).group(1).replace("&amp;", "&")
    answer = manager.post(url)
    assert answer.location.startswith(f"/cases/review/{cases[1].id}")
    second = manager.get(answer.location).text
    ask_url = re.search(r'action="(/cases/review/\d+/ask[^"]*)"', second).group(1)
    assert manager.post(ask_url.replace("&amp;", "&"), data={"body": ""}).status_code == 422
    answer = manager.post(ask_url.replace("&amp;", "&"), data={"body": "Name the price."})
    assert answer.location.startswith(f"/cases/review/{cases[2].id}")
    last = manager.get(answer.location).text
    assert "Back to the queue" in last
    left = manager.get("/cases/review").text
    assert "Oldest" not in left
    assert "Name the price." in browser(alice).get(f"/cases/{cases[1].id}").text


def test_the_queue_is_narrowed(record, alice, bob, mei, wang, browser):
    record(alice, kind="lesson", title="Lesson of alice")
    record(bob, kind="intel", title="Intel of bob")
    record(mei, kind="lesson", title="Lesson of mei")
    manager = browser(wang)

    def shown(**arguments):
        page = manager.get("/cases/review", query_string=arguments).text
        return {title for title in ("Lesson of alice", "Intel of bob", "Lesson of mei")
                if title in page}

    assert len(shown()) == 3
    assert shown(kind="intel") == {"Intel of bob"}
    assert shown(owner=alice.id) == {"Lesson of alice"}
    assert len(shown(team=alice.team_id)) == 3
    assert shown(owner="x") == shown(team="999") == shown(kind="song") == set()


def test_managers_see_owners_by_name_and_remind_once(validated, alice, mei, chen, browser, clock,
                                                     told):
    clock.move(days=95)
    manager = browser(mei)
    assert alice.name in manager.get("/cases/overdue").text
    for _ in range(2):
        assert manager.post(f"/cases/overdue/remind/{alice.id}").status_code == 303
    assert told(alice).count("trust.asked") == 1
    assert browser(chen).post(f"/cases/overdue/remind/{alice.id}").status_code == 422
    assert browser(alice).post(f"/cases/overdue/remind/{alice.id}").status_code == 403
    assert manager.post("/cases/overdue/remind/999").status_code == 404
    browser(alice).post(f"/cases/{validated.id}/validate")
    assert "trust.asked" not in told(alice)


def test_one_s_own_list_begins_a_week_ahead(validated, alice, browser, clock, act, mei, record):
    clock.move(days=82)
    assert "Nothing of yours waits" in browser(alice).get("/cases/overdue").text
    clock.move(days=1)
    assert "Bring the expert" in browser(alice).get("/cases/overdue").text
    clock.move(days=8)
    other = record(alice, kind="lesson", title="Fresh")
    act(validate_case, mei.actor, other, clock())
    page = browser(alice).get("/cases/overdue").text
    assert "1 day over" in page
    assert "Fresh" not in page
