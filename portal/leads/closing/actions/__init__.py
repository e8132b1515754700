"""Closing a lead, opening it again, and the retrospective nobody writes."""

from portal.leads.closing.actions.closing import ClosedMeanwhile, close_lead
from portal.leads.closing.actions.reopening import reopen_lead
from portal.leads.closing.actions.waiving import waive_retrospective, want_retrospective

__all__ = ["ClosedMeanwhile", "close_lead", "reopen_lead", "waive_retrospective",
           "want_retrospective"]
