"""What happens to visits and follow-ups that others may care about."""

from dataclasses import dataclass

from portal.core.events import Event


@dataclass(frozen=True)
class VisitPlanned(Event):
    visit_id: int
    customer_id: int
    lead_id: int | None
    actor_id: int


@dataclass(frozen=True)
class VisitReplanned(Event):
    """Another day, or another plan for it."""

    visit_id: int
    actor_id: int


@dataclass(frozen=True)
class VisitCancelled(Event):
    visit_id: int
    customer_id: int
    lead_id: int | None
    actor_id: int


@dataclass(frozen=True)
class VisitArrived(Event):
    """Somebody is at the customer's."""

    visit_id: int
    customer_id: int
    lead_id: int | None
    actor_id: int


@dataclass(frozen=True)
class ArrivalUndone(Event):
    visit_id: int
    actor_id: int


@dataclass(frozen=True)
class VisitReviewed(Event):
    """A visit took place, and is written down; `result` is reached, partly or missed."""

    visit_id: int
    customer_id: int
    lead_id: int | None
    actor_id: int
    result: str


@dataclass(frozen=True)
class ReviewCorrected(Event):
    visit_id: int
    actor_id: int
    number: int


@dataclass(frozen=True)
class FollowUpRecorded(Event):
    """A call, message or mail; `channel` says which."""

    visit_id: int
    customer_id: int
    lead_id: int | None
    actor_id: int
    channel: str


@dataclass(frozen=True)
class VisitVoided(Event):
    visit_id: int
    customer_id: int
    lead_id: int | None
    actor_id: int


@dataclass(frozen=True)
class VisitJoined(Event):
    """A colleague was asked to go along."""

    visit_id: int
    person_id: int
    actor_id: int


@dataclass(frozen=True)
class VisitCommented(Event):
    visit_id: int
    comment_id: int
    actor_id: int
