"""The page of a lead in the hand: what comes first, double taps, and the story by kind."""

import re

import pytest

TOP = "selector => document.querySelector(selector).getBoundingClientRect().top + scrollY"


@pytest.fixture
def phone(open_page, deal, alice):
    page = open_page(alice, phone=True, language="en")
    page.goto(f"/leads/{deal(alice).id}")
    return page


def plan(page, step):
    """Fill in what comes next; the button that plans it."""
    form = page.locator("#next_step form:has([name=step])")
    if not form.is_visible():
        page.locator("#next_step summary").click()
    form.locator("[name=step]").fill(step)
    form.locator("[name=day]").fill("2026-07-15")
    button = form.locator("button[type=submit]")
    button.evaluate("button => button.scrollIntoView({block: 'center'})")
    return button


def test_what_one_needs_comes_before_what_happened(phone, axe):
    tops = [phone.evaluate(TOP, part)
            for part in ("#next_step", "#stage", "#closing", "#score", "#timeline")]
    assert tops == sorted(tops)
    assert not phone.locator("#score select").first.is_visible()
    phone.locator("#score summary").click()
    phone.locator("#score select").first.select_option("1")
    phone.locator("#score li", has_text=re.compile(r"25% × \d")).wait_for()
    # The part came anew; it is still unfolded.
    assert phone.locator("#score select").first.is_visible()
    assert phone.evaluate("document.scrollingElement.scrollWidth") <= 360
    assert axe(phone) == []


def test_a_double_tap_plans_once_and_presses_nothing_else(phone):
    sent = []
    phone.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    box = plan(phone, "Call about the date").bounding_box()
    here = phone.url
    for _ in range(2):
        phone.touchscreen.tap(box["x"] + 20, box["y"] + 20)
    phone.locator("#next_step", has_text="Call about the date").wait_for()
    phone.wait_for_timeout(600)
    assert len(sent) == 1 and phone.url == here


def test_the_story_by_kind_keeps_the_keyboard_where_it_is(open_page, deal, alice):
    page = open_page(alice)
    page.goto(f"/leads/{deal(alice).id}")
    chip = page.locator("#timeline-money")
    chip.focus()
    page.keyboard.press("Space")
    page.wait_for_url("**?group=money")
    page.get_by_text("没有").first.wait_for()
    assert page.evaluate("document.activeElement.id") == "timeline-money"
    page.go_back()
    page.locator(".timeline-entry").first.wait_for()
    assert page.locator("#timeline_filters input:checked").count() == 0
