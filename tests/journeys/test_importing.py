"""A manager brings cases in: sees first what would happen, writes it, and takes it back."""

import pytest

from portal.cases.models import Case
from portal.extensions import db


@pytest.mark.parametrize("phone", [False, True])
def test_importing_a_table_and_taking_it_back(open_page, mei, axe, phone):
    page = open_page(mei, phone=phone, language="en")
    page.goto("/cases")
    page.locator(".page-actions summary").click()
    page.locator('.page-actions a[href="/cases/import"]').click()
    page.set_input_files("#files", {
        "name": "cases.csv", "mimeType": "text/csv",
        "buffer": "title,kind,story,remark\nAsk for the budget early,lesson,Ask at once.,ours\n"
                  ",lesson,no title,\n".encode("gb18030")})
    page.get_by_role("button", name="Upload and rehearse").click()
    assert axe(page) == []
    page.get_by_label("What “remark” holds").select_option("section")
    page.get_by_role("button", name="Rehearse").click()
    page.get_by_role("button", name="Write this into the library").wait_for()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Write this into the library").click()
    page.get_by_role("link", name="Ask for the budget early").click()
    page.get_by_role("heading", name="Ask for the budget early").wait_for()
    page.go_back()
    page.get_by_text("Take it back").first.click()
    page.locator("dialog").get_by_role("button", name="Take it back").click()
    page.get_by_text("This import was taken back").wait_for()
    assert axe(page) == []
    db.session.rollback()
    assert [case.confidence for case in db.session.query(Case)] == ["discarded"]


def test_more_than_fits_does_not_even_travel(open_page, mei):
    page = open_page(mei, language="en")
    page.goto("/cases/import")
    page.evaluate("document.querySelector('form[data-max-bytes]').dataset.maxBytes = '3'")
    page.set_input_files("#files", {"name": "a.md", "mimeType": "text/plain", "buffer": b"# Long"})
    assert "Send them in parts" in page.locator("[data-upload-problem]").inner_text()
    page.get_by_role("button", name="Upload and rehearse").click()
    assert page.url.endswith("/cases/import")
