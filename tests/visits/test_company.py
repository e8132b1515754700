"""Going together: who reads what, who is told, who comments."""

import pytest
from sqlalchemy import select

from portal.core.errors import Refused
from portal.core.events import deliver
from portal.extensions import db
from portal.reminders.models import Notification
from portal.visits.actions import joining, planning
from portal.visits.models import Visit
from portal.visits.queries import reading
from tests.visits.acting import acting


def visit_of(number):
    return db.session.get_one(Visit, number)


def join(owner, visit, person, clock):
    with acting():
        joining.add_companion(owner.actor, visit_of(visit.id), person.row, clock())


def told(person):
    deliver()
    query = select(Notification.kind).where(Notification.person_id == person.id)
    return db.session.scalars(query.order_by(Notification.id)).all()


def test_a_colleague_reads_that_visit_alone_and_is_told(
    browser, alice, carol, customer, planned, clock
):
    hengda = customer(alice)
    visit, other = planned(alice, hengda), planned(alice, hengda, 1)
    carols = browser(carol)
    assert carols.get(f"/visits/{visit.id}").status_code == 404
    join(alice, visit, carol, clock)
    assert told(carol) == ["visit.joined"]
    page = carols.get(f"/visits/{visit.id}")
    assert page.status_code == 200
    assert "Hengda Machinery" in page.text
    assert f"/customers/{hengda.id}\"" not in page.text
    assert carols.get(f"/visits/{other.id}").status_code == 404
    assert carols.get(f"/customers/{hengda.id}").status_code == 404
    assert carols.get(f"/customers/{hengda.id}/visits").status_code == 404
    assert "Hengda Machinery" in carols.get("/visits").text
    assert "Hengda Machinery" in carols.get("/").text
    assert carols.post(f"/visits/{visit.id}/arrive").status_code == 403


def test_both_comment_and_are_told_once_each(browser, alice, carol, mei, customer, planned, clock):
    visit = planned(alice, customer(alice))
    join(alice, visit, carol, clock)
    said = browser(carol).post(f"/visits/{visit.id}/comments", data={"body": "I bring the demo."})
    assert said.status_code == 303
    assert told(alice) == ["visit.commented"]
    browser(mei).post(f"/visits/{visit.id}/comments", data={"body": "Ask about the budget."})
    assert told(alice) == ["visit.commented", "visit.commented"]
    assert told(carol) == ["visit.joined", "visit.commented"]
    assert told(mei) == []
    page = browser(alice).get(f"/visits/{visit.id}").text
    assert "I bring the demo." in page
    assert "Ask about the budget." in page


def test_an_empty_comment_keeps_the_page(browser, alice, customer, planned):
    visit = planned(alice, customer(alice))
    answer = browser(alice).post(f"/visits/{visit.id}/comments", data={"body": " "})
    assert answer.status_code == 422


def test_strangers_may_not_comment(browser, carol, alice, customer, planned):
    visit = planned(alice, customer(alice))
    answer = browser(carol).post(f"/visits/{visit.id}/comments", data={"body": "Hello"})
    assert answer.status_code == 404


def test_who_does_not_come_along_after_all_reads_it_no_more(
    browser, alice, carol, customer, planned, clock
):
    visit = planned(alice, customer(alice))
    join(alice, visit, carol, clock)
    answer = browser(alice).post(f"/visits/{visit.id}/people/{carol.id}/remove")
    assert answer.status_code == 303
    assert browser(carol).get(f"/visits/{visit.id}").status_code == 404
    clock.move(minutes=1)
    join(alice, visit, carol, clock)
    assert told(carol).count("visit.joined") == 2


@pytest.mark.parametrize("login", ["alice", "hr", "admin"])
def test_who_does_not_visit_customers_is_not_asked(
    request, alice, customer, planned, clock, login
):
    person = request.getfixturevalue(login)
    visit = planned(alice, customer(alice))
    with pytest.raises(Refused):
        join(alice, visit, person, clock)


def test_a_name_that_is_not_clear_asks_back(browser, alice, customer, planned):
    visit = planned(alice, customer(alice))
    answer = browser(alice).post(f"/visits/{visit.id}/people", data={"asked": "Nobody"})
    assert answer.status_code == 422
    assert "Nobody" in answer.text
    assert browser(alice).post(f"/visits/{visit.id}/people", data={"asked": "carol"}
                               ).status_code == 303
    assert [each.login for each in visit_of(visit.id).companions] == ["carol"]


def test_moved_and_cancelled_are_told_to_who_goes_along(
    alice, carol, customer, planned, today, clock
):
    visit = planned(alice, customer(alice), 1)
    join(alice, visit, carol, clock)
    with acting():
        planning.move_visit(alice.actor, visit_of(visit.id), today, clock())
    assert told(carol) == ["visit.joined", "visit.changed"]
    with acting():
        planning.cancel_visit(alice.actor, visit_of(visit.id), "They are ill", clock())
    assert told(carol) == ["visit.joined", "visit.changed", "visit.cancelled"]


def test_the_rule_of_one_and_the_condition_on_many_agree(
    app, alice, bob, carol, mei, wang, chen, hr, admin, customer, planned, clock
):
    visits = [planned(alice, customer(alice)), planned(bob, customer(bob, "Haina")),
              planned(carol, customer(carol, "Mingyuan")),
              planned(mei, customer(None, "Nobody's"))]
    join(alice, visits[0], carol, clock)
    for person in (alice, bob, carol, mei, wang, chen, hr, admin):
        many = set(db.session.scalars(select(Visit.id).where(reading.readable_by(person.actor))))
        one = {each.id for each in visits if reading.reads(person.actor, visit_of(each.id))}
        assert many == one, person.login
