"""How often one person is told whose a company or a number is, wherever they are told it."""

from limits import parse

from portal.extensions import limiter
from portal.leads.checking.options import limit

SCOPE = "whose"


def within_limit(person_id: int) -> bool:
    """Count one more answer for this person; False when they had as many as an hour allows."""
    return limiter.limiter.hit(parse(limit()), SCOPE, str(person_id))
