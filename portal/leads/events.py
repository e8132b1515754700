"""What happens to leads that others may care about."""

from dataclasses import dataclass

from portal.core.events import Event


@dataclass(frozen=True)
class LeadRecorded(Event):
    """A new lead; without an owner it is in the pool."""

    lead_id: int
    actor_id: int | None
    owner_id: int | None


@dataclass(frozen=True)
class LeadCorrected(Event):
    """`fields` are the names of those that changed, separated by commas."""

    lead_id: int
    actor_id: int
    fields: str


@dataclass(frozen=True)
class LeadGiven(Event):
    """`owner_id` has it now; `former_id` had it before, None: it came from the pool.

    `why` is one of `leads.rules.WHYS`; `actor_id` None: the clock did it.
    """

    lead_id: int
    actor_id: int | None
    owner_id: int
    former_id: int | None
    why: str


@dataclass(frozen=True)
class LeadReturned(Event):
    """Back in the pool."""

    lead_id: int
    actor_id: int | None
    former_id: int
    why: str


@dataclass(frozen=True)
class NextStepSet(Event):
    """Somebody agreed on what comes next, or said that it is done."""

    lead_id: int
    actor_id: int


@dataclass(frozen=True)
class LeadMoved(Event):
    lead_id: int
    actor_id: int
    from_stage: str
    to_stage: str


@dataclass(frozen=True)
class LeadClosed(Event):
    """`status` is won, lost or abandoned."""

    lead_id: int
    actor_id: int
    status: str


@dataclass(frozen=True)
class LeadReopened(Event):
    lead_id: int
    actor_id: int


@dataclass(frozen=True)
class LeadVoided(Event):
    lead_id: int
    actor_id: int


@dataclass(frozen=True)
class LeadRestored(Event):
    """Void no longer."""

    lead_id: int
    actor_id: int
