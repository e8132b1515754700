"""Lists of leads: which of them a person reads, narrowed by what the address asks for."""

from portal.leads.queries.filters import LeadFilters
from portal.leads.queries.reading import readable_by, visible_to

__all__ = ["LeadFilters", "readable_by", "visible_to"]
