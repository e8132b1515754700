"""The pages of long work."""

from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.tasks import Link
from portal.tasks.models import Task
from tests.tasks.conftest import task
from tests.tasks.test_runner import begun_elsewhere, counting


def test_finished_work_leads_on(browser, declare, ask, alice):
    declare("count", counting(3), links=lambda row: [Link("To the result", "/cases")])
    page = browser(alice).get(f"/tasks/{ask(alice, 'count')}")
    assert page.status_code == 200
    assert "To the result" in page.text
    assert "every 1s" not in page.text


def test_running_work_asks_for_itself_until_it_is_over(browser, declare, ask, alice, clock, later):
    declare("count", counting(3))
    number = ask(alice, "count")
    begun_elsewhere(number, clock, done=25, total=100)
    clock.move(seconds=10)
    visitor = browser(alice)
    part = visitor.fragment(f"/tasks/{number}")
    assert part.text.lstrip().startswith("<section")
    assert "every 1s" in part.text
    assert "25 of 100" in part.text
    assert "HX-Refresh" not in part.headers
    with transaction():
        row = db.session.get(Task, number)
        row.status, row.finished_at = "done", clock()
    assert visitor.fragment(f"/tasks/{number}").headers["HX-Refresh"] == "true"


def test_administrators_see_how_far_it_is_but_not_what_came_of_it(
    browser, declare, ask, alice, admin
):
    declare("count", counting(3), links=lambda row: [Link("To the result", "/cases")])
    page = browser(admin).get(f"/tasks/{ask(alice, 'count')}")
    assert page.status_code == 200
    assert "To the result" not in page.text
    assert alice.name in page.text


def test_a_stranger_does_not_see_it(browser, declare, ask, alice, bob):
    declare("count", counting(3))
    number = ask(alice, "count")
    assert browser(bob).get(f"/tasks/{number}").status_code == 404
    assert browser(bob).post(f"/tasks/{number}/cancel").status_code == 404


def test_the_list_holds_ones_own(browser, declare, ask, alice, bob, admin):
    declare("count", counting(3))
    number = ask(alice, "count")
    link = f'href="/tasks/{number}"'
    assert link in browser(alice).get("/tasks").text
    assert link not in browser(bob).get("/tasks").text
    assert link not in browser(bob).get("/tasks?all=1").text
    assert link in browser(admin).get("/tasks?all=1").text


def test_cancelling(browser, declare, ask, alice, clock, later):
    declare("count", counting(3))
    number = ask(alice, "count")
    answer = browser(alice).post(f"/tasks/{number}/cancel")
    assert answer.status_code == 303
    assert task(number).status == "cancelled"
    assert browser(alice).post(f"/tasks/{number}/cancel").status_code == 303


def test_a_wrong_method(browser, declare, ask, alice):
    declare("count", counting(3))
    number = ask(alice, "count")
    assert browser(alice).get(f"/tasks/{number}/cancel").status_code == 405
    assert browser(alice).post(f"/tasks/{number}").status_code == 405


def test_failed_work_says_so_plainly(browser, declare, ask, alice):
    def run(row, progress):
        raise ZeroDivisionError

    declare("break", run)
    page = browser(alice).get(f"/tasks/{ask(alice, 'break')}").text
    assert "not yours" in page
    assert "Failed" in page
