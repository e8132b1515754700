"""Leads by the real actions."""

import pytest

from portal.core.unit_of_work import transaction
from portal.customers.actions.customers import record_customer
from portal.customers.content import CustomerFacts
from portal.extensions import db
from portal.leads.actions.leads import record_lead
from portal.leads.content import LeadFacts
from portal.leads.models import Lead


@pytest.fixture
def make_lead(app, clock):
    """`make_lead(alice, name="…", channel="fair", industry="it")` by the real actions."""

    def make(person, name="上海远洋机械有限公司", *, channel="web", amount=None, title="ERP 升级",
             **facts):
        with transaction():
            customer = record_customer(person.actor, CustomerFacts(name, **facts), clock(),
                                       owner_id=person.id)
            db.session.flush()
            return record_lead(person.actor, customer,
                               LeadFacts(title, channel=channel, amount=amount), clock(),
                               owner_id=person.id)

    return make


@pytest.fixture
def fresh():
    def read(lead):
        return db.session.get(Lead, lead.id, populate_existing=True)

    return read
