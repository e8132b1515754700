"""What a company meets while it is being typed, and two people who save it at once."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from portal.customers.models import Customer
from portal.extensions import db
from portal.leads.claims.models import Claim
from portal.leads.models import Lead
from tests.leads.test_new import FORM

ASKS = "/leads/new/meets?company=苏州恒通机电有限公司"


def test_free(browser, alice):
    part = browser(alice).fragment(ASKS)
    assert part.status_code == 200 and "Free" in part.text
    assert part.text.lstrip().startswith('<section id="meets"')
    assert "<html" in browser(alice).get(ASKS).text


def test_a_colleagues_by_name_and_by_phone(browser, deal, alice, bob):
    deal(bob, "苏州恒通机电有限公司", phone="0512-62345678", note="Bob's secret")
    for address in (ASKS, "/leads/new/meets?contact_phone=(0512)62345678"):
        part = browser(alice).fragment(address).text
        assert "A colleague has this customer" in part and bob.name in part
        assert "secret" not in part


def test_nothing_typed_asks_nothing(browser, deal, alice, bob):
    deal(bob)
    for address in ("/leads/new/meets", "/leads/new/meets?company=苏"):
        assert "<li" not in browser(alice).fragment(address).text


def test_who_may(browser, hr, alice):
    assert browser(hr).get(ASKS).status_code == 403
    assert browser(alice).post("/leads/new/meets").status_code == 405


@pytest.mark.parametrize("pair", [
    ({}, {"company": "恒通机电（苏州）有限公司"}),
    ({"contact_phone": "0512-62345678"},
     {"company": "别的名字有限公司", "contact_phone": "+86 512 62345678"}),
], ids=["by name", "by phone"])
def test_of_two_who_save_at_once_one_has_it_and_the_other_a_claim(
    app, browser, alice, carol, pair
):
    people, together = (alice, carol), Barrier(2)
    browsers = [browser(person) for person in people]
    tokens = [each.csrf_token() for each in browsers]

    def save(number):
        form = {**FORM, **pair[number], "csrf_token": tokens[number]}
        together.wait(10)
        with app.app_context():
            return browsers[number].post("/leads/new", data=form, csrf=False)

    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(save, range(2)))
    assert [answer.status_code for answer in answers] == [303, 303], answers[0].text
    places = sorted(re.sub(r"\d+.*", "", answer.location) for answer in answers)
    assert places == ["/claims/", "/leads/"]
    db.session.rollback()
    assert db.session.scalar(db.select(db.func.count(Customer.id))) == 1
    assert db.session.scalar(db.select(db.func.count(Lead.id))) == 1
    claim = db.session.scalars(db.select(Claim)).one()
    assert {claim.claimant_id, claim.owner_id} == {alice.id, carol.id}


def test_the_answer_stands_where_it_is_typed(browser, deal, alice, bob, mei):
    deal(bob, "苏州恒通机电有限公司")
    page = browser(alice).get("/leads/new?name=苏州恒通机电有限公司").text
    form = page[page.index('name="company"'):page.index('name="title"')]
    assert "A colleague has this customer" in form and bob.name in form
    assert 'id="meets"' in browser(alice).get("/leads/new").text


def test_what_waits_in_the_pool_is_claimed_from_inside_the_form(browser, deal, alice):
    lead = deal(None, "苏州恒通机电有限公司")
    claim = f"/leads/pool/{lead.id}/claim"
    assert f'formaction="{claim}"' in browser(alice).fragment(ASKS).text
    # No form stands in another, and a page without one brings its own.
    assert "<form" not in browser(alice).fragment(ASKS).text
    assert f'action="{claim}"' in browser(alice).fragment(f"{ASKS}&above=1").text
    assert f'<form method="post" action="{claim}"' in browser(alice).get(ASKS).text
