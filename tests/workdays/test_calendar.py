"""The calendar in force, and its page: days decided here stand above holidays and weekdays."""

from datetime import date

import pytest

from portal.core.audit import AuditEntry
from portal.core.errors import Refused
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.options.actions import change_option
from portal.workdays.actions import DayFacts, clear_day, import_days, set_day, undo_import
from portal.workdays.models import CalendarDay
from portal.workdays.queries import calendar
from tests.counting import statements_of

PAGE = "/manage/calendar"
MONDAY = date(2026, 6, 8)


def test_a_day_decided_here_stands_above_the_rest(app, admin, clock):
    national_day = date(2026, 10, 1)
    assert not calendar().is_working(national_day)
    with transaction():
        assert set_day(admin.actor, DayFacts(national_day, True, "盘点"), clock())
        # In force within the same transaction, and for whoever asks next.
        assert calendar().is_working(national_day)
    assert calendar().is_working(national_day)
    with transaction():
        assert not set_day(admin.actor, DayFacts(national_day, True, "盘点"), clock())
        clear_day(admin.actor, national_day, clock())
    assert not calendar().is_working(national_day)


def test_hours_and_weekdays_are_options(app, admin, clock):
    with transaction():
        change_option(admin.actor, "workdays.hours", "08:30-17:30", clock())
        change_option(admin.actor, "workdays.weekdays", "1,2,3,4,5,6", clock())
        assert calendar().is_working(date(2026, 6, 6))
    assert calendar().hours == ((510, 1050),)
    assert calendar().is_working(date(2026, 6, 6))


def test_an_import_is_taken_back_as_it_was(app, admin, clock):
    days = [DayFacts(MONDAY, False, "团建"), DayFacts(date(2026, 6, 13), True, "补班")]
    with transaction():
        set_day(admin.actor, DayFacts(MONDAY, True, "盘点"), clock())
        assert import_days(admin.actor, days, clock()) == 2
    assert not calendar().is_working(MONDAY)
    with transaction():
        assert undo_import(admin.actor, clock()) == 2
    assert db.session.get_one(CalendarDay, MONDAY).label == "盘点"
    assert not calendar().is_working(date(2026, 6, 13))
    with pytest.raises(Refused), transaction():
        undo_import(admin.actor, clock())


def test_taking_an_import_back_leaves_what_others_decided_since(app, admin, hr, clock):
    days = [DayFacts(MONDAY, False, "团建"), DayFacts(date(2026, 6, 13), True, "补班")]
    with transaction():
        import_days(admin.actor, days, clock())
    clock.move(days=1)
    with transaction():
        set_day(hr.actor, DayFacts(MONDAY, False, "盘点"), clock())
    with transaction():
        assert undo_import(admin.actor, clock()) == 1
    assert db.session.get_one(CalendarDay, MONDAY).label == "盘点"
    assert not calendar().is_working(date(2026, 6, 13))


@pytest.mark.parametrize(("who", "status"), [("admin", 200), ("hr", 200), ("mei", 403),
                                             ("alice", 403)])
def test_who_may_open_it(app, browser, request, who, status):
    person = browser(request.getfixturevalue(who))
    assert person.get(PAGE).status_code == status
    assert person.get(f"{PAGE}/2026-06-08").status_code == status
    assert person.get(f"{PAGE}/import").status_code == status


def test_strangers_sign_in_first(app, browser):
    assert browser().get(PAGE).status_code == 302


def test_a_year_at_a_glance(app, browser, hr):
    page = browser(hr).get(f"{PAGE}?year=2026").text
    assert page.count('<table class="calendar-month"') == 12
    assert page.count('<a id="day-2026-') == 365
    assert "National Day" in page
    assert "not known here" not in page


def test_a_year_beyond_the_known_ones_says_so(app, browser, hr):
    page = browser(hr).get(f"{PAGE}?year=2031").text
    assert "The public holidays of 2031 are not known here." in page
    assert "every weekday of 2031 counts as worked" in page


@pytest.mark.parametrize("year", ["", "0", "99999", "x", "1900"])
def test_nonsense_shows_this_year(app, browser, hr, year):
    assert "Working calendar 2026" in browser(hr).get(f"{PAGE}?year={year}").text


@pytest.mark.parametrize("day", ["2026-02-30", "x", "1810-01-01", "2026-6-8"])
def test_there_is_no_such_day(app, browser, hr, day):
    assert browser(hr).get(f"{PAGE}/{day}").status_code == 404


def test_a_day_is_changed_with_a_label_and_undone(app, browser, hr):
    person, url = browser(hr), f"{PAGE}/{MONDAY}"
    answer = person.post(url, data={"working": "no", "label": "团建"})
    assert answer.status_code == 303
    row = db.session.get_one(CalendarDay, MONDAY)
    assert (row.working, row.label, row.changed_by_id) == (False, "团建", hr.id)
    assert "团建" in person.get(PAGE).text
    entry = db.session.query(AuditEntry).filter_by(action="calendar.day_set").one()
    assert (entry.subject, entry.detail["working"]) == (f"calendar:{MONDAY}", False)
    assert person.post(f"{url}/clear").status_code == 303
    db.session.rollback()
    assert db.session.get(CalendarDay, MONDAY) is None
    # The undo of that brings the label back as well.
    assert person.post(f"{url}/restore?working=no&label=团建").status_code == 303
    db.session.rollback()
    assert db.session.get_one(CalendarDay, MONDAY).label == "团建"


def test_a_form_without_an_answer_keeps_what_was_typed(app, browser, hr):
    answer = browser(hr).post(f"{PAGE}/{MONDAY}", data={"label": "团建"})
    assert answer.status_code == 422
    assert "团建" in answer.text
    assert db.session.get(CalendarDay, MONDAY) is None


LINES = "2027-01-01 休 元旦\nnonsense\n2027-01-02 班 补班"


def test_many_days_are_shown_before_they_are_set(app, browser, hr):
    person = browser(hr)
    answer = person.post(f"{PAGE}/import", data={"lines": LINES, "step": "check"})
    assert answer.status_code == 200
    assert "will be set" in answer.text
    assert "not understood" in answer.text
    assert "Set 2 days" in answer.text
    assert db.session.query(CalendarDay).count() == 0
    answer = person.post(f"{PAGE}/import", data={"lines": LINES, "step": "save"})
    assert answer.location == f"{PAGE}?year=2027"
    db.session.rollback()
    assert db.session.query(CalendarDay).count() == 2
    assert person.post(f"{PAGE}/import/undo").status_code == 303
    assert person.post(f"{PAGE}/import/undo").status_code == 422
    db.session.rollback()
    assert db.session.query(CalendarDay).count() == 0


def test_lines_of_which_none_is_good_change_nothing(app, browser, hr):
    answer = browser(hr).post(f"{PAGE}/import", data={"lines": "nonsense", "step": "save"})
    assert answer.status_code == 422


def test_the_page_costs_the_same_however_many_days_are_decided(app, browser, hr, clock):
    person = browser(hr)
    before = len(statements_of(app, person, PAGE))
    with transaction():
        import_days(hr.actor, [DayFacts(date(2026, 3, day), day % 2 == 0) for day in range(1, 29)],
                    clock())
    assert len(statements_of(app, person, PAGE)) == before


def test_the_calendar_is_read_once_in_a_unit_of_work(app, statements):
    with transaction():
        for _ in range(5):
            calendar()
    assert len([each for each in statements if "calendar_days" in each]) == 1
    assert len([each for each in statements if "FROM options" in each]) == 1
