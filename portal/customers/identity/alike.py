"""How much two cores that differ are spelled or spoken alike."""

from rapidfuzz import fuzz

from portal.customers.identity.words import brand

# Of 100: one sign of four wrong is alike, a brand of two signs with another second one is not.
LEAST = 65.0
HOMOPHONE = 95.0
SHORTEST = 3


def likeness(one: str, other: str, *, sounds_equal: bool = False) -> float:
    """From 0 to 100; the brand counts more than what the company does."""
    return likeness_of((one, brand(one) or one), (other, brand(other) or other), sounds_equal)


def likeness_of(one: tuple[str, str], other: tuple[str, str], sounds_equal: bool) -> float:
    """The same of cores whose brands are known."""
    if min(len(one[0]), len(other[0])) < SHORTEST:
        return HOMOPHONE if sounds_equal and len(one[0]) == len(other[0]) else 0.0
    told = 0.6 * fuzz.ratio(one[1], other[1]) + 0.4 * fuzz.ratio(one[0], other[0])
    return max(told, HOMOPHONE) if sounds_equal else told
