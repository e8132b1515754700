"""Keeping scores true."""

from datetime import datetime

from portal.leads.models import Lead


def rescore(lead: Lead, now: datetime) -> None:
    """Bring the score of one lead up to date."""
