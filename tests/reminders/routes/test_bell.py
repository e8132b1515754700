"""The bell on every page: its count, and that opened pages handle what they are about."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.reminders.models import Notification
from tests.counting import statements, statements_of


def count(page):
    found = re.search(r"data-bell-count>([^<]*)<", page)
    return found[1] if found else ""


def test_the_count_stands_on_every_page(browser, bob, alice, record, tell):
    assert count(browser(bob).get("/cases").text) == ""
    for number in range(3):
        tell(bob, record(alice, title=f"Case {number}"))
    assert count(browser(bob).get("/").text) == "3"
    assert count(browser(bob).get("/notifications/bell").text) == "3"


def test_nobody_counts_beyond_99(browser, bob, clock):
    with transaction():
        for number in range(120):
            db.session.add(Notification(person_id=bob.id, kind="test.talk", subject="case:1",
                                        key=str(number), created_at=clock()))
    assert count(browser(bob).get("/").text) == "99+"


def test_the_bell_costs_one_statement(app, browser, bob, alice, record, tell):
    page = browser(bob)
    few = statements_of(app, page, "/notifications/bell")
    assert len([sent for sent in few if "notifications" in sent]) == 1
    for number in range(5):
        tell(bob, record(alice, title=f"Case {number}"))
    assert len(statements_of(app, page, "/notifications/bell")) == len(few)


def test_asking_for_the_count_keeps_no_session_alive(app, browser, bob, clock):
    page = browser(bob)
    for _ in range(13):
        clock.move(hours=1)
        page.get("/notifications/bell")
    assert page.get("/").status_code == 302


def test_using_the_portal_does(app, browser, bob, clock):
    page = browser(bob)
    for _ in range(13):
        clock.move(hours=1)
        page.get("/")
    assert page.get("/").status_code == 200


def test_whose_session_ended_gets_a_plain_401(browser):
    answer = browser().fragment("/notifications/bell")
    assert answer.status_code == 401 and "<form" not in answer.text


def test_the_page_of_a_record_tells_that_it_was_opened(browser, bob, alice, record, tell):
    case, other = record(alice), record(alice, title="Another")
    tell(bob, case)
    page = browser(bob)
    assert 'data-told-url="/notifications/opened"' in page.get(f"/cases/{case.id}").text
    assert "data-told-url" not in page.get(f"/cases/{other.id}").text
    answer = page.post("/notifications/opened", data={"subject": f"case:{case.id}"})
    assert answer.status_code == 204
    assert "data-told-url" not in page.get(f"/cases/{case.id}").text
    assert count(page.get("/").text) == ""


def test_it_handles_nobody_else_s(browser, bob, carol, alice, record, tell):
    case = record(alice)
    tell(bob, case)
    tell(carol, case)
    browser(carol).post("/notifications/opened", data={"subject": f"case:{case.id}"})
    rows = db.session.execute(select(Notification.person_id, Notification.handled_at)).all()
    assert {person for person, handled in rows if handled} == {carol.id}


@pytest.mark.parametrize("subject", ["", "case", "case:", "case:x", "ghost:1", "case:１",
                                     "case:99999999999", "case:1 or 1=1"])
def test_what_is_no_record_is_refused(browser, bob, subject):
    answer = browser(bob).post("/notifications/opened", data={"subject": subject})
    assert answer.status_code == 422


def test_methods(browser, bob):
    assert browser(bob).get("/notifications/opened").status_code == 405
    assert browser(bob).post("/notifications/bell").status_code == 405
    assert browser().post("/notifications/opened", data={"subject": "case:1"}).status_code == 401


def test_the_count_is_quick_however_much_was_handled(app, bob, clock):
    from time import perf_counter

    from portal.reminders.queries import open_subjects

    with transaction():
        db.session.execute(db.insert(Notification), [
            {"person_id": bob.id, "kind": "test.talk", "subject": f"case:{number}",
             "key": str(number), "detail": {}, "created_at": clock() - timedelta(days=1),
             "handled_at": clock() if number >= 50 else None}
            for number in range(20_000)
        ])
    open_subjects(bob.id)
    start = perf_counter()
    for _ in range(50):
        assert len(open_subjects(bob.id)) == 50
    assert (perf_counter() - start) / 50 < 0.01


def test_the_count_is_read_from_the_index(app, bob):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("small tables are read whole there")
    with statements(app) as sent:
        db.session.rollback()
        from portal.reminders.queries import open_subjects

        open_subjects(bob.id)
    statement = sent[-1]
    plan = db.session.connection().exec_driver_sql(
        f"EXPLAIN QUERY PLAN {statement}", (bob.id, 100, 0)
    ).all()
    assert "COVERING INDEX ix_notifications_open" in str(plan)
