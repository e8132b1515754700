"""The new hire's story: signing in, finding by any spelling, and reading a case like an answer."""

import pytest
from playwright.sync_api import expect

from portal.cases.actions.talk import accept_solution, propose_solution
from portal.core.unit_of_work import transaction
from portal.extensions import db

TITLE = "两个销售撞单，都说客户是自己的"


@pytest.fixture
def library(app, record, alice, bob, mei, clock):
    """A solved problem, a case about price, and one that is not for everybody."""
    problem = record(
        alice, title=TITLE, tags=("撞单", "客户归属"), stage="needs",
        body="隔壁组同事先抢单，我后报备。客户问：你们到底谁负责？",
    )
    record(bob, kind="loss", title="某汽配厂丢单复盘", body="输在价格，差 12%。")
    record(mei, title="主管才看的撞单规则", audience="managers", body="撞单的内部口径")
    with transaction():
        case = db.session.merge(problem)
        body = "先登记的负责，**客户只听一个声音**。"
        solution = propose_solution(mei.actor, case, body, clock())
        accept_solution(alice.actor, solution, clock())
    return problem.id


def test_the_first_sign_in_leads_to_today(open_page, library, carol):
    page = open_page()
    page.goto("/")
    page.get_by_label("登录名").fill(carol.login)
    page.get_by_label("密码").fill(carol.password)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/")
    assert page.get_by_role("heading", name=f"你好，{carol.name}").is_visible()
    assert page.get_by_role("link", name=TITLE).is_visible()


@pytest.mark.parametrize("query", ["撞单", "zhuangdan", "搶單", "争单", "ZHUANGDAN"])
def test_suggestions_appear_while_typing_and_lead_to_the_case(open_page, library, carol, query):
    page = open_page(carol)
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type(query, delay=20)
    option = page.get_by_role("option", name=TITLE)
    option.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/cases/{library}")


def test_what_is_for_managers_never_shows(open_page, library, carol):
    page = open_page(carol)
    page.goto("/search?q=撞单")
    assert page.get_by_role("link", name=TITLE).is_visible()
    assert "主管才看" not in page.content()


def test_two_words_find_what_holds_both(open_page, library, carol):
    page = open_page(carol)
    page.goto("/search?q=丢单 价格")
    first = page.locator(".result-title").first
    assert first.inner_text() == "某汽配厂丢单复盘"


def test_a_filter_is_part_of_the_address(open_page, library, carol):
    page = open_page(carol)
    page.goto("/search?q=撞单 价格")
    page.locator(".facet-link", has_text="丢单复盘").click()
    page.wait_for_url("**kind=loss**")
    assert page.locator(".result").count() == 1


def test_a_filter_swaps_the_results_keeps_the_focus_and_goes_back(open_page, library, carol):
    page = open_page(carol)
    page.goto("/search?q=价格 撞单")
    page.evaluate("window.stays = true")
    page.locator("#facet-days > summary").click()
    page.locator("#facet-kind-loss").click()
    page.wait_for_url("**kind=loss**")
    assert page.evaluate("window.stays"), "the page itself was not loaded anew"
    assert page.evaluate("document.activeElement.id") == "facet-kind-loss"
    assert page.locator("#since").is_visible()
    page.locator(".chip").click()
    page.wait_for_url(lambda url: "kind" not in url)
    expect(page.locator("#results-count")).to_be_focused()
    page.go_back()
    page.wait_for_url("**kind=loss**")
    page.locator(".chip", has_text="丢单复盘").wait_for()
    assert page.locator(".result").count() == 1
    page.go_back()
    page.locator(".result").nth(1).wait_for()


def test_lifting_a_typed_field_changes_the_box_too(open_page, library, carol):
    page = open_page(carol)
    page.goto("/search?q=撞单 tag:撞单")
    page.locator(".chip").click()
    expect(page.get_by_role("combobox")).to_have_value("撞单")
    assert "tag" not in page.url


@pytest.mark.parametrize("javascript", [True, False])
def test_filters_on_a_phone_are_behind_one_button(open_page, library, carol, javascript):
    page = open_page(carol, phone=True, javascript=javascript)
    page.goto("/search?q=撞单 价格")
    page.locator("#filters > summary").tap()
    page.locator("#facet-kind-loss").tap()
    page.wait_for_url("**kind=loss**")
    assert page.locator(".facets-number").inner_text() == "1"
    if not javascript:
        page.locator("#filters > summary").tap()
    # With scripts it stays open, to choose more.
    page.locator("#facet-days > summary").tap()
    page.locator("#since").fill("2026-05-31")
    page.locator("#use-days").tap()
    page.wait_for_url("**since=2026-05-31**")
    assert "kind=loss" in page.url
    assert "until" not in page.url or not javascript
    assert page.locator(".result").count() == 1
    assert page.locator(".facets-number").inner_text() == "2"


def test_the_hit_leads_to_the_solution_that_says_it(open_page, library, carol):
    page = open_page(carol)
    page.goto("/search?q=只听一个声音")
    hit = page.locator(".result").first
    assert "梅芳" in hit.locator(".result-places").inner_text()
    hit.get_by_role("link", name=TITLE).click()
    page.wait_for_url("**#solution-*")
    assert page.locator(".solution").is_visible()


def test_nothing_found_offers_to_ask(open_page, library, carol):
    page = open_page(carol)
    page.goto("/search?q=量子纠缠")
    page.get_by_role("link", name="拿这个问题问同事").click()
    assert page.get_by_role("textbox", name="标题").input_value() == "量子纠缠"


@pytest.mark.parametrize("phone", [False, True])
def test_a_case_reads_like_an_answer(open_page, library, carol, phone):
    page = open_page(carol, phone=phone)
    page.goto(f"/cases/{library}")
    assert page.get_by_role("heading", name=TITLE).is_visible()
    assert page.locator(".case-trust").get_by_text("已解决").is_visible()
    assert page.locator(".facts").get_by_text("需求").is_visible()
    accepted = page.locator(".solution.accepted")
    assert "客户只听一个声音" in accepted.inner_text()
    page.get_by_role("heading", name="相似案例").wait_for()
    accepted.get_by_role("button", name="对我有用").click()
    accepted.get_by_role("button", name="对我有用 · 1").wait_for()
    page.locator(".case-more > summary").click()
    page.get_by_role("link", name="1 个历史版本").click()
    assert page.get_by_role("link", name="第 1 版").is_visible()


def test_everything_works_without_scripts(open_page, library, carol):
    page = open_page(carol, javascript=False)
    page.goto("/")
    page.get_by_role("combobox").fill("撞单")
    page.keyboard.press("Enter")
    page.get_by_role("link", name=TITLE).click()
    page.locator(".solution").get_by_role("button", name="对我有用").click()
    assert page.locator(".solution").get_by_role("button", name="对我有用 · 1").is_visible()
