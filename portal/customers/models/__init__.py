"""Tables of customers."""

from portal.customers.models.customer import Contact, Customer, CustomerPerson
from portal.customers.models.identity import IdentityKey
from portal.customers.models.timeline import TimelineEntry

__all__ = ["Contact", "Customer", "CustomerPerson", "IdentityKey", "TimelineEntry"]
