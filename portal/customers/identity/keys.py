"""What other rooms ask about who a customer is: whose it is already, and keeping it."""

from portal.customers.identity.content import Identity, Match
from portal.customers.identity.finding import matches
from portal.customers.identity.held import phones_of
from portal.customers.identity.holding import Taken, hold, lock, release
from portal.customers.identity.many import matches_of_many, same_before

__all__ = [
    "Identity", "Match", "Taken", "hold", "lock", "matches", "matches_of_many", "phones_of",
    "release", "same_before",
]
