"""Reads of visits and follow-ups."""
