"""Reads of who is told what."""

from portal.reminders.queries.people import active_actors

__all__ = ["active_actors"]
