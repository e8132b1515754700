"""Visits and follow-ups: what is planned, what was said, what comes next."""
