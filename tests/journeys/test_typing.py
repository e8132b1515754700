"""Searching while typing: groups under the box, by keys, by touch, through an input method."""

from urllib.parse import quote

import pytest

from portal.search.log.queries.history import count_popular_anew

TITLE = "两个销售撞单，都说客户是自己的"


@pytest.fixture
def library(record, alice, bob):
    record(bob, kind="loss", title="某汽配厂丢单复盘", body="输在价格，差 12%。", tags=("价格",))
    return record(alice, title=TITLE, tags=("撞单", "客户归属"), body="隔壁组同事先抢单。").id


@pytest.fixture
def at_home(open_page, library, carol):
    """`at_home(phone=True)`: Carol's page with the search box, and what it asks."""

    def open_it(**options):
        page = open_page(carol, **options)
        page.goto("/")
        page.asked = []
        page.on("request", lambda request: "/search/suggest" in request.url
                and page.asked.append(request.url))
        return page

    return open_it


def compose(page, text):
    """Let an input method hold `text`; an empty one gives up."""
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {
        "text": text, "selectionStart": len(text), "selectionEnd": len(text)})
    return session


def box(page):
    return page.get_by_role("combobox")


def option(page, name):
    return page.get_by_role("option", name=name)


def test_the_arrows_go_through_all_groups_and_back_to_the_box(at_home, library):
    page = at_home()
    box(page).click()
    page.keyboard.type("撞单")
    option(page, TITLE).wait_for()
    assert page.get_by_role("group").all_inner_texts()[0].split("\n")[1] == TITLE
    marked = page.locator("[role=option][aria-selected=true]")
    seen = []
    for _ in range(3):
        page.keyboard.press("ArrowDown")
        seen.append(marked.get_attribute("href"))
        assert box(page).get_attribute("aria-activedescendant") == marked.get_attribute("id")
    assert seen[0] == f"/cases/{library}"
    assert seen[1].startswith("/search?tag=")
    assert seen[2].startswith("/search?q=")
    page.keyboard.press("ArrowDown")
    assert marked.count() == 0
    page.keyboard.press("ArrowUp")
    assert marked.get_attribute("href") == seen[2]
    page.keyboard.press("Escape")
    assert page.get_by_role("listbox").count() == 0
    assert box(page).input_value() == "撞单"


def test_tab_leaves_and_the_list_closes(at_home):
    page = at_home()
    box(page).fill("撞单")
    option(page, TITLE).wait_for()
    page.keyboard.press("Tab")
    page.get_by_role("listbox").wait_for(state="hidden")
    assert box(page).get_attribute("aria-expanded") == "false"


def test_enter_without_a_choice_shows_all_results(at_home):
    page = at_home()
    box(page).fill("撞单")
    option(page, TITLE).wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=**")
    assert page.get_by_role("link", name=TITLE).is_visible()


def test_nothing_is_asked_while_an_input_method_composes(at_home):
    page = at_home()
    box(page).click()
    page.wait_for_timeout(300)
    page.asked.clear()
    for beginning in ("z", "zhuang", "zhuang dan", "撞单"):
        session = compose(page, beginning)
        page.wait_for_timeout(200)
    assert page.asked == []
    assert "/search" not in page.url
    session.send("Input.insertText", {"text": "撞单"})
    option(page, TITLE).wait_for()
    assert len(page.asked) == 1
    assert box(page).input_value() == "撞单"


def test_the_enter_that_ends_a_composition_sends_nothing(at_home):
    page = at_home()
    box(page).click()
    compose(page, "zhuang")
    # Safari reports the Enter after the composition ended, with the code of an input method.
    sent = page.evaluate("""() => {
        const box = document.querySelector("[role=combobox]");
        box.dispatchEvent(new CompositionEvent("compositionend", {bubbles: true, data: "撞"}));
        const enter = new KeyboardEvent("keydown", {key: "Enter", keyCode: 229, bubbles: true,
                                                    cancelable: true});
        let submitted = false;
        box.form.addEventListener("submit", () => { submitted = true; });
        return [box.dispatchEvent(enter), submitted];
    }""")
    assert sent == [False, False]
    assert "/search" not in page.url


def answer_slowly(page, text):
    """The suggestions for this take a while."""
    page.route(f"**/search/suggest?q={quote(text)}", lambda route: (
        page.wait_for_timeout(900), route.continue_()))


def test_a_slow_answer_never_replaces_a_newer_one(at_home):
    page = at_home()
    answer_slowly(page, "价格")
    box(page).fill("价格")
    page.wait_for_timeout(250)
    box(page).fill("撞单")
    option(page, TITLE).wait_for()
    page.wait_for_timeout(1200)
    assert option(page, "某汽配厂").count() == 0
    assert option(page, TITLE).is_visible()


def test_an_answer_that_comes_after_escape_opens_nothing(at_home):
    page = at_home()
    answer_slowly(page, "价格")
    box(page).fill("价格")
    page.wait_for_timeout(250)
    page.keyboard.press("Escape")
    page.wait_for_timeout(1100)
    assert page.get_by_role("listbox").count() == 0


@pytest.mark.parametrize("phone", [False, True])
def test_the_open_list_is_usable_by_everyone(at_home, axe, phone):
    page = at_home(phone=phone, color_scheme="dark" if phone else "light")
    page.goto("/search?q=价格")
    page.goto("/")
    box(page).click()
    option(page, "价格").first.wait_for()
    assert axe(page) == []
    box(page).fill("撞单")
    option(page, TITLE).wait_for()
    assert axe(page) == []
    assert page.evaluate("document.scrollingElement.scrollWidth") <= page.viewport_size["width"]


def test_a_thumb_chooses_on_a_phone(at_home, library):
    page = at_home(phone=True)
    box(page).tap()
    box(page).fill("zhuangdan")
    wanted = option(page, TITLE)
    wanted.wait_for()
    sizes = [each.bounding_box() for each in page.get_by_role("option").all()]
    assert min(size["height"] for size in sizes) >= 44
    assert page.get_by_role("listbox").bounding_box()["width"] == 360
    wanted.tap()
    page.wait_for_url(f"**/cases/{library}")


def test_earlier_searches_come_back_and_can_be_forgotten(at_home):
    page = at_home()
    for text in ("价格", "撞单", "报备"):
        page.goto(f"/search?q={text}")
    page.goto("/")
    box(page).click()
    option(page, "撞单").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Delete")
    option(page, "报备").first.wait_for(state="detached")
    page.get_by_role("option", name="“撞单”").click()
    option(page, "撞单").first.wait_for(state="detached")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    marked = page.locator("[role=option][aria-selected=true]")
    assert marked.get_attribute("data-forget") == "价格"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=**")
    page.goto("/")
    box(page).click()
    page.locator("[data-forget-all]").click()
    page.get_by_role("listbox").wait_for(state="hidden")
    page.reload()
    box(page).click()
    page.wait_for_timeout(500)
    assert page.get_by_role("option").count() == 0


def test_popular_searches_are_offered_to_who_comes_first(at_home, browser, alice, bob, mei):
    for person in (alice, bob, mei):
        browser(person).get("/search?q=撞单")
    count_popular_anew()
    page = at_home()
    box(page).click()
    option(page, "撞单").click()
    page.wait_for_url("**/search?q=**")
    assert page.get_by_role("link", name=TITLE).is_visible()


def test_what_was_chosen_is_told(at_home, library):
    page = at_home()
    told = []
    page.on("request", lambda request: "/search/opened" in request.url and told.append(request))
    box(page).fill("撞单")
    option(page, TITLE).click()
    page.wait_for_url(f"**/cases/{library}")
    page.goto("/search?q=价格")
    page.locator(".result-title a").first.click()
    page.wait_for_url("**/cases/*")
    assert len(told) == 2
    assert told[0].method == "POST"
    statuses = [request.response().status for request in told]
    assert statuses == [204, 204]
