"""Reads of messages that left the portal, or should have."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from portal.extensions import db
from portal.reminders.models import Dispatch


def failed_messages() -> Select[Dispatch]:
    """Those that were given up, newest first."""
    return (
        select(Dispatch).where(Dispatch.outcome == "failed")
        .options(joinedload(Dispatch.person))
        .order_by(Dispatch.ended_at.desc(), Dispatch.id.desc())
    )


def has_failed_messages() -> bool:
    """Whether there is anything to look after."""
    query = select(Dispatch.id).where(Dispatch.outcome == "failed").limit(1)
    return db.session.scalar(query) is not None
