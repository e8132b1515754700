"""The reps' story: what the library knows already is shown while a new case is being written."""

import re

import pytest

ASKED = "两个销售同时报备同一个客户，怎么判"
SCREENS = pytest.mark.parametrize(("phone", "language"), [
    (False, "zh"), (False, "en"), (True, "zh"), (True, "en"),
])


@pytest.fixture
def answered(record, alice, bob, browser):
    """A solved problem and more like it, so that five are shown."""
    words = "两个销售同时报备同一个客户，按首次拜访记录判断客户归属"
    case = record(alice, title="两个销售报备同一个客户，算谁的", body=words)
    for number in range(6):
        record(alice, title=f"报备客户的第 {number} 种情形", body=words, kind="lesson")
    browser(bob).post(f"/cases/{case.id}/solutions", data={"body": "看**首次拜访**记录。"})
    browser(alice).post("/solutions/1/accept")
    return case


@pytest.fixture
def begin(open_page, answered):
    """The form of a new problem with a title typed into it."""

    def begin_one(person, body="", **options):
        page = open_page(person, **options)
        page.goto("/cases/new/problem")
        page.locator("#title").press_sequentially(ASKED)
        if body:
            page.locator("#body").fill(body)
        page.locator(".alike-item").first.wait_for()
        return page

    return begin_one


@SCREENS
def test_typing_a_title_shows_five_similar_cases(begin, carol, axe, phone, language):
    page = begin(carol, phone=phone, language=language)
    assert page.locator(".alike-item").count() == 5
    first = page.locator(".alike-item").first
    assert "算谁的" in first.inner_text()
    assert "看首次拜访记录" in first.inner_text()
    assert first.locator(".badge").count() == 3
    page.locator("[data-alike-said]", has_text="5").wait_for(state="attached")
    assert page.evaluate("document.activeElement.id") == "title"
    assert page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0
    assert axe(page) == []


@SCREENS
def test_this_one_counts_and_keeps_what_was_typed_until_it_is_undone(
    begin, carol, phone, language
):
    page = begin(carol, "我们周一都去了。", phone=phone, language=language)
    page.locator(".alike-ways button").first.click()
    page.wait_for_url(re.compile(r"/cases/1$"))
    page.locator(".flashes form button").click()
    page.wait_for_url(re.compile(r"/cases/\d+/edit$"))
    assert page.locator("#title").input_value() == ASKED
    assert page.locator("#body").input_value() == "我们周一都去了。"


@SCREENS
def test_a_variant_goes_on_under_the_case_that_was_found(begin, carol, phone, language):
    page = begin(carol, "代理商也报了一次。", phone=phone, language=language)
    page.locator(".alike-ways button").nth(1).click()
    page.wait_for_url(re.compile(r"/cases/1\?draft=\d+#propose$"))
    area = page.locator("#solution-body")
    assert area.input_value() == f"{ASKED}\n\n代理商也报了一次。"
    # Nothing is lost by opening the page anew, as a phone does by itself.
    page.reload()
    assert area.input_value() == f"{ASKED}\n\n代理商也报了一次。"
    page.locator("#propose button[type=submit]").click()
    page.locator(".solution", has_text="代理商也报了一次").wait_for()
    page.goto("/drafts")
    assert page.locator(".list-row").count() == 0


@SCREENS
def test_still_new_folds_the_panel_for_good(begin, carol, phone, language):
    page = begin(carol, phone=phone, language=language)
    page.locator("[data-still-new]").click()
    page.locator(".alike-item").first.wait_for(state="hidden")
    assert page.evaluate("document.activeElement.id") == "body"
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator("#title").press_sequentially("，再补几个字")
    page.wait_for_timeout(900)
    assert asked == []
    assert page.locator(".alike-item").first.is_hidden()
    page.locator("#body").fill("这次是三个销售。")
    page.locator(".form-actions button[value=published]").click()
    page.wait_for_url(re.compile(r"/cases/\d+$"))
    assert "再补几个字" in page.title()


def test_publish_works_at_any_time_and_enter_never_chooses_a_case(begin, carol):
    page = begin(carol, "我们周一都去了。")
    page.locator("#title").press("Enter")
    page.wait_for_url(re.compile(r"/cases/(?!1$)\d+$"))
    assert page.locator(".page-title").inner_text() == ASKED


def test_keys_alone_reach_every_way(begin, carol):
    page = begin(carol)
    page.locator("#title").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "alike-head"
    page.keyboard.press("Tab")
    # The list scrolls, so some browsers let the keys into it first.
    for _ in range(3):
        if page.evaluate("document.activeElement.className") == "alike-title":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert "/reuse" in page.evaluate("document.activeElement.formAction")
    page.keyboard.press("Tab")
    assert "/variant" in page.evaluate("document.activeElement.formAction")
    page.keyboard.press("Escape")
    page.locator(".alike-item").first.wait_for(state="hidden")
    assert page.evaluate("document.activeElement.id") == "body"


def test_an_input_method_is_left_alone(open_page, answered, carol):
    page, asked = open_page(carol), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/cases/new/problem")
    page.locator("#title").focus()
    page.evaluate("""() => {
      const title = document.getElementById("title");
      title.dispatchEvent(new CompositionEvent("compositionstart"));
      title.value = "baobei kehu";
      title.dispatchEvent(new InputEvent("input", { bubbles: true, isComposing: true }));
    }""")
    page.wait_for_timeout(900)
    assert not [url for url in asked if "alike" in url]
    page.evaluate("""() => {
      const title = document.getElementById("title");
      title.value = "报备同一个客户";
      title.dispatchEvent(new CompositionEvent("compositionend"));
    }""")
    page.locator(".alike-item").first.wait_for()


def test_a_search_that_fails_disturbs_nobody(open_page, answered, carol, watch):
    page = open_page(carol)
    page.goto("/cases/new/lesson")
    page.route("**/cases/alike*", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        page.locator("#title").press_sequentially(ASKED)
    assert page.locator("#toasts *").count() == 0
    page.locator("#body").fill("我们周一都去了。")
    page.locator(".form-actions button[value=published]").click()
    page.wait_for_url(re.compile(r"/cases/\d+$"))
    # htmx itself tells the console of what was cut off here.
    watch.troubles[:] = [told for told in watch.troubles if "htmx:" not in told]


@SCREENS
def test_without_scripts_it_is_asked_once_before_publishing(
    open_page, answered, carol, phone, language
):
    page = open_page(carol, phone=phone, language=language, javascript=False)
    page.goto("/cases/new/problem")
    page.locator("#title").fill("两个销售报备同一客户，算谁的")
    page.locator("#body").fill("我们周一都去了。")
    page.locator(".form-actions button[value=published]").click()
    assert page.locator(".alike-item").count() >= 1
    assert page.locator("#body").input_value() == "我们周一都去了。"
    assert page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0
    page.locator(".form-actions button[value=published]").click()
    assert re.search(r"/cases/\d+$", page.url)


def test_without_scripts_a_variant_is_begun_too(open_page, answered, carol):
    page = open_page(carol, javascript=False)
    page.goto("/cases/new/problem")
    page.locator("#title").fill("两个销售报备同一客户，算谁的")
    page.locator("#body").fill("代理商也报了一次。")
    page.locator(".form-actions button[value=published]").click()
    page.locator(".alike-ways button").nth(1).click()
    assert "代理商也报了一次。" in page.locator("#solution-body").input_value()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_colleague_is_asked_and_answers(open_page, alice, carol, language):
    page = open_page(alice, phone=True, language=language)
    page.goto("/cases/new/problem")
    page.locator("#title").fill("南方的运费怎么算")
    page.locator("#body").fill("客户在海南。")
    with page.expect_response("**/people/colleagues*"):
        page.locator("#asked").press_sequentially("chenke")
    page.locator('datalist option[value="陈可"]').wait_for(state="attached")
    page.locator("#asked").fill("陈可")
    page.locator(".form-actions button[value=published]").click()
    page.locator(".case-trust", has_text="陈可").wait_for()
    other = open_page(carol, language=language)
    other.goto("/")
    other.locator(".list-row", has_text="南方的运费怎么算").locator("a.btn").click()
    other.locator("#solution-body").fill("按吨算。")
    other.locator("#propose button[type=submit]").click()
    other.locator(".solution", has_text="按吨算").wait_for()
    other.goto("/")
    assert other.locator("a.btn", has_text=re.compile("Answer|回答|去解答")).count() == 0
