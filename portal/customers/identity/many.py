"""Who else thousands of customers could be, with few statements: for imports."""

from collections.abc import Sequence

from portal.customers.identity.content import Identity, Match
from portal.customers.identity.finding import matches


def matches_of_many(identities: Sequence[Identity]) -> list[list[Match]]:
    """The matches of each, in the same order."""
    return [matches(identity) for identity in identities]
