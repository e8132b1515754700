"""What is done with the pool: claimed, returned, handed out by rules or by a leader."""

from portal.leads.pool.actions.allocating import allocate
from portal.leads.pool.actions.assigning import Assigned, assign_many
from portal.leads.pool.actions.claiming import claim_lead, unclaim_lead
from portal.leads.pool.actions.returning import put_back_lead, return_lead

__all__ = ["Assigned", "allocate", "assign_many", "claim_lead", "put_back_lead", "return_lead",
           "unclaim_lead"]
