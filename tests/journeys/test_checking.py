"""Checking a customer on a phone, through an input method."""

import re

import pytest

NAME = "苏州恒通机电有限公司"


def compose(page, text):
    """Let an input method hold `text`, which the person has not chosen yet."""
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {
        "text": text, "selectionStart": len(text), "selectionEnd": len(text)})
    return session


@pytest.fixture
def checking(open_page, deal, alice, bob):
    """Bob's page with the box, and what it asks; the customer is alice's."""
    deal(alice, NAME)
    page = open_page(bob, phone=True)
    page.goto("/leads/check")
    page.asked = []
    page.on("request", lambda request: re.search("/leads/check.*q=", request.url)
            and page.asked.append(request.url))
    return page


def test_nothing_is_asked_while_a_word_is_composed(checking, alice):
    checking.locator("#check-q").click()
    for part in ("su", "su zhou", "su zhou heng tong"):
        session = compose(checking, part)
        checking.wait_for_timeout(400)
    assert checking.asked == []
    session.send("Input.insertText", {"text": "苏州恒通机电"})
    checking.locator("#check-answer", has_text=alice.name).wait_for()
    assert len(checking.asked) == 1


def test_the_next_word_holds_back_what_was_about_to_be_asked(checking, alice):
    checking.locator("#check-q").click()
    compose(checking, "su zhou").send("Input.insertText", {"text": "苏州"})
    session = compose(checking, "heng tong")
    checking.wait_for_timeout(800)
    assert checking.asked == []
    session.send("Input.insertText", {"text": "恒通机电"})
    checking.locator("#check-answer", has_text=alice.name).wait_for()
    assert len(checking.asked) == 1


def test_a_cleared_box_forgets_the_answer(checking, alice):
    box = checking.locator("#check-q")
    box.press_sequentially(NAME, delay=10)
    answer = checking.locator("#check-answer")
    answer.filter(has_text=alice.name).wait_for()
    box.fill("")
    answer.filter(has_not_text=alice.name).wait_for(state="hidden")
    assert answer.inner_text() == ""
