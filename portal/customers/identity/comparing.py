"""Two names, key by key: the same company, a related one, or another."""

from dataclasses import dataclass
from typing import Any

from portal.core.i18n import lazy_gettext as _l
from portal.customers.identity.names import COUNTRY, name_key
from portal.customers.identity.places import leading
from portal.customers.identity.rules import (
    DIFFERENT,
    WARN,
    NameKey,
    verdict_of_keys,
)
from portal.customers.identity.words import brand, stems

SHORTEST_STEM = 2


@dataclass(frozen=True)
class Why:
    """One key of both names, and what it says."""

    key: Any
    a: str
    b: str
    says: Any


@dataclass(frozen=True)
class Comparison:
    """`verdict` is "block", "warn" or "different"; `why` explains it."""

    verdict: str
    why: list[Why]


def verdict_of(one: NameKey, other: NameKey) -> str:
    """Block: the same; warn: related or probably the same."""
    if one.core == other.core:
        return verdict_of_keys(one, other)
    return WARN if are_close(one.core, other.core) else DIFFERENT


def are_close(one: str, other: str) -> bool:
    """Whether two cores that differ are the same but for trades at the end, or 中国 in front."""
    short, long = sorted((one, other), key=len)
    if not is_telling(short):
        return False
    return short in stems(long) or (long == COUNTRY + short)


def is_telling(core: str) -> bool:
    """Whether a core has a brand, so that it means one company even when more follows."""
    found = leading(core)
    return len(brand(found.rest if found.region else core)) >= SHORTEST_STEM


def compare_names(a: str, b: str) -> Comparison:
    """The verdict about two names as typed, and why."""
    one, other = name_key(a), name_key(b)
    if one is None or other is None:
        return Comparison(DIFFERENT, [
            Why(_l("Name"), a, b, _l("no name: nothing to compare"))])
    verdict = verdict_of(one, other)
    return Comparison(verdict, [_core(one, other), _region(one, other), _branch(one, other)])


def _core(one: NameKey, other: NameKey) -> Why:
    if one.core == other.core:
        says = _l("equal")
    elif are_close(one.core, other.core):
        says = _l("one has only a common word more")
    else:
        says = _l("another name")
    return Why(_l("Core of the name"), one.core, other.core, says)


def _region(one: NameKey, other: NameKey) -> Why:
    if one.region == other.region:
        says = _l("equal") if one.region else _l("none")
    elif not one.region or not other.region:
        says = _l("one has none, so it may be the same")
    else:
        says = _l("another place")
    return Why(_l("Region"), one.region, other.region, says)


def _branch(one: NameKey, other: NameKey) -> Why:
    if one.branch == other.branch:
        says = _l("equal") if one.branch else _l("none")
    else:
        says = _l("another part of the company")
    return Why(_l("Branch"), one.branch, other.branch, says)
