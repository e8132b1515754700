"""Flagging, settling in the queue, and verifying again on Today, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from portal.cases.actions.cases import validate_case
from portal.cases.models import Case
from portal.core.unit_of_work import transaction
from portal.extensions import db


@pytest.fixture
def price_case(record, alice, mei, clock):
    case = record(alice, kind="intel", title="A rival's day rates", body="2,600 a day.")
    with transaction():
        validate_case(mei.actor, db.session.get_one(Case, case.id), clock())
    clock.move(days=40)
    return case


def test_a_flag_is_settled_in_the_queue_and_the_owner_verifies_again(
    price_case, open_page, axe, alice, bob, mei
):
    def visit(person, address, **options):
        page = open_page(person, language="en", **options)
        page.goto(address)
        return page

    reader = visit(bob, f"/cases/{price_case.id}")
    reader.locator(".case-more > summary").click()
    reader.get_by_role("link", name="Something is wrong").click()
    reader.get_by_label("Out of date").check()
    reader.get_by_label("A few words").fill("They charge 2,900 now.")
    reader.get_by_role("button", name="Flag it").click()
    expect(reader.get_by_text("The owner and their manager are told")).to_be_visible()

    manager = visit(mei, "/cases/review?tab=flagged")
    manager.get_by_role("link", name="A rival's day rates", exact=True).click()
    expect(manager.get_by_text("They charge 2,900 now.")).to_be_visible()
    assert axe(manager) == []
    manager.get_by_label("A word to whoever flagged it").fill("Corrected")
    manager.get_by_role("button", name="Settled").click()
    expect(manager.get_by_text("Settled. Whoever flagged it is told.")).to_be_visible()
    expect(manager.get_by_role("link", name=re.compile("Flagged 0"))).to_be_visible()

    owner = visit(alice, "/", phone=True)
    owner.get_by_role("button", name="Still right").click()
    expect(owner.get_by_text("Validated until")).to_be_visible()
    expect(owner.get_by_role("button", name="Still right")).to_have_count(0)
    owner.get_by_role("button", name="Undo").click()
    expect(owner.get_by_role("button", name="Still right")).to_be_visible()
    health = visit(mei, "/cases/health")
    expect(health.get_by_role("heading", name="Library health")).to_be_visible()
    assert axe(health) == []
