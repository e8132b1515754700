"""The review queue on a phone and by keyboard, in a real browser."""

from playwright.sync_api import expect


def test_a_phone_begins_with_the_text_and_the_keyboard_with_the_decision(
    open_page, record, alice, mei
):
    record(alice, kind="lesson", title="The first of two", body="A long text.\n\n" * 60)
    record(alice, kind="lesson", title="The second of two", body="Short.")
    phone = open_page(mei, language="en", phone=True)
    phone.goto("/cases/review")
    phone.get_by_role("link", name="The first of two", exact=True).click()
    decision = phone.get_by_role("button", name="Validate")
    expect(decision).to_be_focused()
    assert phone.evaluate("scrollY") == 0

    desk = open_page(mei, language="en")
    desk.goto(phone.url)
    expect(desk.get_by_role("button", name="Validate")).to_be_focused()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="The second of two")).to_be_visible()
    expect(desk.get_by_role("button", name="Validate")).to_be_focused()
