"""The page of one's calendar addresses: made, shown once, limited, revoked."""

import re

import pytest

from portal.core.audit import AuditEntry
from portal.extensions import db
from portal.reminders.models import CalendarFeed

PAGE = "/preferences/calendar"
ADDRESS = re.compile(r"http://localhost/calendar/([\w-]{43})\.ics")


def make(reader, label="phone"):
    return reader.post(PAGE, data={"label": label})


def test_an_address_is_made_shown_once_used_and_revoked(browser, bob):
    reader = browser(bob)
    answer = make(reader)
    assert answer.status_code == 200 and "webcal://localhost/calendar/" in answer.text
    path = f"/calendar/{ADDRESS.search(answer.text)[1]}.ics"
    page = reader.get(PAGE).text
    assert "phone" in page and ADDRESS.search(page) is None and "never used" in page
    assert browser().get(path).status_code == 200
    assert "last used" in reader.get(PAGE).text
    (feed_id,) = db.session.query(CalendarFeed.id).one()
    assert reader.post(f"{PAGE}/{feed_id}/revoke").status_code == 303
    assert browser().get(path).status_code == 404
    assert "phone" not in reader.get(PAGE).text.split("New address")[0].split("Addresses")[1]


def test_the_token_is_kept_nowhere(browser, bob):
    token = ADDRESS.search(make(browser(bob)).text)[1]
    feed = db.session.query(CalendarFeed).one()
    assert token not in {str(value) for value in vars(feed).values()}
    assert len(feed.token_digest) == 64
    entries = db.session.query(AuditEntry).filter(AuditEntry.action == "calendar.opened").all()
    assert len(entries) == 1 and token not in str(entries[0].detail)


@pytest.mark.parametrize("label", ["", "   ", "x" * 81])
def test_an_address_needs_a_label(browser, bob, label):
    answer = make(browser(bob), label)
    assert answer.status_code == 422
    assert db.session.query(CalendarFeed).count() == 0


def test_at_most_five(browser, bob):
    reader = browser(bob)
    for number in range(5):
        assert make(reader, f"n{number}").status_code == 200
    answer = make(reader, "one more")
    assert answer.status_code == 422 and "five addresses" in answer.text


def test_those_of_others_are_not_there(browser, bob, alice):
    make(browser(bob), "Bob's tablet")
    (feed_id,) = db.session.query(CalendarFeed.id).one()
    assert browser(alice).post(f"{PAGE}/{feed_id}/revoke").status_code == 404
    assert browser(alice).post(f"{PAGE}/99999/revoke").status_code == 404
    assert browser(bob).get(f"{PAGE}/{feed_id}/revoke").status_code == 405
    assert browser().get(PAGE).status_code == 302
    assert "tablet" not in browser(alice).get(PAGE).text
