"""Reads of who is told what."""

from portal.reminders.queries.inbox import (
    Item,
    due_reminders,
    items_of,
    notifications_of,
    open_subjects,
)
from portal.reminders.queries.messages import failed_messages, has_failed_messages
from portal.reminders.queries.people import active_actors
from portal.reminders.queries.reach import (
    addresses_of,
    choices_of,
    gateways,
    own_addresses,
    times_of,
)

__all__ = [
    "Item", "active_actors", "addresses_of", "choices_of", "due_reminders", "failed_messages",
    "gateways", "has_failed_messages", "items_of", "notifications_of", "open_subjects",
    "own_addresses", "times_of",
]
