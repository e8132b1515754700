"""Pictures pasted, dropped and chosen where one writes, and two cases that become one."""

import base64
import re

import pytest

from portal.cases.actions.cases import record_case
from portal.cases.content import CaseContent
from portal.core.unit_of_work import transaction
from portal.search.indexer import index_pending
from tests.cases.files.conftest import picture

# Makes a file out of base64 and hands it over as the given event does.
HAND_OVER = """(area, [kind, name, type, data, text]) => {
  const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], name, { type }));
  if (text) transfer.setData("text/plain", text);
  const options = { bubbles: true, cancelable: true };
  area.dispatchEvent(kind === "paste"
    ? new ClipboardEvent("paste", { ...options, clipboardData: transfer })
    : new DragEvent("drop", { ...options, dataTransfer: transfer }));
}"""


def hand_over(area, kind, name="现场.png", type_="image/png", content=None, text=""):
    data = base64.b64encode(picture() if content is None else content).decode()
    area.evaluate(HAND_OVER, [kind, name, type_, data, text])


def wait_for_link(page, area, name):
    page.wait_for_function(
        "([area, name]) => area.value.includes(`[${name}](/attachments/`)",
        arg=[area.element_handle(), name])


@pytest.mark.parametrize("phone", [False, True])
def test_pictures_are_pasted_dropped_and_chosen_into_a_new_case(open_page, alice, bob, phone):
    page = open_page(alice, phone=phone)
    page.goto("/cases/new/problem")
    page.get_by_role("textbox", name="标题").fill("机房现场的接线和合同不一样")
    area = page.locator("#body")
    area.fill("看照片：\n\n")
    area.evaluate("(area) => area.setSelectionRange(area.value.length, area.value.length)")
    hand_over(area, "paste", "粘贴.png")
    wait_for_link(page, area, "粘贴.png")
    hand_over(area, "drop", "拖放.png", content=picture(size=(80, 50)))
    wait_for_link(page, area, "拖放.png")
    page.locator("#body-files").set_input_files(
        {"name": "选择.csv", "mimeType": "text/csv", "buffer": "价格,1".encode()})
    wait_for_link(page, area, "选择.csv")
    assert "…" not in area.input_value()
    assert page.evaluate("document.scrollingElement.scrollWidth") <= (360 if phone else 1280)
    page.get_by_role("button", name="发布").click()
    page.wait_for_url(re.compile(r"/cases/\d+"))
    assert page.locator(".case-body img").count() == 2
    shown = page.locator(".case-body a img").first
    shown.scroll_into_view_if_needed()
    page.wait_for_function("(img) => img.complete && img.naturalWidth > 0",
                           arg=shown.element_handle())
    assert page.locator(".files .file-picture img").count() == 2
    assert page.locator(".files .file").count() == 3
    assert page.evaluate("document.scrollingElement.scrollWidth") <= (360 if phone else 1280)
    other = open_page(bob, phone=phone)
    other.goto(page.url)
    assert other.locator(".files .file").count() == 3


def test_a_refusal_stands_beside_the_text_which_stays(open_page, alice, axe):
    page = open_page(alice)
    page.goto("/cases/new/problem")
    area = page.locator("#body")
    area.fill("我写的话")
    hand_over(area, "drop", "程序.png", content=b"MZ\x90\x00" * 60)
    refused = page.locator(".upload", has=page.locator("[role=alert]"))
    refused.wait_for()
    assert "程序.png" in refused.inner_text()
    assert area.input_value() == "我写的话"
    assert axe(page) == []
    refused.get_by_role("button").last.click()
    assert refused.count() == 0


def test_what_a_spreadsheet_copies_is_pasted_as_text(open_page, alice):
    page = open_page(alice)
    page.goto("/cases/new/problem")
    area = page.locator("#body")
    area.fill("")
    hand_over(area, "paste", text="a\tb")
    page.wait_for_timeout(300)
    assert "/attachments/" not in area.input_value()
    assert page.locator(".upload").count() == 0


def test_a_lost_connection_offers_to_try_again(open_page, alice):
    page = open_page(alice)
    page.goto("/cases/new/problem")
    area = page.locator("#body")
    area.fill("正文\n")
    page.route("**/drafts/*/files", lambda route: route.abort())
    hand_over(area, "paste", "照片.png")
    page.locator(".upload", has=page.locator("[role=alert]")).wait_for()
    page.unroute("**/drafts/*/files")
    page.locator(".upload button").first.click()
    wait_for_link(page, area, "照片.png")


def test_a_picture_goes_into_a_comment(open_page, problem_of_alice, bob):
    page = open_page(bob)
    page.goto(f"/cases/{problem_of_alice}")
    area = page.locator("#comment-body")
    area.fill("现场：")
    hand_over(area, "paste", "评论.png")
    wait_for_link(page, area, "评论.png")
    page.locator("#remark button[type=submit]").click()
    page.locator(".comment img").wait_for()
    assert page.locator(".files .file").count() == 1


@pytest.fixture
def problem_of_alice(app, alice, clock):
    with transaction():
        return record_case(alice.actor, CaseContent(kind="problem", title="两个销售报了同一个客户"),
                           clock()).id


@pytest.mark.parametrize("javascript", [True, False])
def test_two_cases_become_one_and_two_again(open_page, problem_of_alice, alice, mei, clock, axe,
                                            javascript):
    with transaction():
        kept = record_case(alice.actor, CaseContent(
            kind="problem", title="同一个客户被两个销售报备", body="先报者得。"), clock()).id
    index_pending()
    page = open_page(mei, javascript=javascript)
    page.goto(f"/cases/{problem_of_alice}")
    page.locator(".case-more > summary").click()
    page.locator(f'a[href="/cases/{problem_of_alice}/merge"]').click()
    if javascript:
        assert axe(page) == []
    page.locator("#found a", has_text="同一个客户被两个销售报备").click()
    page.locator(".merge-sides").wait_for()
    if javascript:
        assert axe(page) == []
    page.locator("#body").fill("先报者得，报备要留证据。")
    page.locator('form[action$="/merge"] button[type=submit]').click()
    page.wait_for_url(re.compile(rf"/cases/{kept}"))
    page.goto(f"/cases/{problem_of_alice}")
    assert f"/cases/{kept}?merged=" in page.url
    page.locator(".merged-note form button").click()
    page.wait_for_url(re.compile(rf"/cases/{problem_of_alice}$"))
    assert page.locator(".merged-note").count() == 0
