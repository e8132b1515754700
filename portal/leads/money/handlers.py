"""What a change of hands means for money: who has the deal now is reminded."""

from sqlalchemy import select

from portal.core import clock
from portal.extensions import db
from portal.leads.events import LeadGiven, LeadReturned
from portal.leads.models import Lead
from portal.leads.money.actions import remind_anew
from portal.leads.money.models import Receivable
from portal.leads.money.queries import IS_OPEN


def remind_the_new_owner(event: LeadGiven | LeadReturned) -> None:
    """The former owner is no longer reminded of what is to be paid."""
    open_ones = db.session.scalars(
        select(Receivable).where(Receivable.lead_id == event.lead_id, IS_OPEN)).all()
    if open_ones:
        lead = db.session.get_one(Lead, event.lead_id)
        remind_anew(lead, list(open_ones), clock.now())
