"""Facts that features tell each other: reactions inside the transaction, and after it.

`features/reactions.py` lists who reacts to what; nothing subscribes on import. A reaction *during*
the transaction keeps the truth whole and may refuse. A reaction *afterwards* is delivered from a
row written in the same transaction, so a crash between commit and delivery loses nothing; it may
run twice and must bear that.
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from portal.core import clock, jobs
from portal.core.unit_of_work import after_commit, reading_only, transaction
from portal.extensions import db

log = logging.getLogger(__name__)
MAX_ATTEMPTS = 12


@dataclass(frozen=True)
class Event:
    """A fact in the past tense; its fields are ids and plain values."""


Reaction = Callable[[Any], None]
_during: dict[type[Event], list[Reaction]] = {}
_afterwards: dict[str, tuple[type[Event], Reaction]] = {}
# True while something is replayed that happened long ago: nobody waits to hear of it.
_long_ago: ContextVar[bool] = ContextVar("long_ago", default=False)


class Delivery(db.Model):  # type: ignore[name-defined, misc]
    """An event that still has to reach one reaction."""

    __tablename__ = "deliveries"

    id: Mapped[int] = mapped_column(primary_key=True)
    reaction: Mapped[str]
    event: Mapped[dict[str, Any]] = mapped_column(db.JSON)
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(index=True)
    error: Mapped[str | None] = mapped_column(db.Text)


def subscribe(
    during: Mapping[type[Event], Sequence[Reaction]],
    afterwards: Mapping[type[Event], Sequence[Reaction]],
) -> None:
    """Install the whole table of reactions, replacing an earlier one."""
    _during.clear()
    _during.update({kind: list(reactions) for kind, reactions in during.items()})
    _afterwards.clear()
    for kind, reactions in afterwards.items():
        for reaction in reactions:
            _afterwards[f"{reaction.__module__}.{reaction.__name__}"] = (kind, reaction)


def publish(event: Event) -> None:
    """Tell everyone: reactions during the transaction run now, the others are written down."""
    for reaction in _during.get(type(event), ()):
        reaction(event)
    if _long_ago.get():
        return
    for name, (kind, _) in _afterwards.items():
        if kind is type(event):
            db.session.add(Delivery(reaction=name, event=asdict(event), due_at=clock.now()))
            after_commit("deliver", lambda: jobs.wake("deliver"))


@contextmanager
def long_ago(is_so: bool = True) -> Iterator[None]:
    """While the past is replayed, facts are kept true, and nobody is told of them."""
    token = _long_ago.set(is_so)
    try:
        yield
    finally:
        _long_ago.reset(token)


@jobs.job("deliver", every_minutes=1)
def deliver() -> None:
    """Run every due reaction in a transaction of its own; a failure waits longer each time."""
    due = select(Delivery.id).where(
        Delivery.due_at <= clock.now(), Delivery.attempts < MAX_ATTEMPTS
    )
    with reading_only():
        waiting = db.session.scalars(due.order_by(Delivery.id).limit(500)).all()
    for delivery_id in waiting:
        _deliver_one(delivery_id)


def _deliver_one(delivery_id: int) -> None:
    try:
        with transaction():
            # Another process may be at it already, or done with it.
            delivery = db.session.get(
                Delivery, delivery_id, with_for_update={"skip_locked": True}
            )
            if delivery is None:
                return
            kind, reaction = _afterwards[delivery.reaction]
            reaction(kind(**delivery.event))
            db.session.delete(delivery)
    except Exception as error:
        log.exception("delivery %s failed", delivery_id)
        with transaction():
            delivery = db.session.get(Delivery, delivery_id)
            if delivery is not None:
                delivery.attempts += 1
                delivery.error = repr(error)[:2000]
                delivery.due_at = clock.now() + timedelta(minutes=2**delivery.attempts)
