"""The embedded engine: Whoosh writes and stores the index, NumPy scores its postings."""

from .engine import WhooshEngine

__all__ = ["WhooshEngine"]
