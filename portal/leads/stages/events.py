"""What happens at the gates that others may care about."""

from dataclasses import dataclass

from portal.core.events import Event


@dataclass(frozen=True)
class ReviewAsked(Event):
    review_id: int
    lead_id: int
    actor_id: int


@dataclass(frozen=True)
class ReviewGiven(Event):
    """Passed or refused."""

    review_id: int
    lead_id: int
    actor_id: int


@dataclass(frozen=True)
class ReviewEnded(Event):
    """Withdrawn, or not needed any more: nobody waits for it."""

    review_id: int
    lead_id: int
