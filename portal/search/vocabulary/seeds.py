"""The groups that come with the portal, and how they reach an installation."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache

from sqlalchemy import select

from portal.extensions import db
from portal.search.models import SynonymGroup
from portal.search.synonyms import groups_in, plain, shipped_text
from portal.search.vocabulary.phrases import key_of

# A group that shares so many phrases with one that somebody edited or removed is its newer edition.
_SHARED = 2


@cache
def shipped_groups() -> Mapping[str, tuple[str, ...]]:
    """The phrases of each shipped group by its key."""
    return {key_of(phrases): tuple(phrases) for phrases in groups_in(shipped_text())}


def seed(now: datetime) -> int:
    """Add the shipped groups that are not there yet; how many.

    What people edited or removed stays so, in a newer edition as well. What they left alone follows
    the file.
    """
    rows = list(db.session.scalars(select(SynonymGroup)))
    known = {row.shipped_key for row in rows}
    touched = [_plain(row.phrases) for row in rows if is_touched(row)]
    for row in rows:
        if row.shipped_key and row.shipped_key not in shipped_groups() and not is_touched(row):
            db.session.delete(row)
    new = [
        SynonymGroup(phrases=list(phrases), shipped_key=key, changed_at=now)
        for key, phrases in shipped_groups().items()
        if key not in known
        and not any(len(_plain(phrases) & before) >= _SHARED for before in touched)
    ]
    db.session.add_all(new)
    return len(new)


def is_touched(row: SynonymGroup) -> bool:
    """Is it a shipped group that somebody edited or removed?"""
    return row.shipped_key is not None and (
        row.removed_at is not None or key_of(row.phrases) != row.shipped_key
    )


def _plain(phrases: tuple[str, ...] | list[str]) -> set[str]:
    return {plain(phrase) for phrase in phrases}
