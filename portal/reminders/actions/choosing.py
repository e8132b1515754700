"""What a person wants of the channels: which, when, and where they are reached."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from portal.core import clock
from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.extensions import db
from portal.reminders import queries
from portal.reminders.kinds import CATEGORIES
from portal.reminders.models import Address, Choice, Dispatch, Hours
from portal.reminders.rules import (
    FIRST,
    MEDIA,
    SECOND,
    Times,
    Wishes,
    next_digest,
    tidy_address,
)
from portal.reminders.sending.gateway import takes
from portal.workdays.queries import calendar


def choose_channels(person_id: int, wishes: Mapping[str, Wishes | None]) -> None:
    """Keep the choices by category; None takes one back to what is usual. Raises `Refused`."""
    rows = select(Choice).where(Choice.person_id == person_id)
    kept = {row.category: row for row in db.session.scalars(rows)}
    for category, wish in wishes.items():
        row = kept.get(category)
        if wish is None:
            if row is not None:
                db.session.delete(row)
            continue
        _check(category, wish)
        if row is None:
            row = Choice(person_id=person_id, category=category)
            db.session.add(row)
        row.first, row.second = wish.first, wish.second


def _check(category: str, wish: Wishes) -> None:
    if category not in CATEGORIES or wish.first not in FIRST or wish.second not in SECOND:
        raise Refused(_l("Choose from the list."))
    if wish.second != "none" and wish.first not in MEDIA:
        raise Refused(_l("A second channel needs a first one that tells you at once."))
    if wish.second == wish.first and wish.second != "none":
        raise Refused(_l("Choose two different channels."))


def choose_times(person_id: int, times: Times, now: datetime) -> None:
    """Keep quiet hours and the time of the digest; one that waits moves. Raises `Refused`."""
    if (times.quiet_from is None) != (times.quiet_until is None):
        raise Refused(_l("Give both times of the quiet hours, or neither."))
    hours = db.session.get(Hours, person_id) or Hours(person_id=person_id)
    hours.quiet_from, hours.quiet_until = times.quiet_from, times.quiet_until
    hours.digest_at, hours.digest_day = times.digest_at, times.digest_day
    db.session.add(hours)
    waiting = select(Dispatch).where(
        Dispatch.person_id == person_id, Dispatch.digest, Dispatch.ended_at.is_(None),
        Dispatch.claim.is_(None),
    )
    for digest in db.session.scalars(waiting):
        digest.due_at = next_digest(now, times, clock.zone(), calendar().is_working)
        # Its former time is free again for a digest of its own.
        digest.key = f"digest:{person_id}:moved:{digest.id}"


def set_address(person_id: int, medium: str, written: str) -> None:
    """Where a gateway reaches the person; nothing written takes it away. Raises `Refused`."""
    mine = select(Address).where(Address.person_id == person_id, Address.medium == medium)
    row = db.session.scalar(mine)
    if not written.strip():
        if row is not None:
            db.session.delete(row)
        return
    address = tidy_address(medium, written)
    if address is None:
        raise Refused(_l("Write a phone number such as +86 138 0013 8000.") if medium == "sms"
                      else _l("This cannot be an address."))
    if row is not None and row.address == address:
        return
    gateway = queries.gateways().get(medium)
    if gateway is None:
        raise Refused(_l("The administrator has not set up this channel yet."))
    if not takes(gateway.url, address):
        raise Refused(_l("%(service)s does not know such an address. Please look again, or ask "
                         "the administrator what to write.", service=gateway.label))
    if row is None:
        db.session.add(Address(person_id=person_id, medium=medium, address=address))
    else:
        row.address = address
