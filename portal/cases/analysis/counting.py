"""Counting wins and losses on plain values: the same rule makes a number and finds its cases."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import lru_cache
from itertools import product
from operator import itemgetter
from statistics import median, quantiles
from typing import Any, NamedTuple

from portal.cases.analysis.periods import bucket_of
from portal.cases.rules import AMOUNT_BANDS, DECISION_ROLES
from portal.core.text import folded

# With fewer deals than this a share says nothing: then only the numbers themselves are told.
ENOUGH = 10
FAINT = 5
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
    # As they were written, and one key for each of them.
    names: tuple[str, ...] = ()
    competitors: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


OUTCOME = Fact._fields.index("outcome")


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


class Sides(NamedTuple):
    """Deals that were won, and deals that were lost."""

    won: Sequence[Fact]
    lost: Sequence[Fact]

    @property
    def tally(self) -> Tally:
        return Tally(len(self.won), len(self.lost))

    def of(self, outcome: str) -> Sequence[Fact]:
        return self.won if outcome == "win" else self.lost


@lru_cache(maxsize=4096)
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


class Dimension(NamedTuple):
    """What deals are counted by: a field of the facts, and the values that its content means.

    Many deals share the same content, so its values are found once for all of them.
    """

    field: str
    values: Callable[[Any], tuple[str, ...]] = lambda content: (content,)

    @property
    def of(self) -> Callable[[Fact], Any]:
        return itemgetter(Fact._fields.index(self.field))


def _several(values: tuple[str, ...]) -> tuple[str, ...]:
    return values or (UNSAID,)


# For each name in an address. Several values count several times.
DIMENSIONS: Mapping[str, Dimension] = {
    **{name: Dimension(name) for name in
       ("outcome", "product", "industry", "region", "reason", "stage", "amount")},
    "competitor": Dimension("competitors", _several),
    "also": Dimension("also", _several),
    "role": Dimension("roles", _several),
    "gap": Dimension("price_gap", lambda gap: (gap_band(gap),)),
    "month": Dimension("day", lambda day: (bucket_of(day, "month"),)),
    "quarter": Dimension("day", lambda day: (bucket_of(day, "quarter"),)),
    "year": Dimension("day", lambda day: (bucket_of(day, "year"),)),
    # Whether the length of the deal was said.
    "cycle": Dimension("cycle_days", lambda days: ("known" if days is not None else UNSAID,)),
}
# In the order of the trade where there is one; all others by size.
ORDERED: Mapping[str, Sequence[str]] = {
    "amount": AMOUNT_BANDS, "role": DECISION_ROLES, "gap": GAPS,
}


def chosen(facts: Iterable[Fact], wanted: Iterable[tuple[str, str]]) -> list[Fact]:
    """The facts that have all these values of these dimensions."""
    found = list(facts)
    for name, value in wanted:
        dimension = DIMENSIONS[name]
        of = dimension.of
        meant = {content for content in set(map(of, found)) if value in dimension.values(content)}
        found = [fact for fact in found if of(fact) in meant]
    return found


def counts(facts: Iterable[Fact], dimension: str) -> Counter[str]:
    """How many deals have each value of a dimension."""
    chosen_one = DIMENSIONS[dimension]
    found: Counter[str] = Counter()
    for content, number in Counter(map(chosen_one.of, facts)).items():
        for value in chosen_one.values(content):
            found[value] += number
    return found


def tallies(sides: Sides, dimension: str) -> dict[str, Tally]:
    """Wins and losses for each value of a dimension."""
    won, lost = counts(sides.won, dimension), counts(sides.lost, dimension)
    return {value: Tally(won[value], lost[value]) for value in dict.fromkeys((*won, *lost))}


def parted(facts: Iterable[Fact]) -> Sides:
    """Wins and losses apart."""
    everything = list(facts)
    return Sides([fact for fact in everything if fact[OUTCOME] == "win"],
                 [fact for fact in everything if fact[OUTCOME] == "loss"])


def pairs(facts: Iterable[Fact], one: str, other: str) -> Counter[tuple[str, str]]:
    """How many deals have both: a value of one dimension and a value of the other."""
    ones, others = DIMENSIONS[one], DIMENSIONS[other]
    both = itemgetter(Fact._fields.index(ones.field), Fact._fields.index(others.field))
    found: Counter[tuple[str, str]] = Counter()
    for (content, another), number in Counter(map(both, facts)).items():
        for pair in product(ones.values(content), others.values(another)):
            found[pair] += number
    return found


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


def in_order(found: Mapping[str, int], order: Sequence[str] = ()) -> list[str]:
    """The values in their own order, or the most frequent first; what nobody said comes last."""
    place = {value: number for number, value in enumerate(order)}
    return sorted(found, key=lambda value: (
        value == UNSAID, place.get(value, len(place)), -found[value], value,
    ))


def heat(count: int, most: int) -> int:
    """How deep the colour of a number is: 0 for none, up to 8.

    A single deal is never the deepest: where all numbers are small, none of them glows.
    """
    return -(-8 * count // max(most, FAINT))
