"""Chooses the engine by configuration."""

from portal.config import Settings
from portal.search.engine import Engine
from portal.search.postgres_engine import PostgresEngine
from portal.search.whoosh_engine import WhooshEngine


def make_engine(settings: Settings) -> Engine:
    """The search engine of these settings; opens nothing yet."""
    if settings.search == "postgresql":
        return PostgresEngine(settings.database)
    return WhooshEngine(settings.index)
