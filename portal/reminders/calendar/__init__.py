"""A person's dates in their own calendar: secret addresses that calendars read (C)."""
