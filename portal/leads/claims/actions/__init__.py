"""What is done with duplicate claims."""

from portal.leads.claims.actions.deciding import Decision, decide_claim, take_from_pool
from portal.leads.claims.actions.evidence import Photo, Said, Shelf, add_evidence
from portal.leads.claims.actions.opening import open_claim
from portal.leads.claims.actions.sending import put_back_claim, send_claim, withdraw_claim

__all__ = ["Decision", "Photo", "Said", "Shelf", "add_evidence", "decide_claim", "open_claim",
           "put_back_claim", "send_claim", "take_from_pool", "withdraw_claim"]
