"""Customers, deals and visits of the standing characters."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from portal.core import clock as portal_clock
from portal.customers.actions.customers import record_customer
from portal.customers.content import ContactFacts, CustomerFacts
from portal.customers.models import Customer
from portal.extensions import db
from portal.leads.actions.leads import record_lead
from portal.leads.content import LeadFacts
from portal.leads.models import Lead
from portal.visits.actions.planning import plan_visit
from portal.visits.content import VisitPlan
from portal.visits.models import Visit
from tests.characters import Character, character
from tests.visits.acting import acting

NAMES = ("Hengda Machinery", "Haina Logistics", "Mingyuan Medical", "Lantu Design", "Ruifeng Food",
         "Zhuoyue Software", "Kangtai Pharma", "Yongli Steel", "Boya Education", "Tianhe Energy")
Made = Callable[..., Any]


@pytest.fixture
def today(app, clock):
    """Monday, 1 June 2026."""
    return portal_clock.local_day(clock())


@pytest.fixture
def customer(app, clock) -> Made:
    """`customer(alice, "Hengda", contacts=["Wang Jianguo"])`: hers, by the real action."""

    def made(owner: Character | None, name: str = NAMES[0], contacts: Any = (), **facts: Any
             ) -> Customer:
        with acting():
            return record_customer(
                (owner or character("mei")).actor, CustomerFacts(name=name, **facts),
                clock() - timedelta(days=30), owner_id=owner.id if owner else None,
                contacts=[ContactFacts(name=each) for each in contacts])

    return made


@pytest.fixture
def lead(app, clock) -> Made:
    """`lead(alice, customer, title="MES")`: an open deal."""

    def made(owner: Character, of: Customer, title: str = "MES second phase") -> Lead:
        with acting():
            return record_lead(owner.actor, db.session.get_one(Customer, of.id),
                               LeadFacts(title=title), clock(), owner_id=owner.id)

    return made


@pytest.fixture
def planned(app, clock, today) -> Made:
    """`planned(alice, customer, days=1, goal="…")`: a visit so many days from today."""

    def made(owner: Character, of: Customer, days: int = 0, **plan: Any) -> Visit:
        with acting():
            return plan_visit(
                owner.actor, db.session.get_one(Customer, of.id),
                VisitPlan(today + timedelta(days=days), **plan), clock())

    return made
