"""A lead of alice's with what the stage map asks of it."""

import pytest

from portal.core.unit_of_work import transaction
from portal.customers.actions.customers import record_customer
from portal.customers.content import ContactFacts, CustomerFacts
from portal.extensions import db
from portal.leads.actions.leads import record_lead
from portal.leads.content import LeadFacts
from portal.leads.models import Lead
from portal.leads.stages.actions import answer_items, move_lead

ANSWERS = {
    "acquired": {"acquired.reached": "yes"},
    "screened": {"screened.real_need": "yes", "screened.product": "erp",
                 "screened.who_decides": "王总拍板"},
    "needs": {"needs.problem": "账对不上", "needs.needs_confirmed": "yes", "needs.amount": "12.5万",
              "needs.expected_close": "2026-09-01"},
    "proposal": {"proposal.proposal_sent": "yes", "proposal.quoted": "120000",
                 "proposal.feedback": "认可"},
    "negotiation": {"negotiation.terms_agreed": "yes", "negotiation.contract_amount": "118000",
                    "negotiation.payment_terms": "三期"},
    "signed": {"signed.signed_on": "2026-05-30", "signed.contract_filed": "yes",
               "signed.handed_to_delivery": "yes"},
}


@pytest.fixture
def make_lead(app, clock):
    """`make_lead(alice, name="…")`: a customer with one contact, and a lead of this owner."""

    def make(person, name="上海远洋机械有限公司", **facts):
        with transaction():
            customer = record_customer(
                person.actor, CustomerFacts(name), clock(), owner_id=person.id,
                contacts=[ContactFacts("王强", job_title="总经理")])
            db.session.flush()
            return record_lead(
                person.actor, customer,
                LeadFacts(**{"title": "ERP 升级", "contact_id": customer.contacts[0].id, **facts}),
                clock(), owner_id=person.id)

    return make


@pytest.fixture
def lead(make_lead, alice):
    return make_lead(alice)


@pytest.fixture
def move(clock):
    """`move(alice, lead, "screened", …)` in a transaction of its own."""

    def one(person, lead, stage, **more):
        with transaction():
            move_lead(person.actor, db.session.get(Lead, lead.id), stage, clock(), **more)

    return one


@pytest.fixture
def answers_until():
    """`answers_until("needs")`: all that lets a lead leave the stages up to this one."""

    def of(last):
        found = {}
        for stage, answers in ANSWERS.items():
            found.update(answers)
            if stage == last:
                break
        return found

    return of


@pytest.fixture
def at_needs(lead, alice, move, answers_until):
    """The lead, arrived at the stage before the proposal with all its answers."""
    move(alice, lead, "needs", answers=answers_until("screened"))
    with transaction():
        answer_items(alice.actor, db.session.get(Lead, lead.id), ANSWERS["needs"],
                     lead.created_at)
    return lead
