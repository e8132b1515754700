"""Which searches are one and the same: keystrokes on the way, words corrected, pages turned."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

# So close together, what a person types belongs together.
TOGETHER = timedelta(seconds=60)
# Typing that rested so long is meant as it stands.
SETTLED = timedelta(seconds=10)
# An opened record belongs to a search of this age at most.
OPENED_WITHIN = timedelta(minutes=30)
KEPT = timedelta(days=365)
# Shorter typing is on the way to something.
SHORTEST_TYPED = 2
RESULTS, TYPING = "results", "typing"


@dataclass(frozen=True)
class Asked:
    """A search by somebody: `surface` is where, `total` how much was found, `row_id` its row
    when it is written already."""

    person_id: int
    text: str
    key: str
    total: int
    surface: str
    narrowed: bool
    at: datetime
    opened_ref: str | None = None
    opened_rank: int | None = None
    row_id: int | None = None

    @property
    def was_sent(self) -> bool:
        """To the page of results, not only typed."""
        return self.surface == RESULTS

    @property
    def was_opened(self) -> bool:
        return self.opened_ref is not None


def collapses(earlier: Asked, later: Asked) -> bool:
    """Whether both are one search: the same person, within 60 seconds, and one key is the
    beginning of the other.

    Two that were sent in different words were both meant. What led to an opened record stays
    as it is: more typing afterwards is another search, and typing never replaces it.
    """
    if earlier.person_id != later.person_id or abs(later.at - earlier.at) > TOGETHER:
        return False
    if earlier.key == later.key:
        return True
    if not (earlier.key.startswith(later.key) or later.key.startswith(earlier.key)):
        return False
    if earlier.was_opened or (earlier.was_sent and later.was_sent):
        return False
    return not (earlier.was_sent and later.was_opened)


def merged(earlier: Asked, later: Asked) -> Asked:
    """What stays of two that collapse: the one that was sent, else the later one."""
    row_id = earlier.row_id if earlier.row_id is not None else later.row_id
    if earlier.key != later.key:
        kept = earlier if earlier.was_sent and not later.was_sent else later
        return replace(kept, row_id=row_id)
    # The same words: filters say less about the library than none, suggestions less than results.
    told = max(earlier, later, key=lambda one: (not one.narrowed, one.was_sent, one is later))
    opened = later if later.was_opened else earlier
    return replace(
        told, at=max(earlier.at, later.at), row_id=row_id,
        surface=RESULTS if earlier.was_sent or later.was_sent else TYPING,
        opened_ref=opened.opened_ref, opened_rank=opened.opened_rank,
    )


def collapsed(searches: Iterable[Asked]) -> list[Asked]:
    """The searches that stay, in the order of time."""
    kept: list[Asked] = []
    for one in sorted(searches, key=lambda asked: asked.at):
        for place in reversed(range(len(kept))):
            if collapses(kept[place], one):
                kept[place] = merged(kept[place], one)
                break
        else:
            kept.append(one)
    return kept


def is_due(asked: Asked, now: datetime) -> bool:
    """Whether it may be written: sent, opened, or typed and left so."""
    return asked.was_sent or asked.was_opened or now - asked.at >= SETTLED
