"""Tables of leads."""

from portal.leads.models.lead import Lead, LeadMove

__all__ = ["Lead", "LeadMove"]
