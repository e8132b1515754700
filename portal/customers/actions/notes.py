"""Notes in the timeline: nothing there is changed, a correction is an entry of its own."""

from datetime import datetime

from sqlalchemy import exists, select

from portal.core import audit
from portal.core.errors import Conflict, Refused
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import block, line
from portal.customers.actions.activity import touch
from portal.customers.actions.holding import hold
from portal.customers.actions.timeline import note
from portal.customers.models import Customer, TimelineEntry
from portal.extensions import db
from portal.people.rules import Actor

NOTES = ("note.written", "note.corrected")


def write_note(actor: Actor, customer: Customer, text: str, now: datetime) -> TimelineEntry:
    """A few words about the customer. Raises `Refused` without any."""
    if not block(text):
        raise Refused(_l("Write something first."))
    entry = note(customer.id, "note.written", actor.id, now, text=text)
    touch(customer, now)
    db.session.flush()
    audit.record(actor.id, "note.written", customer.ref, now, entry=entry.id)
    return entry


def may_correct(actor: Actor, entry: TimelineEntry) -> bool:
    """Only who wrote a note knows what it should have said."""
    return entry.kind in NOTES and entry.actor_id == actor.id


def correct_note(
    actor: Actor, entry: TimelineEntry, text: str, reason: str, now: datetime
) -> TimelineEntry | None:
    """A new entry that says what the note should have said, and why. None when nothing differs.
    Raises `Refused` without a reason, `Conflict` when the note was corrected already."""
    if not may_correct(actor, entry):
        raise Refused(_l("Only who wrote a note can correct it."))
    if not block(text) or not line(reason):
        raise Refused(_l("Say what is right, and why."))
    if block(text) == entry.text:
        return None
    hold(entry.customer)
    if db.session.scalar(select(exists().where(TimelineEntry.corrects_id == entry.id))):
        raise Conflict(_l("This note has been corrected already. Correct the newer one."))
    newer = note(entry.customer_id, "note.corrected", actor.id, now, lead_id=entry.lead_id,
                 text=text, reason=reason, corrects_id=entry.id)
    db.session.flush()
    audit.record(actor.id, "note.corrected", entry.customer.ref, now, entry=newer.id,
                 corrects=entry.id)
    return newer
