"""What a person plans and writes down, as plain values."""

from dataclasses import dataclass, field
from datetime import date, time

from portal.visits.rules import CALL


@dataclass(frozen=True)
class VisitPlan:
    """When, why and what for; `contact_ids` are whom one wants to see, of that customer."""

    day: date
    starts_at: time | None = None
    purpose: str = ""
    why: str = ""
    goal: str = ""
    lead_id: int | None = None
    contact_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class NextStep:
    """What comes next, and on which day; nothing at all without a text."""

    text: str = ""
    on: date | None = None


@dataclass(frozen=True)
class Met:
    """Whom one met: known contacts, and the names of new ones."""

    contact_ids: tuple[int, ...] = ()
    new_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReviewFacts:
    """What came of a visit against its goal, in the customer's words and in one's own."""

    result: str = ""
    words: str = ""
    worked: str = ""
    not_worked: str = ""


@dataclass(frozen=True)
class Written:
    """A review with all that is saved along with it."""

    facts: ReviewFacts
    met: Met = field(default_factory=Met)
    next_step: NextStep = field(default_factory=NextStep)


@dataclass(frozen=True)
class FollowUp:
    """A call, message or mail: what came of it, in a line or two."""

    day: date
    words: str
    channel: str = CALL
    lead_id: int | None = None
    met: Met = field(default_factory=Met)
    next_step: NextStep = field(default_factory=NextStep)
