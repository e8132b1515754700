"""A rep brings leads in: names the columns, sees a verdict for every row, and takes it back."""

import pytest

from portal.core.unit_of_work import transaction
from portal.customers.actions.customers import record_customer
from portal.customers.content import CustomerFacts
from portal.extensions import db
from portal.leads.models import Lead

TABLE = ("公司,联系人,手机,需求,内部编号\n"
         "江南精密机械有限公司,周文,13800138000,ERP 升级,7\n"
         "北岭食品股份有限公司,吴敏,13900139000,仓库系统,8\n"
         "南岸物流有限公司,赵强,12345,,9\n")


@pytest.mark.parametrize("phone", [False, True])
def test_importing_leads_and_taking_them_back(open_page, alice, bob, clock, axe, phone):
    with transaction():
        record_customer(bob.actor, CustomerFacts("北岭食品股份有限公司"), clock(), owner_id=bob.id)
    page = open_page(alice, phone=phone, language="en")
    page.goto("/leads/import")
    page.set_input_files("#file", {"name": "leads.csv", "mimeType": "text/csv",
                                   "buffer": TABLE.encode("gb18030")})
    assert axe(page) == []
    page.get_by_role("button", name="Upload").click()
    page.get_by_label("What “内部编号” holds").select_option("note")
    assert axe(page) == []
    page.get_by_role("button", name="Rehearse").click()
    page.get_by_role("button", name="Import", exact=True).wait_for()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.get_by_text("does not look like a phone number").is_visible()
    page.get_by_label("What is done with line 3").select_option("claim")
    page.get_by_role("button", name="Keep what I decided").click()
    page.get_by_text("1 row decided").wait_for()
    page.get_by_role("button", name="Import", exact=True).click()
    page.get_by_text("Claim kept 1").first.wait_for()
    assert axe(page) == []
    with page.expect_download() as download:
        page.get_by_role("link", name="The same as .csv").click()
    assert "南岸物流有限公司" in download.value.path().read_text("utf-8-sig")
    page.get_by_text("Take it back").first.click()
    page.locator("dialog").get_by_role("button", name="Take it back").click()
    page.get_by_text("This import was taken back").wait_for()
    assert axe(page) == []
    db.session.rollback()
    assert [lead.status for lead in db.session.query(Lead)] == ["void"]
