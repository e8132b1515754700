"""How much of the pool one may take, whose turn it is, and when a lead has been idle (L3)."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

# What is written down about a person and a lead of the pool: it waits for the rules, was claimed,
# handed out by a rule, given back, taken from somebody idle; its owner was asked to answer soon, is
# late with the answer, was warned of idleness.
NEW, CLAIMED, ALLOCATED, RETURNED, IDLE = "new", "claimed", "allocated", "returned", "idle"
SOON, LATE, WARNED = "soon", "late", "warned"
STEPS = (NEW, CLAIMED, ALLOCATED, RETURNED, IDLE, SOON, LATE, WARNED)

# Why somebody cannot take a lead.
DAILY, CAP, FORMER = "daily", "cap", "former"
LONGEST_REASON = 500
# For so long a claim or a return can be taken back.
UNDO_FOR = timedelta(minutes=10)


@dataclass(frozen=True)
class Limits:
    """What an administrator decided: claims of one day, open leads of one person, and the days
    for which a former owner waits; 0 of the last: no wait."""

    daily: int
    cap: int
    wait_days: int


@dataclass(frozen=True)
class Holding:
    """What one person claimed today, and the open leads they have."""

    today: int
    held: int

    def with_one_more(self) -> "Holding":
        return Holding(self.today + 1, self.held + 1)


@dataclass(frozen=True)
class Barrier:
    """What stands in the way, and the first day on which this alone no longer does; None: not a
    matter of days."""

    why: str
    free_on: date | None = None


def barrier(
    limits: Limits, holding: Holding, today: date, *, former_until: date | None = None,
) -> Barrier | None:
    """Why a person cannot claim a lead now, or None. `former_until` is `free_for_former` of a lead
    that was theirs before."""
    if former_until is not None and today < former_until:
        return Barrier(FORMER, former_until)
    if holding.held >= limits.cap:
        return Barrier(CAP)
    if holding.today >= limits.daily:
        return Barrier(DAILY, today + timedelta(days=1))
    return None


def free_for_former(in_pool_since: date, wait_days: int) -> date:
    """The first day on which who had the lead before may claim it again."""
    return in_pool_since + timedelta(days=wait_days)


def can_hold(limits: Limits, held: int) -> bool:
    """Whether one more may be given to somebody with so many open leads."""
    return held < limits.cap


def next_in_turn(
    people: Sequence[int], last: int | None, ready: Callable[[int], bool]
) -> int | None:
    """Who is next after `last`, round and round; who is not `ready` is skipped without losing
    the place. None when nobody is. A `last` who is no longer there lets the row begin anew."""
    if not people:
        return None
    start = people.index(last) + 1 if last in people else 0
    for step in range(len(people)):
        person = people[(start + step) % len(people)]
        if ready(person):
            return person
    return None


@dataclass(frozen=True)
class Traits:
    """What rules look at: codes of a lead."""

    region: str | None = None
    industry: str | None = None
    channel: str | None = None
    product: str | None = None


@dataclass(frozen=True)
class Wants:
    """What a rule asks for; an empty set asks for nothing."""

    regions: frozenset[str] = frozenset()
    industries: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
    products: frozenset[str] = frozenset()

    def fits(self, lead: Traits) -> bool:
        pairs: Iterable[tuple[Collection[str], str | None]] = (
            (self.regions, lead.region), (self.industries, lead.industry),
            (self.channels, lead.channel), (self.products, lead.product),
        )
        return all(not wanted or code in wanted for wanted, code in pairs)


@dataclass(frozen=True)
class IdleTerms:
    """Days without anything done until the owner is warned, and from there until the lead goes
    back; a lead whose stage has `keep_from` percent or more is never looked at."""

    warn_days: int
    return_days: int
    keep_from: int


def idle_since_before(now: datetime, terms: IdleTerms) -> datetime:
    """Leads with nothing done since are idle."""
    return now - timedelta(days=terms.warn_days)


def warned_before(now: datetime, terms: IdleTerms) -> datetime:
    """Leads whose owner was warned before and did nothing go back to the pool."""
    return now - timedelta(days=terms.return_days)


def goes_back_on(warned_on: date, return_days: int) -> date:
    """The day on which an idle lead goes back unless something is done."""
    return warned_on + timedelta(days=return_days)
