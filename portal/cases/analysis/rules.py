"""Counting wins and losses on plain values: the same rule makes a number and finds its cases."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from statistics import median, quantiles
from typing import NamedTuple

from portal.cases.analysis.periods import bucket_of
from portal.cases.rules import AMOUNT_BANDS, DECISION_ROLES
from portal.core.text import folded

# With fewer deals than this a share says nothing: then only the numbers themselves are told.
ENOUGH = 10
# What stands for "nobody said", in tables and in addresses.
UNSAID = "-"
# Percent, ours above theirs; each band reaches up to the next bound.
GAP_BOUNDS: Sequence[tuple[str, float]] = (
    ("below", -5), ("same", 5), ("to10", 10), ("to20", 20), ("above20", float("inf")),
)
GAPS = tuple(name for name, _bound in GAP_BOUNDS)
OUTCOMES = ("win", "loss")


class Fact(NamedTuple):
    """What one retrospective says, as far as it is counted; lists without repetition."""

    case_id: int
    outcome: str
    day: date
    product: str = UNSAID
    industry: str = UNSAID
    region: str = UNSAID
    reason: str = UNSAID
    stage: str = UNSAID
    amount: str = UNSAID
    cycle_days: int | None = None
    price_gap: float | None = None
    competitors: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


class Tally(NamedTuple):
    """How many deals of a kind were won and lost."""

    won: int = 0
    lost: int = 0

    @property
    def total(self) -> int:
        return self.won + self.lost

    @property
    def rate(self) -> int | None:
        """The win rate in whole percent; None where there are too few deals to tell."""
        return share(self.won, self.total)


def competitor_key(name: str) -> str:
    """One key for every spelling of a competitor that differs in width, case or spaces alone.

    Signs that differ stay different: 金蝶 is not 金碟. Names that mean the same firm in other
    words are not joined here; whoever writes the retrospective chooses the word.
    """
    return folded(name).replace(" ", "")


def gap_band(gap: float | None) -> str:
    if gap is None:
        return UNSAID
    return next(name for name, bound in GAP_BOUNDS if gap < bound)


def many(values: tuple[str, ...]) -> tuple[str, ...]:
    return values or (UNSAID,)


# What a deal counts under, for each name in an address. Several values count several times.
DIMENSIONS: Mapping[str, Callable[[Fact], tuple[str, ...]]] = {
    "outcome": lambda fact: (fact.outcome,),
    "product": lambda fact: (fact.product,),
    "industry": lambda fact: (fact.industry,),
    "region": lambda fact: (fact.region,),
    "reason": lambda fact: (fact.reason,),
    "stage": lambda fact: (fact.stage,),
    "amount": lambda fact: (fact.amount,),
    "competitor": lambda fact: many(fact.competitors),
    "also": lambda fact: many(fact.also),
    "role": lambda fact: many(fact.roles),
    "gap": lambda fact: (gap_band(fact.price_gap),),
    "month": lambda fact: (bucket_of(fact.day, "month"),),
    "quarter": lambda fact: (bucket_of(fact.day, "quarter"),),
    "year": lambda fact: (bucket_of(fact.day, "year"),),
    # Whether the length of the deal was said.
    "cycle": lambda fact: ("known" if fact.cycle_days is not None else UNSAID,),
}
# In the order of the trade where there is one; all others by size.
ORDERED: Mapping[str, Sequence[str]] = {
    "amount": AMOUNT_BANDS, "role": DECISION_ROLES, "gap": GAPS,
}


def chosen(facts: Iterable[Fact], wanted: Iterable[tuple[str, str]]) -> list[Fact]:
    """The facts that have all these values of these dimensions."""
    found = list(facts)
    for name, value in wanted:
        values_of = DIMENSIONS[name]
        found = [fact for fact in found if value in values_of(fact)]
    return found


def tallies(facts: Iterable[Fact], dimension: str) -> dict[str, Tally]:
    """Wins and losses for each value of a dimension."""
    values_of = DIMENSIONS[dimension]
    counts = Counter((value, fact.outcome) for fact in facts for value in values_of(fact))
    return {
        value: Tally(counts[value, "win"], counts[value, "loss"])
        for value in dict.fromkeys(value for value, _outcome in counts)
    }


def tally(facts: Iterable[Fact]) -> Tally:
    counts = Counter(fact.outcome for fact in facts)
    return Tally(counts["win"], counts["loss"])


def pairs(facts: Iterable[Fact], one: str, other: str) -> Counter[tuple[str, str]]:
    """How many deals have both: a value of one dimension and a value of the other."""
    ones, others = DIMENSIONS[one], DIMENSIONS[other]
    return Counter((a, b) for fact in facts for a in ones(fact) for b in others(fact))


def share(part: int, whole: int) -> int | None:
    """Whole percent, halves upwards; None where the whole is too small to speak of shares."""
    return int(Fraction(100 * part, whole) + Fraction(1, 2)) if whole >= ENOUGH else None


class Days(NamedTuple):
    """How long deals took: how many said so, the middle one, and the middle half."""

    known: int
    median: int | None = None
    lower: int | None = None
    upper: int | None = None


def cycle(facts: Iterable[Fact]) -> Days:
    """The median because one endless deal must not move it; the middle half from 10 deals on."""
    days = sorted(fact.cycle_days for fact in facts if fact.cycle_days is not None)
    if not days:
        return Days(0)
    middle = round(median(days))
    if len(days) < ENOUGH:
        return Days(len(days), middle)
    lower, _middle, upper = quantiles(days, n=4, method="inclusive")
    return Days(len(days), middle, round(lower), round(upper))


def in_order(counts: Mapping[str, Tally], order: Sequence[str] = ()) -> list[str]:
    """The values in their own order, or the most frequent first; what nobody said comes last."""
    place = {value: number for number, value in enumerate(order)}
    return sorted(counts, key=lambda value: (
        value == UNSAID, place.get(value, len(place)), -counts[value].total, value,
    ))


def heat(count: int, most: int) -> int:
    """How deep the colour of a number is: 0 for none, up to 8."""
    return -(-8 * count // most) if most else 0
