"""The shared engine: PostgreSQL keeps the index and finds the candidates, NumPy scores them."""

from .engine import PostgresEngine

__all__ = ["PostgresEngine"]
