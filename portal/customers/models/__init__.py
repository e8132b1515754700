"""Tables of customers."""

from portal.customers.models.customer import Contact, Customer, CustomerPerson
from portal.customers.models.identity import IdentityKey
from portal.customers.models.timeline import TimelineEntry
from portal.customers.models.words import CustomerWords

__all__ = ["Contact", "Customer", "CustomerPerson", "CustomerWords", "IdentityKey",
           "TimelineEntry"]
