"""What a calendar reads: valid files, right times, nothing unreadable, gone when revoked."""

import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

import icalendar
import pytest
import vobject
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.cases.actions.cases import validate_case
from portal.cases.following import looking_again
from portal.cases.models import Case
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.reminders.calendar import actions, writing
from portal.reminders.calendar.sources import Entry
from portal.reminders.models import CalendarFeed, Reminder


@pytest.fixture
def address(app, clock):
    """`address(bob)`: the path of a new feed."""

    def make(person):
        with transaction():
            return f"/calendar/{actions.make_address(person.actor, 'phone', clock())}.ics"

    return make


@pytest.fixture
def remind(app, clock):
    def make(person, case, day=date(2026, 6, 3), at="14:30", note=""):
        with transaction():
            moment = datetime.fromisoformat(f"2000-01-01T{at}").time()
            case = db.session.get_one(Case, case.id)
            return looking_again.look_again(person.actor, case, day, moment, note, clock()).id

    return make


def events(answer):
    assert answer.status_code == 200
    check_lines(answer.data)
    vobject.readOne(answer.data.decode()).serialize()
    calendar = icalendar.Calendar.from_ical(answer.data)
    return {str(event["uid"]).split("@")[0]: event for event in calendar.walk("VEVENT")}


def check_lines(data):
    """RFC 5545, 3.1: lines end with CRLF and have at most 75 octets."""
    assert data.endswith(b"\r\n")
    lines = data.split(b"\r\n")
    assert all(b"\n" not in line and b"\r" not in line for line in lines)
    assert max(len(line) for line in lines) <= 75
    for line in lines:
        line.decode()


def test_a_reminder_in_the_calendar(browser, record, address, remind, alice, bob):
    case = record(alice, title="两个销售撞单，都说客户是自己的" * 4)
    number = remind(bob, case, note="问报价，再约；第三次\n访问")
    answer = browser().get(address(bob))
    assert answer.content_type == "text/calendar; charset=utf-8"
    event = events(answer)[f"reminder-{number}"]
    assert event["dtstart"].dt == datetime(2026, 6, 3, 6, 30, tzinfo=UTC)
    assert event["dtend"].dt - event["dtstart"].dt == timedelta(minutes=15)
    assert case.title in str(event["summary"])
    assert str(event["url"]).endswith(f"/cases/{case.id}")
    assert "问报价，再约" in str(event["description"])
    assert event["sequence"] == 0 and event["dtstamp"].dt == event["last-modified"].dt
    (alarm,) = event.walk("VALARM")
    assert alarm["trigger"].dt == timedelta(minutes=-10)
    assert alarm["action"] == "DISPLAY"


def test_the_day_of_a_verification_is_a_whole_day(
    browser, record, address, clock, alice, mei, bob
):
    case = record(alice, kind="lesson")
    with transaction():
        validate_case(mei.actor, db.session.merge(case), clock())
    until = db.session.get_one(Case, case.id).verified_until
    event = events(browser().get(address(alice)))[f"verify-{case.id}"]
    assert event["dtstart"].dt == until and event["dtend"].dt == until + timedelta(days=1)
    assert event["dtstart"].params["VALUE"] == "DATE"
    assert events(browser().get(address(bob))) == {}


def test_the_language_is_the_persons(browser, problem_case, address, remind, bob):
    remind(bob, problem_case)
    with transaction():
        bob.row.locale = "en"
    path = address(bob)
    answer = browser(language="zh").get(path)
    assert "You wanted to look at" in answer.text.replace("\r\n ", "")


@pytest.fixture
def problem_case(record, alice):
    return record(alice)


def test_what_one_may_no_longer_read_is_gone(
    browser, record, address, remind, alice, bob, carol
):
    case = record(alice, audience="team", title="Secret")
    remind(bob, case)
    path = address(bob)
    assert "Secret" in browser().get(path).text
    with transaction():
        bob.row.team_id = carol.team_id
    answer = browser().get(path)
    assert events(answer) == {} and "Secret" not in answer.text


def test_a_cancelled_reminder_is_gone_and_a_moved_one_says_so(
    browser, problem_case, address, remind, clock, bob
):
    from portal.reminders.actions import remind as set_date

    path = address(bob)
    number = remind(bob, problem_case)
    clock.move(hours=1)
    with transaction():
        row = db.session.get_one(Reminder, number)
        set_date(bob.id, row.kind, row.subject, datetime(2026, 7, 1, tzinfo=UTC), clock(),
                 key=row.key)
    event = events(browser().get(path))[f"reminder-{number}"]
    assert event["dtstart"].dt == datetime(2026, 7, 1, tzinfo=UTC)
    assert event["sequence"] == 3600 and event["last-modified"].dt == clock()
    with transaction():
        looking_again.cancel(db.session.get_one(Reminder, number), clock())
    assert events(browser().get(path)) == {}


def test_unchanged_it_is_not_sent_again(browser, problem_case, address, remind, clock, bob):
    remind(bob, problem_case)
    path, calendar = address(bob), browser()
    first = calendar.get(path)
    assert first.headers["Cache-Control"].startswith("private")
    tag, since = first.headers["ETag"], first.headers["Last-Modified"]
    clock.move(hours=2)
    assert calendar.get(path, headers={"If-None-Match": tag}).status_code == 304
    assert calendar.get(path, headers={"If-Modified-Since": since}).status_code == 304
    remind(bob, problem_case, at="16:00")
    assert calendar.get(path, headers={"If-None-Match": tag}).status_code == 200
    answer = calendar.get(path, headers={"If-Modified-Since": since})
    assert answer.status_code == 200
    moved = parsedate_to_datetime(answer.headers["Last-Modified"])
    assert moved > parsedate_to_datetime(since)


def test_no_cookie_no_session_no_caching_by_others(browser, address, bob, alice):
    for reader in (browser(), browser(alice)):
        answer = reader.get(address(bob))
        assert "Set-Cookie" not in answer.headers
        assert "private" in answer.headers["Cache-Control"]


def test_use_is_noted_once_an_hour(browser, address, clock, bob):
    path, calendar = address(bob), browser()

    def used():
        db.session.rollback()
        return db.session.query(CalendarFeed.last_used_at).scalar()

    assert used() is None
    calendar.get(path)
    first = used()
    clock.move(minutes=30)
    calendar.get(path)
    assert used() == first
    clock.move(minutes=31)
    calendar.get(path)
    assert used() == clock()


@pytest.mark.parametrize("path", ["/calendar/x.ics", "/calendar/.ics", "/calendar/%00.ics",
                                  f"/calendar/{'a' * 43}.ics", f"/calendar/{'a' * 4000}.ics"])
def test_no_address_leads_nowhere(browser, path):
    assert browser().get(path).status_code == 404


def test_the_feed_of_who_left_is_gone(browser, address, clock, bob):
    path = address(bob)
    with transaction():
        bob.row.deactivated_at = clock()
    assert browser().get(path).status_code == 404


def test_guessing_is_slow_and_so_is_asking_too_often(browser, address, alice, bob):
    path, calendar = address(bob), browser()
    assert [calendar.get(path).status_code for _ in range(31)][-1] == 429
    assert calendar.get(address(alice)).status_code == 200
    guesses = [calendar.get(f"/calendar/{number}.ics").status_code for number in range(31)]
    assert guesses[-1] == 429


def test_only_reading(browser, address, bob):
    assert browser().post(address(bob), csrf=False).status_code in (400, 405)


def test_many_dates_take_the_same_statements(app, browser, record, address, remind, alice, bob):
    from tests.counting import statements_of

    path = address(bob)
    for number in range(2):
        remind(bob, record(alice, title=f"T{number}"))
    few = len(statements_of(app, browser(), path))
    for number in range(10):
        remind(bob, record(alice, title=f"U{number}"))
    # What is given has changed: that is written down, which is one more statement or two.
    browser().get(path)
    assert len(statements_of(app, browser(), path)) <= few


MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=300), note=st.text(max_size=300), starts=MOMENTS, made=MOMENTS,
       day=st.booleans())
def test_any_words_make_a_valid_file(words, note, starts, made, day):
    entry = Entry("x-1", _plain(words), starts.date() if day else starts, "/cases/1", made,
                  made + timedelta(hours=1), note=_plain(note), alarm=timedelta(minutes=5))
    data = writing.written([entry], "名字", "Asia/Shanghai", "https://portal.example", "portal")
    check_lines(data)
    (event,) = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert str(event["uid"]) == "x-1@portal"
    vobject.readOne(data.decode()).serialize()


def _plain(text):
    """Titles and notes are stored without control signs and line ends."""
    from portal.core.text import line

    return re.sub(r"[\x80-\x9f]", "", line(text))
