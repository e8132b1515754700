"""Tables of what people are told, when, and by which way."""

from portal.reminders.models.channels import Address, Choice, Gateway, Hours
from portal.reminders.models.feeds import CalendarFeed
from portal.reminders.models.notices import Dispatch, Notification, Reminder

__all__ = [
    "Address", "CalendarFeed", "Choice", "Dispatch", "Gateway", "Hours", "Notification",
    "Reminder",
]
