"""How much two cores that differ are spelled or spoken alike."""

from rapidfuzz import fuzz

from portal.customers.identity.words import brand

# Of 100: one sign of four wrong is alike, a brand of two signs with another second one is not.
LEAST = 65.0
HOMOPHONE = 95.0
SHORTEST = 3


def likeness(one: str, other: str, *, sounds_equal: bool = False) -> float:
    """From 0 to 100; the brand counts more than what the company does."""
    if min(len(one), len(other)) < SHORTEST:
        return HOMOPHONE if sounds_equal and len(one) == len(other) else 0.0
    told = 0.6 * fuzz.ratio(brand(one) or one, brand(other) or other) + 0.4 * fuzz.ratio(one, other)
    return max(told, HOMOPHONE) if sounds_equal else told
