"""Playbooks (K6): placeholders filled into a printable page."""
