"""Between two customers, on a phone: plan, check in, write, learn; and without a connection."""

import re
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select

from portal.core import clock as portal_clock
from portal.extensions import db
from portal.leads.models import Lead
from portal.visits.models import Visit
from tests.journeys.test_capture import SOON
from tests.visits.conftest import customer, lead, planned, today  # noqa: F401

NAME = "杭州恒达精密机械有限公司"


def visits():
    db.session.rollback()
    return db.session.scalars(select(Visit).order_by(Visit.id)).all()


def fits(page):
    return page.evaluate("document.scrollingElement.scrollWidth") <= 360


@pytest.fixture(autouse=True)
def cut_off(watch):
    """What htmx tells the console of a request without a connection is no trouble here."""
    yield
    watch.troubles[:] = [told for told in watch.troubles if "htmx:sendError" not in told]


def test_plan_check_in_review_and_a_lesson(
    open_page, alice, customer, lead, axe  # noqa: F811
):
    hengda = customer(alice, NAME, contacts=["王建国"])
    deal = lead(alice, hengda)
    page = open_page(alice, phone=True, language="en")
    page.goto("/visits")
    page.get_by_role("link", name="Plan a visit").click()
    page.locator("#add-visit").get_by_role("link", name=NAME).click()
    page.get_by_label("Price quotation", exact=True).check()
    page.get_by_label("Goal").fill("Settle the scope")
    page.get_by_role("button", name="Plan it").click()
    page.get_by_text("Planned for").wait_for()
    assert fits(page)
    assert axe(page) == []
    page.get_by_role("button", name=re.compile("^I am here")).click()
    page.get_by_text("The time is noted.").wait_for()
    assert visits()[0].status == "arrived"
    page.get_by_role("link", name="Write the review").click()
    page.locator("form[data-draft-ready]").wait_for(state="attached")
    assert fits(page)
    assert axe(page) == []
    page.get_by_label("Partly", exact=True).check()
    page.get_by_label("The customer's words").fill("王建国说恒达最担心停产。")
    page.get_by_label("王建国", exact=True).check()
    page.get_by_label("Next step", exact=True).fill("Send the references")
    page.get_by_label(re.compile("^In 3 working days")).check()
    page.get_by_role("button", name="Save the review").click()
    page.get_by_role("heading", name="What others can learn from it").wait_for()
    done = visits()[0]
    assert (done.status, done.review.result) == ("reviewed", "partly")
    assert db.session.get_one(Lead, deal.id).next_step == "Send the references"
    assert axe(page) == []
    page.get_by_role("link", name="Lesson").click()
    body = page.get_by_label("Text", exact=True).input_value()
    assert "最担心停产" in body
    assert "恒达" not in body
    assert "王建国" not in body
    page.get_by_label("What did the visit teach you?").fill("Bring references of the same trade")
    page.get_by_role("button", name="Publish", exact=True).click()
    page.wait_for_url(re.compile(r"/cases/\d+"))
    page.goto(f"/visits/{done.id}")
    page.get_by_role("link", name="Bring references of the same trade").wait_for()


def test_a_follow_up_in_few_taps_closes_the_reminder(
    open_page, alice, customer, lead  # noqa: F811
):
    deal = lead(alice, customer(alice, NAME))
    page = open_page(alice, phone=True, language="en")
    page.goto("/record")
    page.get_by_role("link", name=re.compile("^Follow-up")).click()
    page.get_by_label("Customer", exact=True).fill("hangzhou")
    page.get_by_role("link", name=NAME).click()
    page.locator("form[data-draft-ready]").wait_for(state="attached")
    assert fits(page)
    page.get_by_label("What came of it").fill("They want an offer.")
    step = page.get_by_label("Next step", exact=True)
    step.fill("Call")
    assert page.get_by_label(re.compile("^In 3 working days")).is_checked()
    step.fill("")
    assert page.get_by_label("No next step").is_checked()
    page.get_by_label(re.compile("^Tomorrow")).check()
    step.fill("Send it")
    assert page.get_by_label(re.compile("^Tomorrow")).is_checked()
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url(re.compile(r"/visits/\d+"))
    assert [each.kind for each in visits()] == ["call"]
    assert db.session.get_one(Lead, deal.id).next_step == "Send it"


def test_what_was_written_survives_a_lost_connection(
    open_page, alice, customer, planned  # noqa: F811
):
    visit = planned(alice, customer(alice, NAME))
    page = open_page(alice, phone=True, language="en")
    page.goto(f"/visits/{visit.id}/review")
    page.locator("form[data-draft-ready]").wait_for(state="attached")
    page.get_by_label("Reached", exact=True).check()
    page.get_by_label("What worked").fill("The photos from the floor")
    page.context.set_offline(True)
    page.get_by_role("button", name="Save the review").click()
    page.get_by_text("Not sent yet: there is no connection.").wait_for()
    assert visits()[0].reviews == []
    page.context.set_offline(False)
    page.get_by_text("Sent.", exact=True).wait_for(timeout=SOON)
    assert [each.worked for each in visits()[0].reviews] == ["The photos from the floor"]


def test_a_visit_is_dragged_to_another_day(
    open_page, alice, customer, planned, clock  # noqa: F811
):
    visit = planned(alice, customer(alice, NAME), 1)
    page = open_page(alice, language="en")
    page.goto("/visits")
    to = portal_clock.local_day(clock()) + timedelta(days=3)
    page.locator(f"#visit-{visit.id}").drag_to(page.locator(f"[data-day='{to.isoformat()}']"))
    page.get_by_text("Moved to").wait_for()
    assert visits()[0].day == to
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("It stands where it stood before.").wait_for()
    # The same by keyboard.
    page.locator(f"#visit-{visit.id} .visit-menu > summary").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Fri 5 Jun").click()
    page.get_by_text("Moved to").wait_for()
    assert visits()[0].day.isoformat() == "2026-06-05"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_tabs_keep_to_one_row(open_page, alice, language):
    page = open_page(alice, phone=True, language=language)
    for address in ("/leads", "/leads/check", "/claims", "/receivables"):
        page.goto(address)
        row = page.locator("#sections")
        assert row.bounding_box()["height"] < 60
        ends = [each.bounding_box() for each in row.locator(".nav-link:visible").all()]
        assert all(one["x"] + one["width"] <= two["x"] + 1
                   for one, two in pairwise(ends))
        assert row.locator(".nav-link.active:visible").count() == 1
        assert fits(page)
    row.locator("summary").click()
    row.locator(".dropdown-menu a[href='/leads/board']").click()
    page.wait_for_url(re.compile("/leads/board"))
