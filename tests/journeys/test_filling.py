"""Filling in a playbook on a phone: at once, remembered here, never sent."""

import pytest

BODY = "约 {{customer}} 的 {{contact|负责人}}，报 {{amount}}。\n\n- {{date}} 之前回复 {{rep}}"


@pytest.fixture
def playbook(record, alice):
    return record(alice, kind="playbook", title="报价话术", body=BODY)


def test_fill_in_and_copy_on_a_phone(open_page, bob, playbook, axe):
    page = open_page(bob, phone=True, permissions=["clipboard-read", "clipboard-write"])
    sent = []
    page.on("request", lambda request: sent.append(request.url + (request.post_data or "")))
    page.goto(f"/cases/{playbook.id}")
    page.click(".fill-start a")
    page.fill("input[name=customer]", "<b>华东*机械</b>")
    page.fill("input[name=amount]", "{{customer}}")
    text = page.inner_text("[data-fill-text]")
    assert "约 <b>华东*机械</b> 的 负责人，报 {{customer}}。" in text
    page.click("[data-copy=fill-message]")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("约 <b>华东*机械</b> 的 负责人，报 {{customer}}。")
    assert "• " in copied
    page.wait_for_selector("#used svg")
    assert not [each for each in sent if "%E5%8D%8E" in each or "华东" in each]
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 360
    assert axe(page) == []


def test_it_is_remembered_in_this_browser_until_it_is_cleared(open_page, bob, playbook):
    page = open_page(bob)
    page.goto(f"/cases/{playbook.id}/fill")
    page.fill("input[name=customer]", "华东机械")
    page.reload()
    assert page.input_value("input[name=customer]") == "华东机械"
    assert "华东机械" in page.inner_text("[data-fill-text]")
    page.click("[data-fill-forget]")
    page.reload()
    assert page.input_value("input[name=customer]") == ""
    # What a link says comes first.
    page.goto(f"/cases/{playbook.id}/fill?customer=甲")
    assert page.input_value("input[name=customer]") == "甲"


def test_kept_as_markdown_the_values_are_text(open_page, bob, playbook):
    page = open_page(bob)
    page.goto(f"/cases/{playbook.id}/fill")
    page.fill("input[name=customer]", "# 甲*乙")
    with page.expect_download() as download:
        page.click("[data-fill-save]")
    text = download.value.path().read_text("utf-8")
    assert "约 \\# 甲\\*乙 的 负责人，报 {{amount}}。" in text


def test_on_paper_the_page_stands_alone(open_page, bob, playbook):
    page = open_page(bob)
    page.goto(f"/cases/{playbook.id}/fill")
    page.emulate_media(media="print")
    assert page.locator(".fill-title").is_visible()
    assert not page.locator(".fill-form").is_visible()
    assert page.locator(".blank").first.is_visible()
    assert len(page.pdf(prefer_css_page_size=True)) > 1000


def test_the_editor_puts_words_in(open_page, alice, playbook):
    page = open_page(alice)
    page.goto(f"/cases/{playbook.id}/edit")
    page.click(".fill-insert summary")
    page.locator("textarea[name=body]").press("Control+End")
    page.click("[data-insert-text='{{金额}}']")
    assert page.input_value("textarea[name=body]").endswith("{{金额}}")


def test_without_scripts_the_address_fills_it(open_page, bob, playbook):
    page = open_page(bob, javascript=False)
    page.goto(f"/cases/{playbook.id}/fill")
    page.fill("input[name=customer]", "华东机械")
    page.click(".fill-form button[type=submit]")
    assert "华东机械" in page.inner_text("[data-fill-text]")
