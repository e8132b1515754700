"""What happens to duplicate claims."""

from dataclasses import dataclass

from portal.core.events import Event


@dataclass(frozen=True)
class ClaimSent(Event):
    """Somebody is asked to decide."""

    claim_id: int
    actor_id: int


@dataclass(frozen=True)
class EvidenceAdded(Event):
    """One side has said more for itself."""

    claim_id: int
    evidence_id: int
    actor_id: int


@dataclass(frozen=True)
class ClaimDecided(Event):
    claim_id: int
    actor_id: int


@dataclass(frozen=True)
class ClaimWithdrawn(Event):
    """Whoever claimed it does so no more."""

    claim_id: int
    actor_id: int
