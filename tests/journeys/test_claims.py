"""Two reps and one company: the second save becomes a claim with a photo, and a manager decides."""

import re
from io import BytesIO

from PIL import Image

NAME = "苏州恒通机电有限公司"


def _photo():
    file = BytesIO()
    Image.new("RGB", (40, 30), (90, 140, 200)).save(file, "PNG")
    return {"name": "card.png", "mimeType": "image/png", "buffer": file.getvalue()}


def test_the_second_rep_claims_and_the_manager_decides(
    open_page, deal, alice, bob, mei, axe
):
    deal(alice, NAME)
    rep = open_page(bob, phone=True, language="en")
    rep.goto("/leads/new")
    rep.locator("[name=company]").fill("苏州恒通机电有限责任公司")
    rep.locator("[name=title]").fill("他们要换 WMS")
    rep.locator("[name=channel]").select_option("fair")
    rep.locator("form:has([name=company]) button[type=submit]").last.click()
    rep.wait_for_url(re.compile(r"/claims/\d+"))
    assert rep.get_by_text(f"belongs to a customer of {alice.name}").count() == 1
    assert rep.get_by_text("他们要换 WMS").count() == 1
    rep.evaluate("scrollTo(0, 0)")
    assert axe(rep) == []
    rep.locator("[name=reaches]").fill("王总, 总经理")
    rep.locator("[name=met_on]").fill("2026-05-28")
    rep.locator("[name=photos]").set_input_files(_photo())
    rep.get_by_role("button", name="Send it to be decided").click()
    rep.get_by_text("Waits for a decision").first.wait_for()
    assert rep.evaluate("document.scrollingElement.scrollWidth") <= 360

    manager = open_page(mei, language="en")
    manager.goto("/")
    row = manager.locator(".list-row", has_text="Duplicate claim")
    row.get_by_role("link", name="Decide").click()
    manager.wait_for_url(re.compile(r"/claims/\d+"))
    assert manager.locator(".claim-photos img").evaluate("image => image.naturalWidth") == 40
    assert axe(manager) == []
    manager.get_by_label("The customer goes to whoever claimed it").check()
    manager.locator("[name=reason]").fill("先见到决策人")
    manager.get_by_role("button", name="Decide").click()
    manager.get_by_text("Both sides are told now").wait_for()

    rep.reload()
    assert rep.get_by_text("先见到决策人").count() == 1
    rep.get_by_role("link", name="Open the lead").click()
    rep.wait_for_url(re.compile(r"/leads/\d+"))


def test_a_lead_is_claimed_with_one_tap_and_taken_back(open_page, deal, alice, axe):
    deal(None, NAME)
    rep = open_page(alice, phone=True, language="en")
    rep.goto("/leads/pool")
    assert axe(rep) == []
    assert rep.evaluate("document.scrollingElement.scrollWidth") <= 360
    rep.get_by_role("button", name="Claim").click()
    rep.wait_for_url(re.compile(r"/leads/\d+"))
    rep.get_by_role("button", name="Undo").click()
    rep.wait_for_url(re.compile(r"/leads/pool"))
    # An undone claim counts for the day; the lead is held no more.
    rep.locator("main").get_by_text("1 of 5 claimed today, 0 of").first.wait_for()
