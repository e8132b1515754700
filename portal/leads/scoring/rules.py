"""How a score is made: weight and value of each dimension, in whole points that add up (L2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

# Answered on the lead; then computed from what is known of the customer.
BUDGET, CHAIN, URGENCY = "budget", "chain", "urgency"
INDUSTRY, SIZE, REGION = "industry", "size", "region"
ASKED = (BUDGET, CHAIN, URGENCY)
FITS = (INDUSTRY, SIZE, REGION)
DIMENSIONS = (*ASKED, *FITS)

# What the four levels of an answer count, out of 100; and how well something fits.
LEVELS = (0, 30, 70, 100)
POOR, FAIR, GOOD = 0, 50, 100
GRADES = (GOOD, FAIR, POOR)
WHOLE = 100
MOST_BANDS, MOST_EMPLOYEES = 4, 10_000_000


@dataclass(frozen=True)
class Band:
    """Companies from this many employees on, up to the next band, fit so well."""

    employees: int
    value: int


@dataclass(frozen=True)
class Settings:
    """What an administrator decides. An industry or region that is not named fits fairly."""

    weights: Mapping[str, int]
    industry: Mapping[str, int] = field(default_factory=dict)
    region: Mapping[str, int] = field(default_factory=dict)
    sizes: Sequence[Band] = ()


SHIPPED = Settings(
    weights={BUDGET: 25, CHAIN: 20, URGENCY: 20, INDUSTRY: 15, SIZE: 10, REGION: 10},
    industry={"manufacturing": GOOD, "logistics": GOOD, "retail": GOOD, "energy": GOOD},
    region=dict.fromkeys(("north", "east", "south", "central", "southwest", "northwest",
                          "northeast"), GOOD),
    sizes=(Band(1, POOR), Band(50, FAIR), Band(200, GOOD)),
)


@dataclass(frozen=True)
class Part:
    """One dimension: `value` is 0 to 100, None while nobody knows; `points` of the whole score."""

    dimension: str
    weight: int
    value: int | None
    points: int


@dataclass(frozen=True)
class Score:
    """Whole points of 100; `parts` add up to exactly `total`."""

    total: int
    parts: tuple[Part, ...]


def score(values: Mapping[str, int], weights: Mapping[str, int]) -> Score:
    """Σ weight × value ÷ 100, rounded half up once. Each part is rounded down, and the points that
    are left go to the largest remainders, so that the parts add up to the sum that is shown."""
    exact = {name: weights.get(name, 0) * values.get(name, 0) for name in DIMENSIONS}
    total = (sum(exact.values()) + WHOLE // 2) // WHOLE
    points = {name: product // WHOLE for name, product in exact.items()}
    left = total - sum(points.values())
    by_remainder = sorted(DIMENSIONS, key=lambda name: -(exact[name] % WHOLE))
    for name in by_remainder[:left]:
        points[name] += 1
    parts = tuple(Part(name, weights.get(name, 0), values.get(name), points[name])
                  for name in DIMENSIONS)
    return Score(total, parts)


def fit(code: str | None, fits: Mapping[str, int]) -> int | None:
    """How well an industry or a region fits; None when it is not known."""
    return fits.get(code, FAIR) if code else None


def size_fit(employees: int | None, bands: Sequence[Band]) -> int | None:
    """How well a company of this size fits: the last band that begins at or below it."""
    if employees is None:
        return None
    reached = [band for band in bands if band.employees <= employees]
    return max(reached, key=lambda band: band.employees).value if reached else POOR


def values_of(
    answered: Mapping[str, int], settings: Settings, *, industry: str | None,
    region: str | None, employees: int | None,
) -> dict[str, int]:
    """Every value that is known: what was answered on the lead, and what fits."""
    found: dict[str, int | None] = {
        **{name: answered.get(name) for name in ASKED},
        INDUSTRY: fit(industry, settings.industry), REGION: fit(region, settings.region),
        SIZE: size_fit(employees, settings.sizes),
    }
    return {name: value for name, value in found.items() if value is not None}


def problem_with(settings: Settings) -> str | None:
    """Why these settings cannot hold: `negative`, `sum`, `value` or `bands`; None when they can."""
    if any(weight < 0 for weight in settings.weights.values()):
        return "negative"
    if sum(settings.weights.get(name, 0) for name in DIMENSIONS) != WHOLE:
        return "sum"
    values = [*settings.industry.values(), *settings.region.values(),
              *(band.value for band in settings.sizes)]
    if any(value not in GRADES for value in values):
        return "value"
    starts = [band.employees for band in settings.sizes]
    if len(set(starts)) != len(starts) or any(not 0 <= each <= MOST_EMPLOYEES for each in starts):
        return "bands"
    return None
