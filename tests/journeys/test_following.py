"""Calling a colleague while typing, following a subject, keeping a case at hand."""

import pytest
from playwright.sync_api import expect

COMMENT = "Your comment"


@pytest.fixture
def case(record, alice):
    return record(alice, title="客户要再降一点", tags=("价格",), body="怎么答？").id


def test_a_colleague_is_called_by_the_keyboard_and_told(open_page, case, alice, mei, bob):
    page = open_page(bob, language="en")
    page.goto(f"/cases/{case}")
    box = page.get_by_label(COMMENT)
    # Before a letter is typed: whoever takes part in the case, then one's team.
    box.press_sequentially("请@")
    first, second = (page.get_by_role("option", name=name) for name in ("李爱丽", "梅芳"))
    expect(first).to_have_attribute("aria-selected", "true")
    box.press("ArrowDown")
    expect(second).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    expect(box).to_have_value("请@mei ")
    box.press_sequentially("看一下")
    page.get_by_role("button", name="Comment", exact=True).click()
    page.locator(".comment .mention", has_text="@梅芳").wait_for()

    other = open_page(mei, language="en")
    other.goto("/notifications")
    other.get_by_text("张博 mentioned you in “客户要再降一点”").first.wait_for()


def test_the_sound_of_a_name_finds_it_and_escape_leaves_the_text_alone(open_page, case, bob):
    page = open_page(bob, language="en")
    page.goto(f"/cases/{case}")
    box = page.get_by_label(COMMENT)
    box.press_sequentially("@meif")
    page.get_by_role("option", name="梅芳").wait_for()
    box.press("Escape")
    expect(page.get_by_role("listbox", name="People to mention")).to_have_count(0)
    expect(box).to_have_value("@meif")
    box.fill("")
    # Part of an e-mail address calls nobody.
    box.press_sequentially("x@mei")
    page.wait_for_timeout(400)
    expect(page.get_by_role("option", name="梅芳")).to_have_count(0)


def test_an_input_method_keeps_its_enter(open_page, case, bob):
    page = open_page(bob, language="en")
    page.goto(f"/cases/{case}")
    box = page.get_by_label(COMMENT)
    box.press_sequentially("@")
    page.get_by_role("option", name="李爱丽").wait_for()
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition",
                 {"text": "mei", "selectionStart": 3, "selectionEnd": 3})
    expect(page.get_by_role("listbox", name="People to mention")).to_have_count(0)
    session.send("Input.insertText", {"text": "梅"})
    page.get_by_role("option", name="梅芳").wait_for()
    expect(box).to_have_value("@梅")
    box.press("Tab")
    expect(box).to_have_value("@mei ")


def test_a_name_is_tapped_on_a_phone(open_page, case, bob):
    page = open_page(bob, phone=True, language="en")
    page.goto(f"/cases/{case}")
    box = page.get_by_label(COMMENT)
    box.tap()
    box.press_sequentially("@mei")
    page.get_by_role("option", name="梅芳").tap()
    expect(box).to_have_value("@mei ")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 360


def test_a_tag_is_followed_a_case_kept_and_a_new_one_told(
    open_page, record, case, alice, bob, axe
):
    page = open_page(bob, phone=True, language="en")
    page.goto("/cases?tag=价格")
    page.get_by_role("button", name="Follow · Tag 价格").tap()
    page.get_by_role("button", name="Following · Tag 价格").wait_for()
    page.get_by_role("button", name="Bookmark: 客户要再降一点").tap()
    expect(page.get_by_role("button", name="Bookmark: 客户要再降一点")).to_have_attribute(
        "aria-pressed", "true")
    box = page.get_by_role("button", name="Bookmark: 客户要再降一点").bounding_box()
    assert min(box["width"], box["height"]) >= 44
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 360
    record(alice, title="对手便宜一半", tags=("价格",))
    page.goto("/notifications")
    page.get_by_text("New in what you follow: “对手便宜一半” by 李爱丽").first.wait_for()
    page.goto("/bookmarks")
    page.get_by_role("link", name="客户要再降一点").wait_for()
    assert axe(page) == []
    page.goto("/following")
    page.get_by_role("button", name="Stop").tap()
    page.get_by_role("button", name="Undo").tap()
    page.get_by_role("link", name="价格").wait_for()
    assert axe(page) == []


def test_the_menus_of_a_case_fit_a_phone(open_page, case, bob, axe):
    page = open_page(bob, phone=True, language="en")
    page.goto(f"/cases/{case}")
    page.locator(".case-more > summary").tap()
    page.locator("summary", has_text="Follow its subjects").tap()
    page.get_by_role("button", name="Follow · Tag 价格").tap()
    page.get_by_role("button", name="Following · Tag 价格").wait_for()
    page.locator("summary", has_text="Remind me").tap()
    page.get_by_label("What about").fill("call back")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 360
    assert axe(page) == []
    page.locator(".look-again-box").get_by_role("button", name="Remind me").tap()
    page.get_by_text("You will be reminded on").wait_for()


def test_the_menu_of_a_case_by_keyboard(open_page, case, bob):
    page = open_page(bob, language="en")
    page.goto(f"/cases/{case}")
    menu = page.locator(".case-more")
    menu.locator(":scope > summary").focus()
    page.keyboard.press("Enter")
    for name in ("Follow", "Follow its subjects", "Remind me", "Copy link"):
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.innerText").strip() == name
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.get_by_label("Day").focus()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("Day")).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator(":scope > summary")).to_be_focused()


def test_an_address_for_a_calendar_is_copied_from_its_page(open_page, bob, axe):
    page = open_page(bob, language="en")
    page.goto("/preferences/calendar")
    page.get_by_label("Where you will use it").fill("phone")
    page.get_by_role("button", name="Make an address").click()
    address = page.get_by_label("Address", exact=True).input_value()
    assert "/calendar/" in address and address.endswith(".ics")
    assert axe(page) == []
    page.goto("/preferences/calendar")
    page.locator("summary", has_text="Revoke").click()
    page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    page.get_by_text("The address no longer works.").wait_for()
