"""A lead from negotiation to signature on a phone: what lacks, the review at the gate, the move."""

from portal.core.unit_of_work import transaction
from portal.customers.actions.customers import record_customer
from portal.customers.content import ContactFacts, CustomerFacts
from portal.extensions import db
from portal.leads.actions.leads import record_lead
from portal.leads.content import LeadFacts
from portal.leads.stages.actions import move_lead


def negotiated(alice, mei, clock):
    """A lead of alice's that her manager let pass up to the negotiation."""
    with transaction():
        customer = record_customer(alice.actor, CustomerFacts("上海远洋机械有限公司"), clock(),
                                   owner_id=alice.id, contacts=[ContactFacts("王强")])
        db.session.flush()
        lead = record_lead(alice.actor, customer,
                           LeadFacts("ERP 升级", contact_id=customer.contacts[0].id), clock(),
                           owner_id=alice.id)
        move_lead(mei.actor, lead, "negotiation", clock(), pass_reason="Negotiated last year")
    return lead.id


def fits(page):
    return page.evaluate("document.scrollingElement.scrollWidth") <= 360


def test_a_contract_is_reviewed_before_it_is_signed(open_page, alice, mei, clock, axe):
    number = negotiated(alice, mei, clock)
    rep = open_page(alice, phone=True, language="en")
    rep.goto(f"/leads/{number}")
    assert rep.locator("#stage", has_text="Negotiated last year").count() == 1
    assert fits(rep)
    rep.get_by_role("link", name="On to “Signed”").click()
    assert axe(rep) == []
    rep.get_by_label("Terms of payment").fill("Three parts")
    rep.get_by_role("button", name="Move to “Signed”").click()
    rep.get_by_text("Not moved yet.").wait_for()
    assert rep.get_by_label("Terms of payment").input_value() == "Three parts"
    assert fits(rep) and axe(rep) == []
    rep.get_by_label("The terms are agreed").check()
    rep.get_by_label("Contract amount").fill("11.8万")
    rep.get_by_label("A word to the reviewer").fill("Please look at clause 7")
    rep.get_by_role("button", name="Ask for the review").click()
    rep.get_by_text(f"Waits for {mei.name}").wait_for()
    assert rep.get_by_label("Terms of payment").count() == 0

    manager = open_page(mei, phone=True, language="en")
    manager.goto("/")
    row = manager.locator(".list-row", has_text="Review: Risk review of the contract")
    row.get_by_role("link", name="Review", exact=True).click()
    assert manager.get_by_text("Please look at clause 7").count() == 1
    assert fits(manager) and axe(manager) == []
    manager.get_by_label("It may go on").check()
    manager.get_by_role("button", name="Decide").click()
    manager.wait_for_url("**/")
    assert manager.locator(".list-row", has_text="Risk review").count() == 0

    rep.reload()
    rep.get_by_role("button", name="Move to “Signed”").click()
    rep.locator("#stage [aria-current=step]", has_text="Signed").wait_for()


def test_a_score_is_answered_in_place(open_page, alice, mei, clock, axe):
    number = negotiated(alice, mei, clock)
    rep = open_page(alice, phone=True, language="en")
    rep.goto(f"/leads/{number}")
    rep.get_by_text("How it adds up").click()
    rep.get_by_label("Budget").select_option("Budget is approved")
    rep.locator("#score .score-total", has_text="25").wait_for()
    rep.goto(f"/leads/{number}/stages")
    assert fits(rep) and axe(rep) == []


def test_the_pages_of_stages_pass_the_checker(open_page, admin, mei, alice, clock, axe):
    negotiated(alice, mei, clock)
    for person, addresses in ((admin, ("/manage/stages", "/manage/stages/4", "/manage/scoring")),
                              (mei, ("/leads/stages", "/leads/channels?month=2026-06"))):
        page = open_page(person, phone=True, language="en")
        for address in addresses:
            page.goto(address)
            assert axe(page) == [], address
            assert fits(page), address
