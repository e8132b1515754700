"""What other rooms call: tell people, remind them, and say that the work is done."""

from portal.reminders.actions.notifying import notify
from portal.reminders.actions.reminding import remind
from portal.reminders.actions.settling import settle

__all__ = ["notify", "remind", "settle"]
