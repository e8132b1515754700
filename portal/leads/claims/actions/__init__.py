"""What is done with duplicate claims."""

from portal.leads.claims.actions.opening import open_claim

__all__ = ["open_claim"]
