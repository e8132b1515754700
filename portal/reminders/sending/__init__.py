"""How messages leave the portal: claimed by one process, worded, handed to a gateway."""

from portal.reminders.sending.gateway import NotDelivered, deliver, problem_of, service_of
from portal.reminders.sending.job import remind_those_due, send_messages, tidy

__all__ = [
    "NotDelivered", "deliver", "problem_of", "remind_those_due", "send_messages", "service_of",
    "tidy",
]
