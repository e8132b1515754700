"""Playbooks with words to fill in, for one customer at a time (K6)."""
