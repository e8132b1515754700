"""Options: declared by rooms, changed by administrators, read once."""

from datetime import time

import pytest

from portal import features
from portal.core.audit import AuditEntry
from portal.core.errors import Conflict, Refused
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.options import registry
from portal.options.actions import change_option, reset_option
from portal.options.kinds import Choice, Switch, TimeOfDay, Whole
from portal.options.models import ChangedOption
from portal.options.queries import value
from portal.options.registry import Option, all_options
from tests.counting import statements_of

PAGE = "/manage/options"
HOURS = f"{PAGE}/alerts.hours"


@pytest.mark.parametrize(("kind", "text", "read"), [
    (Whole(1, 200), " 24 ", 24), (Whole(-5, 5), "-3", -3), (TimeOfDay(), "8:30", time(8, 30)),
    (TimeOfDay(), "23：59", time(23, 59)), (Switch(), "yes", True), (Switch(), "", False),
    (Choice({"a": "A"}), "a", "a"),
])
def test_what_is_typed_is_read(kind, text, read):
    assert kind.read(text) == read
    assert kind.read(kind.write(read)) == read


@pytest.mark.parametrize(("kind", "text"), [
    (Whole(1, 200), "0"), (Whole(1, 200), "201"), (Whole(1, 200), "2.5"), (Whole(1, 200), "many"),
    (Whole(1, 200), "٣"), (TimeOfDay(), "24:00"), (TimeOfDay(), "noon"),
    (Choice({"a": "A"}), "b"),
])
def test_what_cannot_be_is_refused(app, kind, text):
    with pytest.raises(Refused):
        kind.read(text)


@pytest.mark.parametrize("text", ["", "9-12", "12:00-09:00", "09:00-12:00, 11:00-13:00",
                                  "09:00-25:00", "09:00-09:00"])
def test_hours_that_cannot_be_are_refused(app, text):
    with pytest.raises(Refused):
        registry.option("workdays.hours").kind.read(text)


@pytest.mark.parametrize("text", ["09:00-12:00, 13:30-18:00", "9:00–12:00，13:30～18:00",
                                  "09：00-12：00、13：30-18：00"])
def test_hours_are_read_however_they_are_written(app, text):
    assert registry.option("workdays.hours").kind.read(text) == ((540, 720), (810, 1080))


def test_a_name_is_declared_once():
    twice = Option("x", "", "", 1, Whole(0, 9))
    try:
        with pytest.raises(ValueError, match="twice"):
            registry.declare([twice, twice])
        with pytest.raises(ValueError, match="default"):
            registry.declare([Option("x", "", "", 1.5, TimeOfDayOrOne())])
    finally:
        registry.declare(features.ALL.options)


class TimeOfDayOrOne(Whole):
    def __init__(self) -> None:
        super().__init__(0, 9)

    def write(self, value):
        return "1"


def test_the_default_holds_until_it_is_changed(app, admin, clock):
    assert value("alerts.hours") == 24
    with transaction():
        assert change_option(admin.actor, "alerts.hours", "8", clock())
        assert value("alerts.hours") == 8
    assert value("alerts.hours") == 8
    with transaction():
        assert not change_option(admin.actor, "alerts.hours", " 8", clock())
        reset_option(admin.actor, "alerts.hours", clock())
        reset_option(admin.actor, "alerts.hours", clock())
    assert value("alerts.hours") == 24
    said = [(entry.action, entry.detail) for entry in db.session.query(AuditEntry)
            .filter_by(subject="option:alerts.hours").order_by(AuditEntry.id)]
    assert said == [("option.changed", {"before": "24", "after": "8"}),
                    ("option.reset", {"before": "8", "after": "24"})]


def test_a_value_that_is_no_longer_allowed_gives_way_to_the_default(app, admin, clock):
    with transaction():
        db.session.add(ChangedOption(name="alerts.hours", value="100000", changed_at=clock()))
    assert value("alerts.hours") == 24


def test_who_saves_second_learns_of_the_first(app, admin, clock):
    with transaction():
        change_option(admin.actor, "alerts.hours", "8", clock(), base="24")
    with pytest.raises(Conflict), transaction():
        change_option(admin.actor, "alerts.hours", "9", clock(), base="24")


def test_all_options_cost_one_statement(app, statements):
    with transaction():
        for each in all_options():
            value(each.name)
    assert len([each for each in statements if "FROM options" in each]) == 1


@pytest.mark.parametrize(("who", "status"), [("admin", 200), ("hr", 403), ("mei", 403),
                                             ("alice", 403)])
def test_who_may_open_the_page(app, browser, request, who, status):
    person = browser(request.getfixturevalue(who))
    assert person.get(PAGE).status_code == status
    assert person.post(HOURS, data={"value": "8"}).status_code == (403 if status == 403 else 303)


def test_the_page_shows_every_option_with_its_default(app, browser, admin):
    page = browser(admin).get(PAGE).text
    for each in all_options():
        assert f'id="option-{each.name}"' in page
    assert "Default: 24 working hours" in page
    assert "09:00-12:00, 13:30-18:00" in page


def test_an_option_is_saved_undone_and_reset(app, browser, admin):
    person = browser(admin)
    assert person.post(HOURS, data={"value": "8", "base": "24"}).status_code == 303
    page = person.get(PAGE).text
    assert "changed" in page
    assert f"{HOURS}?value=24" in page
    assert person.post(f"{HOURS}?value=24").status_code == 303
    assert value("alerts.hours") == 24
    assert person.post(f"{HOURS}/default").status_code == 303
    db.session.rollback()
    assert db.session.get(ChangedOption, "alerts.hours") is None


def test_what_is_wrong_is_said_and_kept(app, browser, admin):
    answer = browser(admin).post(HOURS, data={"value": "3000", "base": "24"})
    assert answer.status_code == 422
    assert "Write a whole number from 1 to 200." in answer.text
    assert 'value="3000"' in answer.text
    assert value("alerts.hours") == 24


def test_a_stale_form_is_told(app, browser, admin):
    person = browser(admin)
    person.post(HOURS, data={"value": "8", "base": "24"})
    answer = person.post(HOURS, data={"value": "9", "base": "24"})
    assert answer.status_code == 409
    assert "Somebody else changed this to “8”" in answer.text


def test_days_of_the_week_are_ticked(app, browser, admin):
    person = browser(admin)
    url = f"{PAGE}/workdays.weekdays"
    assert person.post(url, data={"value": ["1", "3"], "base": "1,2,3,4,5"}).status_code == 303
    assert value("workdays.weekdays") == {0, 2}
    assert person.post(url, data={"base": "1,3"}).status_code == 422


@pytest.mark.parametrize("name", ["nothing", "alerts", "alerts.hours.x"])
def test_an_unknown_option_is_not_found(app, browser, admin, name):
    assert browser(admin).post(f"{PAGE}/{name}", data={"value": "1"}).status_code == 404


def test_the_page_costs_the_same_with_many_changes(app, browser, admin, clock):
    person = browser(admin)
    before = len(statements_of(app, person, PAGE))
    with transaction():
        for each in all_options():
            db.session.add(ChangedOption(name=each.name, value=each.kind.write(each.default),
                                         changed_by_id=admin.id, changed_at=clock()))
    assert len(statements_of(app, person, PAGE)) == before


def test_undo_is_in_sight_after_a_change(browser, admin):
    answer = browser(admin).post("/manage/options/alerts.hours", data={"value": "8"})
    assert answer.location.endswith("/manage/options")
