"""A manager teaches the search a word of the department."""

import pytest


def narrow(page):
    return page.evaluate("document.scrollingElement.scrollWidth") <= page.viewport_size["width"]


@pytest.mark.parametrize("options", [
    {}, {"phone": True, "color_scheme": "dark"}, {"javascript": False},
], ids=["desktop", "phone", "without scripts"])
def test_a_word_is_added_tried_and_taken_back(open_page, mei, alice, record, axe, options):
    record(alice, title="两个销售撞单了")
    page = open_page(mei, language="en", **options)
    scripts = options.get("javascript", True)
    page.goto("/manage/synonyms")
    page.get_by_role("link", name="Add a group").click()
    page.get_by_label("Phrases").fill("撞单，踩脚后跟")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_text("Saved.").wait_for()
    page.get_by_label("Query", exact=True).fill("又被踩脚后跟了")
    if not scripts:
        page.get_by_role("button", name="Try").click()
    page.get_by_role("link", name="撞单 1").wait_for()
    assert not scripts or axe(page) == []
    assert not scripts or narrow(page)
    page.get_by_role("link", name="The whole query finds 1 case").click()
    page.get_by_role("link", name="两个销售撞单了").first.wait_for()
    page.goto("/manage/synonyms?q=caijiaohougen")
    page.get_by_role("button", name="Remove 撞单").click()
    page.get_by_text("is removed.").wait_for()
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("counts again.").wait_for()


def test_lines_are_rehearsed_and_added(open_page, mei, axe):
    page = open_page(mei, language="en", phone=True)
    page.goto("/manage/synonyms/import")
    page.get_by_label("Or paste the lines here").fill("踩脚后跟, 踩线\n撞单, 抢单\n单")
    page.get_by_role("button", name="Rehearse").click()
    page.get_by_text("Nothing is written yet.").wait_for()
    assert axe(page) == []
    assert narrow(page)
    page.get_by_role("button", name="Add 1 group").click()
    page.get_by_text("1 group added.").wait_for()
