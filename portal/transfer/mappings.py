"""Which field each column was, remembered for a person and a shape of table."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from portal.extensions import db
from portal.people.rules import Actor
from portal.transfer.models import ColumnMapping


def remembered(actor: Actor, shape: str) -> Sequence[str] | None:
    """Which field each column was the last time."""
    query = select(ColumnMapping.mapping).where(
        ColumnMapping.user_id == actor.id, ColumnMapping.shape == shape
    )
    return db.session.scalar(query)


def remember(actor: Actor, shape: str, mapping: Sequence[str], now: datetime) -> None:
    """The next table of this shape begins with these fields."""
    known = db.session.scalar(select(ColumnMapping).where(
        ColumnMapping.user_id == actor.id, ColumnMapping.shape == shape
    ))
    if known is None:
        known = ColumnMapping(user_id=actor.id, shape=shape)
        db.session.add(known)
    known.mapping, known.used_at = list(mapping), now
