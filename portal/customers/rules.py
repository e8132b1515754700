"""What a customer's file is made of, whose it is, and when the customer is next due."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

# What one of us is for a customer (L7): A and B role, then the team.
OWNER, BACKUP = "owner", "backup"
REP, PRODUCT_EXPERT, DELIVERY_MANAGER = "rep", "product_expert", "delivery_manager"
PARTS = (OWNER, BACKUP, REP, PRODUCT_EXPERT, DELIVERY_MANAGER)
# What people of the team are, besides the owner.
TEAM_PARTS = PARTS[1:]

TIERS = ("A", "B", "C")
SEGMENTS = ("", "vip", "sme")
LONGEST_NAME, LONGEST_REASON, LONGEST_NOTE = 120, 500, 5000
# Days between two contacts (L6): A weekly, B twice a month, C quarterly; the VIP's quarterly review
# and the monthly care of small companies may come sooner than that of the class.
CADENCE: Mapping[str, int] = MappingProxyType({"A": 7, "B": 15, "C": 91, "vip": 91, "sme": 30})


_WEBSITE = re.compile(r"(?i)https?://[^\s/?#]+\.[^\s/?#]+\S*")


def website(text: str) -> str:
    """The address as browsers want it: what was typed without a scheme gets one."""
    return text if not text or "://" in text else f"https://{text}"


def is_website(text: str) -> bool:
    """Whether an address leads to a page of the web, and nowhere else."""
    return _WEBSITE.fullmatch(website(text)) is not None


def is_with_owner(owner_id: int | None) -> bool:
    """Whether somebody has the customer; nobody's are in the pool."""
    return owner_id is not None


def next_contact(
    tier: str, segment: str, last_day: date, cadence: Mapping[str, int] = CADENCE
) -> date:
    """The day by which the customer should hear from us again, counted from the last contact."""
    days = cadence[tier]
    if segment in cadence:
        days = min(days, cadence[segment])
    return last_day + timedelta(days=days)


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """What differs, field by field: `[before, after]`."""
    return {name: [before.get(name), value] for name, value in after.items()
            if not _same(before.get(name), value)}


def overwritten(found: Mapping[str, Sequence[Any]]) -> list[str]:
    """Those changed fields in which something known is replaced, taken away or left out: they ask
    for a reason. Filling what was blank, and adding to a list, does not."""
    return [name for name, (before, after) in found.items() if not _fills(before, after)]


def _same(before: Any, after: Any) -> bool:
    return before == after or (_is_blank(before) and _is_blank(after))


def _is_blank(value: Any) -> bool:
    return value is None or value == "" or value == []


def _fills(before: Any, after: Any) -> bool:
    if _is_blank(before):
        return True
    return (isinstance(before, list) and isinstance(after, list)
            and all(each in after for each in before))


def digits_of(text: str) -> str:
    """The digits alone: a phone as it is looked for."""
    return "".join(sign for sign in text if sign.isascii() and sign.isdigit())


def words_of(names: Iterable[str], phones: Iterable[str]) -> str:
    """By what a list finds a customer: each name and the digits of each phone on its own line."""
    return "\n".join(dict.fromkeys(filter(None, (*names, *map(digits_of, phones)))))


def access_tokens(
    people: Iterable[tuple[int, int | None]], is_free: bool
) -> frozenset[str]:
    """What opens a customer in search: working for it, leading the team of somebody who does, and
    of the pool, handing customers out. `people` are ids with their teams; see `Actor.tokens`."""
    tokens = {"allocates"} if is_free else set()
    for person_id, team_id in people:
        tokens.add(f"works:{person_id}")
        if team_id is not None:
            tokens.add(f"leads:{team_id}")
    return frozenset(tokens)


def spoken_phones(typed: str, numbers: Iterable[str]) -> list[str]:
    """The ways in which somebody may look for these numbers (E.164, `;ext=`): as it was typed, its
    digits alone, and a mobile number in groups."""
    found = {typed: None}
    for number in numbers:
        plain = number.partition(";")[0].removeprefix("+86").removeprefix("+")
        found[plain] = None
        if len(plain) == 11:
            found[f"{plain[:3]} {plain[3:7]} {plain[7:]}"] = None
    return list(found)
