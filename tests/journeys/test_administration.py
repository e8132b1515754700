"""An administrator brings in people by file, hands over passwords, and takes an account away."""

import pytest

from portal.extensions import db

LIST = (
    "姓名,登录名,角色,部门,入职日期\n新人甲,n1,销售,West,2026年5月1日\n李丽,alice,,,\n"
    "坏行,n3,老板,,昨天\n张博,bob,,,\n"
)
PEOPLE_FILE = {"name": "people.csv", "mimeType": "text/csv", "buffer": LIST.encode("gb18030")}


def narrow(page):
    return page.evaluate("document.scrollingElement.scrollWidth") <= page.viewport_size["width"]


@pytest.mark.parametrize("options", [
    {"color_scheme": "light"}, {"color_scheme": "dark", "phone": True}, {"javascript": False},
], ids=["desktop", "phone", "without scripts"])
def test_people_come_in_by_file(open_page, admin, alice, axe, options):
    page = open_page(admin, language="en", **options)
    scripts = options.get("javascript", True)
    page.goto("/manage/people/import")
    page.get_by_label("CSV file").set_input_files(PEOPLE_FILE)
    page.get_by_role("button", name="Rehearse").click()
    page.get_by_text("Nothing is written yet.").wait_for()
    assert page.get_by_text("“老板” is not a role.").is_visible()
    assert not scripts or axe(page) == []
    assert not scripts or narrow(page)
    page.get_by_label("Create 1 new team").check()
    page.get_by_role("button", name="Write this list").click()
    page.get_by_role("heading", name="The list is written").wait_for()
    assert not scripts or axe(page) == []
    assert not scripts or narrow(page)
    password = page.locator("code").first.inner_text()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as CSV").click()
    assert password in download.value.path().read_text("utf-8-sig")
    assert alice.row.name == "李丽"


def test_a_first_password_is_shown_and_copied(open_page, admin, axe, clock):
    page = open_page(admin, language="en", permissions=["clipboard-read", "clipboard-write"])
    page.goto("/manage/people/add")
    page.get_by_label("Name").fill("新人")
    page.get_by_label("Login").fill("n1")
    page.get_by_role("button", name="Add and show the password").click()
    secret = page.get_by_label("First password")
    secret.wait_for()
    assert axe(page) == []
    page.locator("[data-copy=password]").click()
    page.get_by_text("Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == secret.input_value()


def test_an_account_is_taken_away_after_a_question_and_given_back(open_page, admin, bob, axe):
    page = open_page(admin, language="en")
    page.goto(f"/manage/people/{bob.id}/edit")
    page.locator("summary", has_text="Deactivate").click()
    dialog = page.get_by_role("dialog")
    dialog.wait_for()
    assert axe(page) == []
    dialog.get_by_role("button", name="Deactivate").click()
    page.get_by_text("can no longer sign in").wait_for()
    assert not bob.row.is_active
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("can sign in again").wait_for()
    # The test's own transaction began before.
    db.session.rollback()
    assert bob.row.is_active


def test_the_directory_answers_while_one_types(open_page, alice):
    page = open_page(alice, language="en", phone=True)
    page.goto("/people")
    page.get_by_label("Name or job title").press_sequentially("张")
    page.locator("#directory", has_not_text="李爱丽").wait_for()
    assert page.locator("#directory").get_by_role("link", name="张博").is_visible()
    assert "q=%E5%BC%A0" in page.url
