"""The present moment, and moments as people see them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from flask import current_app


def now() -> datetime:
    """The present, aware and in UTC; tests freeze it through `app.config["CLOCK"]`."""
    frozen = current_app.config.get("CLOCK")
    return frozen() if frozen else datetime.now(UTC)


def zone() -> ZoneInfo:
    """The zone in which the portal shows times."""
    return ZoneInfo(current_app.config["BABEL_DEFAULT_TIMEZONE"])


def today() -> date:
    """The calendar day in the portal's zone."""
    return now().astimezone(zone()).date()


def local_day(moment: datetime) -> date:
    """The calendar day on which a moment falls in the portal's zone."""
    return moment.astimezone(zone()).date()
