"""The heart of it: a deal ends, what was learned is written, found again and used."""

import re
from decimal import Decimal

import pytest

from portal.cases.actions.cases import record_case
from portal.cases.content import CaseContent
from portal.core.unit_of_work import transaction
from portal.search.indexer import index_pending

COMPANY = "苏州恒通机电有限公司"


@pytest.fixture
def lead(deal, alice, clock):
    made = deal(alice, COMPANY, product="erp", title="客户嫌ERP报价太高",
                amount=Decimal(750_000), competitors=("用友",))
    clock.move(days=40)
    return made


def test_a_lost_deal_becomes_a_retrospective_in_the_library(open_page, alice, lead):
    page = open_page(alice, language="en")
    page.goto(f"/leads/{lead.id}")
    page.locator("#closing").get_by_role("link", name="Lost").click()
    page.get_by_role("button", name="Close as lost").click()
    page.get_by_text("Not saved yet").wait_for()
    page.get_by_label("Main reason").select_option(label="Price")
    page.get_by_label("Remark").fill("Their offer was half of ours")
    page.get_by_role("button", name="Close as lost").click()

    page.wait_for_url(re.compile(r"/cases/new/loss\?from=lead"))
    assert page.get_by_label("Sales cycle in days").input_value() == "40"
    assert page.get_by_label("Competitors").input_value() == "用友"
    assert page.get_by_label("Main reason").input_value() == "price"
    assert page.get_by_label("Amount", exact=True).input_value() == "500k_1m"
    title = page.get_by_role("textbox", name="Title").input_value()
    assert "Price" in title and "恒通" not in title
    page.get_by_label("Text").fill("恒通机电觉得太贵")
    page.get_by_role("button", name="Publish").click()
    page.get_by_text("your text names").wait_for()
    page.get_by_label("Text").fill("客户只比总价，我们没有算三年成本。")
    page.get_by_role("button", name="Publish").click()
    page.wait_for_url(re.compile(r"/cases/\d+$"))
    assert COMPANY in page.locator("#origin").inner_text()

    page.goto(f"/leads/{lead.id}/cases")
    assert page.get_by_role("link", name=title).first.is_visible()
    page.goto(f"/leads/{lead.id}")
    assert page.locator("#closing").get_by_role("link", name=title).is_visible()
    page.goto("/analysis/cases?outcome=loss&reason=price")
    assert page.get_by_role("link", name=title).first.is_visible()


def test_a_similar_case_is_used_inside_the_deal(open_page, alice, bob, lead, app, clock):
    with transaction():
        case = record_case(bob.actor, CaseContent(
            "problem", "客户嫌报价太高怎么办", "竞品低价，把三年成本算给客户看。"), clock())
    index_pending()
    page = open_page(alice, phone=True, language="en")
    page.goto(f"/leads/{lead.id}")
    panel = page.locator("#lead_alike")
    panel.get_by_role("button", name=f"Used it: {case.title}").click()
    panel.get_by_role("button", name="It helped").click()
    panel.get_by_text("You used this, and it helped.").wait_for()
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 360
    page.goto(f"/cases/{case.id}")
    page.get_by_text("You used this, and it helped.").wait_for()
    page.goto(f"/leads/{lead.id}/cases")
    page.get_by_role("button", name="Change").first.wait_for()


def test_an_abandoned_deal_asks_a_manager_first(open_page, alice, mei, lead):
    page = open_page(alice, language="en")
    page.goto(f"/leads/{lead.id}/close?status=abandoned")
    page.get_by_role("link", name="Raise a difficulty alert").click()
    page.get_by_role("textbox", name="Title").fill("They do not answer any more")
    page.get_by_role("button", name="Send the alert").click()
    page.wait_for_url(re.compile(r"/cases/\d+$"))
    address = page.url

    manager = open_page(mei, language="en")
    manager.goto(address)
    manager.get_by_label("Your reply").fill("Call the plant manager once more")
    manager.get_by_role("button", name="Reply").first.click()
    manager.get_by_text("Your reply is sent").wait_for()

    page.goto(f"/leads/{lead.id}/close?status=abandoned")
    page.get_by_label("Why does nobody go on with it?").fill("The plant was closed down")
    page.get_by_role("button", name="Abandon").click()
    page.get_by_text("The lead is abandoned").wait_for()


def test_similar_cases_appear_while_one_writes_about_a_visit(open_page, alice, bob, lead, clock):
    with transaction():
        case = record_case(bob.actor, CaseContent(
            "problem", "客户嫌报价太高怎么办", "竞品低价，把三年成本算给客户看。"), clock())
    index_pending()
    page = open_page(alice, language="en")
    page.goto(f"/customers/{lead.customer_id}/visits/new?lead={lead.id}")
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "alike" in request.url else 0)
    words = page.locator("textarea[name=words]")
    words.dispatch_event("compositionstart")
    words.fill("客户嫌报价太高")
    page.wait_for_timeout(900)
    assert asked == []
    words.dispatch_event("compositionend")
    panel = page.locator("[data-looks-at] #lead_alike")
    panel.get_by_role("link", name=case.title).wait_for()
    panel.get_by_role("button", name=f"Used it: {case.title}").click()
    panel.get_by_role("button", name="It helped").wait_for()
    assert words.input_value() == "客户嫌报价太高"
    panel.get_by_role("button", name="Not used after all").click()
    panel.get_by_role("button", name=f"Used it: {case.title}").wait_for()
