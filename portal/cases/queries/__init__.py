"""Reads of the case library, split by noun."""
