"""A difficulty alert, from a phone to the manager's Today page and back to a solved problem."""

import re

SITUATION = "The customer wants the price of the last tender, by tonight."
REPLY = "I call their director at three and tell you what we can give."


def test_a_rep_raises_an_alert_and_the_manager_answers(open_page, record, alice, mei, axe):
    problem = record(alice, title="Tender price by tonight", body=SITUATION)

    rep = open_page(alice, phone=True, language="en")
    rep.goto(f"/cases/{problem.id}")
    rep.get_by_role("button", name="Raise an alert").click()
    rep.locator("#alert", has_text=f"Waits for {mei.name}").wait_for()
    assert rep.locator("#alert", has_text="24 working hours left").count() == 1
    assert rep.evaluate("document.scrollingElement.scrollWidth") <= 360
    # The head of the page lies over what stands above the alert: looked at from the top.
    rep.evaluate("scrollTo(0, 0)")
    assert axe(rep) == []

    manager = open_page(mei, phone=True, language="en")
    manager.goto("/")
    row = manager.locator(".list-row", has_text="Difficulty alert: 24 working hours left")
    row.get_by_role("link", name="Answer").click()
    manager.wait_for_url(re.compile(r"#alert$"))
    manager.evaluate("scrollTo(0, 0)")
    assert axe(manager) == []
    manager.get_by_label("Your reply").fill(REPLY)
    manager.get_by_role("button", name="Reply").click()
    manager.locator("#alert", has_text="answered").wait_for()
    manager.get_by_label("Your solution").fill("Give the price of the tender minus the service.")
    manager.get_by_role("button", name="Propose this solution").click()
    manager.locator(".solution", has_text="minus the service").wait_for()
    manager.goto("/")
    assert manager.locator(".list-row", has_text="Difficulty alert: ").count() == 0

    rep.goto("/")
    assert rep.locator(".list-row", has_text="Your alert waits for").count() == 0
    rep.get_by_role("link", name="See the answer").first.click()
    rep.get_by_role("button", name=re.compile("Accept")).click()
    rep.locator(".solution.accepted").wait_for()


def test_the_pages_of_working_time_pass_the_checker(open_page, admin, axe):
    page = open_page(admin, language="en")
    for address in ("/manage/options", "/manage/calendar?year=2026", "/manage/calendar?year=2030",
                    "/manage/calendar/2026-10-08", "/manage/calendar/import"):
        page.goto(address)
        assert axe(page) == [], address
        phone = page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
        assert phone, address


def test_a_day_is_changed_and_undone_on_a_phone(open_page, hr):
    page = open_page(hr, phone=True, language="en")
    page.goto("/manage/calendar?year=2026")
    page.locator("#day-2026-06-08").click()
    page.get_by_label("off", exact=True).check()
    page.get_by_label("Why").fill("团建")
    page.get_by_role("button", name="Save").click()
    page.locator("#day-2026-06-08.calendar-decided").wait_for()
    page.get_by_role("button", name="Undo").click()
    page.locator("#day-2026-06-08:not(.calendar-decided)").wait_for()
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 360
