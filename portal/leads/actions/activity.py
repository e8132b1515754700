"""Somebody did something about a lead: it is not idle, and neither is its customer."""

from datetime import datetime

from portal.customers.actions.activity import touch
from portal.leads.models import Lead


def touch_lead(lead: Lead, at: datetime) -> None:
    """A person did something with the customer about this lead at this time."""
    lead.last_activity_at = max(lead.last_activity_at, at)
    touch(lead.customer, at)
