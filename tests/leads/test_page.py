"""The page of a lead: what stands there, and for whom."""

from datetime import timedelta

from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.leads.actions.leads import set_next_step, void_lead
from portal.leads.models import Lead
from tests.counting import statements_of


def test_the_page_says_what_they_want_and_where_it_stands(browser, deal, alice):
    lead = deal(alice, "苏州恒通机电有限公司", title="换一套仓储系统", channel="fair")
    page = browser(alice).get(f"/leads/{lead.id}")
    assert page.status_code == 200
    for words in ("苏州恒通机电有限公司", "换一套仓储系统", "Trade fair", alice.name, "New lead"):
        assert words in page.text


def test_leaders_read_it_and_strangers_do_not(browser, deal, alice, mei, wang, carol, chen, hr,
                                             admin):
    lead = deal(alice)
    for person in (mei, wang):
        assert browser(person).get(f"/leads/{lead.id}").status_code == 200
    for person in (carol, chen, hr, admin):
        assert browser(person).get(f"/leads/{lead.id}").status_code == 404
    assert browser(alice).get("/leads/999999").status_code == 404
    assert browser(alice).post(f"/leads/{lead.id}").status_code == 405


def test_in_the_pool_leaders_alone_open_it(browser, deal, alice, mei, chen):
    lead = deal(None)
    assert browser(mei).get(f"/leads/{lead.id}").status_code == 200
    assert browser(chen).get(f"/leads/{lead.id}").status_code == 200
    assert browser(alice).get(f"/leads/{lead.id}").status_code == 404


def test_htmx_gets_the_timeline_alone(browser, deal, alice):
    lead = deal(alice)
    part = browser(alice).fragment(f"/leads/{lead.id}")
    assert part.text.lstrip().startswith('<div id="timeline"')


def test_the_phone_of_the_contact_is_a_link(browser, deal, alice, clock):
    lead = deal(alice)
    from portal.customers.actions.customers import add_contact
    from portal.customers.content import ContactFacts
    with transaction():
        row = db.session.get_one(Lead, lead.id)
        row.contact = add_contact(alice.actor, row.customer,
                                  ContactFacts("王工", phone="13800138000"), clock())
    assert 'href="tel:+8613800138000"' in browser(alice).get(f"/leads/{lead.id}").text


def test_a_void_lead_says_why(browser, deal, alice, clock):
    lead = deal(alice)
    with transaction():
        void_lead(alice.actor, db.session.get_one(Lead, lead.id), "Entered twice", clock())
    page = browser(alice).get(f"/leads/{lead.id}").text
    assert "Entered twice" in page and "Bring it back" in page


def test_the_number_of_statements_does_not_grow(app, browser, deal, alice, clock):
    lead = deal(alice)
    before = statements_of(app, browser(alice), f"/leads/{lead.id}")
    with transaction():
        row = db.session.get_one(Lead, lead.id)
        for day in range(1, 9):
            set_next_step(alice.actor, row, f"Call {day}", clock() + timedelta(days=day), clock())
    deal(alice, "无锡华光电子有限公司")
    after = statements_of(app, browser(alice), f"/leads/{lead.id}")
    assert len(after) <= len(before) + 1, "\n".join(after)
    assert len(after) <= 30, "\n\n".join(after)
