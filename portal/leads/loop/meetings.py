"""What a room above knows of a deal: its visits. Installed at start, so that this room need not
know them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select


@dataclass(frozen=True)
class Meetings:
    """Visits and the like, by the prefix of their refs ("visit").

    `refs(customer_id, lead_id)` selects the refs ("visit:9") of a customer's records, or of those
    about one lead, for the cases that come from them. `roles(lead_id)` are the decision roles that
    were met there. `deeds(lead_id)` are dated lines of what was done, which name neither the
    customer nor its people, and `count(lead_id)` how many took place. `monthly(team_ids, months)`
    counts, for each month ("2026-06"), those that took place and those of them with a case;
    `team_ids` None means everybody's. `lacking` is the endpoint of the list of those without one
    (arguments `month`, `team`), and `word` what they are called.
    """

    prefix: str
    word: Any
    refs: Callable[[int, int | None], Select[Any]]
    roles: Callable[[int], Sequence[str]]
    deeds: Callable[[int], Sequence[tuple[date, str]]]
    count: Callable[[int], int]
    monthly: Callable[[frozenset[int] | None, Sequence[str]], Sequence[tuple[int, int]]]
    lacking: str = ""


_meetings: list[Meetings] = []


def install(meetings: Sequence[Meetings]) -> None:
    """The whole list, replacing an earlier one."""
    _meetings[:] = meetings


def all_meetings() -> Sequence[Meetings]:
    return tuple(_meetings)
