"""What a deal that counts no more, or counts again, means for its customer."""

from portal.extensions import db
from portal.leads.actions.signing import not_signed, signed
from portal.leads.events import LeadRestored, LeadVoided
from portal.leads.models import Lead
from portal.leads.rules import WON


def forget_the_signing(event: LeadVoided) -> None:
    """Nobody is a customer because of a void deal."""
    lead = db.session.get_one(Lead, event.lead_id)
    not_signed(lead.customer, lead.signed_on)


def remember_the_signing(event: LeadRestored) -> None:
    """A won deal is one again."""
    lead = db.session.get_one(Lead, event.lead_id)
    if lead.status == WON:
        signed(lead.customer, lead.signed_on)
