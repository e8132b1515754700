"""A blocked save becomes a claim with everything that was typed."""

import pytest
from sqlalchemy import func, select

from portal.core.errors import Refused
from portal.core.unit_of_work import transaction
from portal.customers.models import TimelineEntry
from portal.extensions import db
from portal.leads.claims.actions import open_claim
from portal.leads.claims.content import typed_of
from portal.leads.claims.models import Claim
from tests.leads.claims.conftest import NAME, PHONE

pytestmark = pytest.mark.usefixtures("english")


def test_everything_typed_is_kept(claim, browser, bob, alice, hers):
    typed = typed_of(claim.typed)
    assert typed.customer.name == NAME and typed.customer.note == "急"
    assert typed.contacts[0].name == "王总" and typed.lead.title == "他们要换 WMS"
    assert claim.state == "typed" and claim.owner_id == alice.id
    page = browser(bob).get(f"/claims/{claim.id}").text
    for words in (NAME, "王总", "总经理", "他们要换 WMS", "急", alice.name, "Trade fair"):
        assert words in page
    kinds = set(db.session.scalars(select(TimelineEntry.kind).where(
        TimelineEntry.customer_id == hers.customer_id)))
    assert "claim.opened" in kinds


def test_the_page_says_no_more_than_whose_since_when(type_it, browser, bob, alice, deal):
    deal(alice, "上海博远数据通信有限公司", phone=PHONE, note="Secret plans")
    claim = type_it(bob, "别的名字有限公司", phone=PHONE)
    page = browser(bob).get(f"/claims/{claim.id}").text
    assert alice.name in page and "the phone number" in page
    assert "博远" not in page and "Secret plans" not in page


def test_saving_again_adds_the_newer_form(claim, type_it, bob):
    second = type_it(bob, title="他们要换 ERP")
    assert second.id == claim.id
    row = db.session.get_one(Claim, claim.id, populate_existing=True)
    assert typed_of(row.typed).lead.title == "他们要换 ERP"
    assert row.typed["earlier"][0]["lead"]["title"] == "他们要换 WMS"
    assert db.session.scalar(select(func.count()).select_from(Claim)) == 1


def test_ones_own_and_nothing_in_the_way(hers, type_it, alice, bob, clock):
    with pytest.raises(Refused, match="yours already"):
        type_it(alice)
    with pytest.raises(Refused, match="save it again"), transaction():
        open_claim(bob.actor, {}, [], clock())


def test_who_reads_it(claim, browser, alice, bob, carol, mei, wang, chen, hr, admin):
    for person, status in ((bob, 200), (mei, 200), (wang, 200), (alice, 404), (carol, 404),
                           (chen, 404), (hr, 404), (admin, 404)):
        assert browser(person).get(f"/claims/{claim.id}").status_code == status
    assert browser(bob).get("/claims/999999").status_code == 404


def test_lists(claim, sent, browser, bob, alice, mei, carol, hr):
    assert NAME in browser(bob).get("/claims").text
    assert NAME in browser(mei).get("/claims").text
    assert NAME in browser(alice).get("/claims?tab=against").text
    assert NAME in browser(mei).get("/claims?tab=people").text
    for tab in ("mine", "decide", "against", "people", "nonsense"):
        assert NAME not in browser(carol).get(f"/claims?tab={tab}").text
    assert browser(hr).get("/claims").status_code == 403
    assert browser(bob).post("/claims").status_code == 405
    part = browser(bob).fragment("/claims").text
    assert part.strip().startswith('<div id="claim_list">')
