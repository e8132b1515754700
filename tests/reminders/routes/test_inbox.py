"""The inbox: what a person is told, and what they do about it."""

import re

import pytest
from sqlalchemy import select, update

from portal.cases.models import Case
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.reminders.actions import remind
from portal.reminders.models import Dispatch, Notification, Reminder
from portal.reminders.sending import remind_those_due, send_messages
from tests.counting import statements_of


@pytest.fixture
def case(record, alice):
    return record(alice)


@pytest.fixture
def told(case, alice, bob, tell):
    """Bob is told of alice's case; the id of the notification."""
    tell(bob, case, by=alice, anchor="solutions")
    return db.session.scalars(select(Notification.id)).one()


def handled(number):
    return db.session.get(Notification, number).handled_at


def undo_of(page):
    return re.search(r'action="(/(?:notifications|reminders)/[^"]*(?:re|un)[^"]*)"', page)[1]


def test_an_empty_inbox_says_so(browser, bob):
    assert "Nothing is left to do" in browser(bob).get("/notifications").text
    page = browser(bob).get("/notifications?show=all").text
    assert "Nothing has been told to you yet" in page


def test_a_row_says_who_what_and_when(browser, bob, told):
    page = browser(bob).get("/notifications").text
    assert "李爱丽 asks you: Two reps claim one customer" in page
    assert "just now" in page
    assert f'action="/notifications/{told}/open"' in page


def test_a_fragment_is_the_list_alone(browser, bob, told):
    part = browser(bob).fragment("/notifications").text
    assert part.strip().startswith('<div id="inbox">') and "<html" not in part


def test_opening_handles_it_and_leads_to_the_work(browser, bob, told, case, clock):
    answer = browser(bob).post(f"/notifications/{told}/open")
    assert (answer.status_code, answer.location) == (303, f"/cases/{case.id}#solutions")
    assert handled(told) == clock()
    assert "Nothing is left to do" in browser(bob).get("/notifications").text
    assert "Two reps" in browser(bob).get("/notifications?show=all").text


def test_what_one_may_no_longer_open_shows_nothing_of_it(browser, bob, told, case):
    with transaction():
        db.session.execute(update(Case).where(Case.id == case.id).values(audience="managers"))
    for show in ("", "?show=all"):
        page = browser(bob).get(f"/notifications{show}").text
        assert "Something you can no longer open" in page
        assert "Two reps" not in page and "李爱丽" not in page
    page = browser(bob)
    assert page.post(f"/notifications/{told}/open").location == "/notifications"
    assert "You can no longer open this" in page.get("/notifications").text


def test_done_and_undone(browser, bob, told, clock):
    page = browser(bob)
    assert page.post(f"/notifications/{told}/handle").status_code == 303
    assert handled(told) == clock()
    undo = undo_of(page.get("/notifications").text)
    assert page.post(undo).status_code == 303
    assert handled(told) is None


@pytest.mark.parametrize(("when", "hours"), [("hour", 1), ("tomorrow", 23)])
def test_later_comes_back(browser, bob, told, clock, when, hours):
    page = browser(bob)
    assert page.post(f"/notifications/{told}/later?when={when}").status_code == 303
    assert "Nothing is left to do" in page.get("/notifications").text
    clock.move(hours=hours, minutes=-1)
    remind_those_due()
    assert "Nothing is left to do" in browser(bob).get("/notifications").text
    clock.move(minutes=1)
    remind_those_due()
    assert "李爱丽 asks you: Two reps" in browser(bob).get("/notifications").text


def test_later_can_be_taken_back(browser, bob, told):
    page = browser(bob)
    page.post(f"/notifications/{told}/later?when=hour")
    page.post(undo_of(page.get("/notifications").text))
    assert handled(told) is None
    assert db.session.scalars(select(Reminder)).all() == []


def test_all_done_and_undone(browser, alice, bob, told, record, tell, clock):
    tell(bob, record(alice, title="Another"), by=alice)
    page = browser(bob)
    assert page.post("/notifications/handle-all").status_code == 303
    answer = page.get("/notifications").text
    assert "2 are done" in answer and "Nothing is left to do" in answer
    clock.move(minutes=1)
    assert page.post(undo_of(answer)).status_code == 303
    assert db.session.scalars(select(Notification.handled_at)).all() == [None, None]


def test_undo_brings_back_what_was_not_sent(
    browser, record, alice, bob, tell, mail_works, chat_works, chats, clock
):
    chats(bob, "bob")
    tell(bob, record(alice), kind="test.alarm", by=alice)
    page = browser(bob)
    page.post("/notifications/handle-all")
    page.post(undo_of(page.get("/notifications").text))
    clock.move(minutes=10)
    send_messages()
    assert len(chat_works.letters) == 1


def test_all_done_with_nothing_to_do(browser, bob):
    assert browser(bob).post("/notifications/handle-all").status_code == 303


@pytest.mark.parametrize("what", ["open", "handle", "later?when=hour", "reopen"])
def test_other_people_s_are_not_there(browser, carol, told, what):
    assert browser(carol).post(f"/notifications/{told}/{what}").status_code == 404
    assert browser(carol).post(f"/notifications/99999/{what}").status_code == 404
    assert handled(told) is None


def test_nobody_reopens_for_others(browser, bob, carol, told, clock):
    browser(bob).post("/notifications/handle-all")
    microseconds = int(clock().timestamp() * 1_000_000)
    assert browser(carol).post(f"/notifications/reopen-all/{microseconds}").status_code == 303
    assert handled(told) is not None
    assert browser(bob).post(f"/notifications/reopen-all/{10**30}").status_code == 404


def test_later_needs_a_time(browser, bob, told):
    for when in ("", "?when=never"):
        assert browser(bob).post(f"/notifications/{told}/later{when}").status_code == 422
    assert handled(told) is None


def test_opening_is_a_post(browser, bob, told):
    assert browser(bob).get(f"/notifications/{told}/open").status_code == 405
    assert browser(bob).post("/notifications").status_code == 405


def test_strangers_sign_in_first(browser, told):
    assert browser().get("/notifications").status_code == 302
    assert browser().post(f"/notifications/{told}/open").status_code == 401


def test_the_list_is_paged_and_asks_no_more(app, browser, alice, bob, record, tell):
    page = browser(bob)
    for number in range(2):
        tell(bob, record(alice, title=f"Case {number}"), by=alice)
    few = len(statements_of(app, page, "/notifications"))
    for number in range(2, 30):
        tell(bob, record(alice, title=f"Case {number}"), by=alice)
    assert len(statements_of(app, page, "/notifications")) <= few + 1
    text = page.get("/notifications").text
    assert "Case 29" in text and "Case 3<" not in text
    assert "Case 3<" in page.get("/notifications?page=2").text


class TestReminders:
    @pytest.fixture
    def due(self, case, bob, clock):
        with transaction():
            remind(bob.id, "test.asked", f"case:{case.id}", clock(), clock(), key="r",
                   detail={"who": "李爱丽"})
        remind_those_due()
        return db.session.scalars(select(Reminder.id)).one()

    def test_it_waits_today_and_is_done_with_undo(self, browser, bob, due, clock):
        page = browser(bob)
        today = page.get("/").text
        assert f"/reminders/{due}/finish" in today
        page.post(f"/reminders/{due}/finish")
        assert db.session.scalars(select(Notification.handled_at)).one() == clock()
        today = page.get("/").text
        assert f"/reminders/{due}/finish" not in today
        page.post(undo_of(today))
        assert f"/reminders/{due}/finish" in page.get("/").text
        assert db.session.scalars(select(Notification.handled_at)).one() is None

    def test_of_what_one_may_not_read_nothing_is_said(self, browser, bob, due, case):
        with transaction():
            db.session.execute(update(Case).where(Case.id == case.id).values(audience="managers"))
        assert f"/reminders/{due}/finish" not in browser(bob).get("/").text

    @pytest.mark.parametrize("what", ["finish", "unfinish"])
    def test_it_is_one_s_own(self, browser, carol, due, what):
        assert browser(carol).post(f"/reminders/{due}/{what}").status_code == 404
        assert browser(carol).get(f"/reminders/{due}/{what}").status_code == 405
        assert db.session.get(Reminder, due).done_at is None


def test_every_message_of_a_handled_one_is_cancelled(
    browser, record, alice, bob, tell, mail_works, chat_works, chats
):
    chats(bob, "bob")
    tell(bob, record(alice), kind="test.alarm", by=alice)
    number = db.session.scalars(select(Notification.id)).one()
    browser(bob).post(f"/notifications/{number}/open")
    assert [row.outcome for row in db.session.scalars(select(Dispatch).order_by(Dispatch.id))] == [
        "sent", "cancelled"
    ]
