"""Making and revoking the secret addresses of a person's calendar."""

import hashlib
import secrets
from datetime import datetime, timedelta

from portal.core import audit
from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import line
from portal.extensions import db
from portal.people.models import User
from portal.people.rules import Actor
from portal.reminders.calendar import queries
from portal.reminders.models import CalendarFeed

MOST = 5
LONGEST_LABEL = 80
NOTED_EVERY = timedelta(hours=1)


def make_address(actor: Actor, label: str, now: datetime) -> str:
    """A new address for one calendar; what is returned is kept nowhere. Raises `Refused` for the
    sixth, and without a label."""
    label = line(label)
    if not label or len(label) > LONGEST_LABEL:
        raise Refused(_l("Say in up to 80 characters where you will use it, such as “phone”."))
    # Two at once must not make six of five.
    db.session.get_one(User, actor.id, with_for_update=True)
    if len(queries.addresses_of(actor.id)) >= MOST:
        raise Refused(_l("You have five addresses. Revoke one that you no longer use."))
    token = secrets.token_urlsafe(32)
    feed = CalendarFeed(person_id=actor.id, label=label, token_digest=digest(token),
                        created_at=now)
    db.session.add(feed)
    # The audit entry names the new id.
    db.session.flush()
    audit.record(actor.id, "calendar.opened", f"calendar:{feed.id}", now, label=label)
    return token


def revoke(actor: Actor, feed: CalendarFeed, now: datetime) -> None:
    """From here on the address leads nowhere."""
    if feed.revoked_at is None:
        feed.revoked_at = now
        audit.record(actor.id, "calendar.revoked", f"calendar:{feed.id}", now, label=feed.label)


def note_use(feed_id: int, content: str, now: datetime) -> datetime:
    """Remember that a calendar asked, and since when it is given this; when that is."""
    feed = db.session.get_one(CalendarFeed, feed_id)
    if feed.content_digest != content or feed.content_changed_at is None:
        feed.content_digest, feed.content_changed_at = content, now.replace(microsecond=0)
    if feed.last_used_at is None or now - feed.last_used_at >= NOTED_EVERY:
        feed.last_used_at = now
    return feed.content_changed_at


def digest(token: str) -> str:
    """What is kept of a token: it is long and random, so a plain hash tells nothing of it."""
    return hashlib.sha256(token.encode()).hexdigest()
