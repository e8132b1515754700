"""What is corrected about a lead or its customer changes its score, in the same transaction."""

from portal.core import clock
from portal.customers.events import CustomerCorrected
from portal.customers.models import Customer
from portal.extensions import db
from portal.leads.events import LeadCorrected, LeadRecorded, LeadReopened, LeadRestored
from portal.leads.models import Lead
from portal.leads.scoring.actions import rescore, rescore_customer

# What of a customer counts.
COUNTED = frozenset({"industry", "region", "employees"})


def score_lead(event: LeadRecorded | LeadCorrected | LeadReopened | LeadRestored) -> None:
    """The score of one lead."""
    rescore(db.session.get_one(Lead, event.lead_id), clock.now())


def score_leads_of(event: CustomerCorrected) -> None:
    """The open leads of a customer whose industry, region or size is another now."""
    if COUNTED & set(event.fields.replace(",", " ").split()):
        rescore_customer(db.session.get_one(Customer, event.customer_id), clock.now())
