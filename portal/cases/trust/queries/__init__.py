"""Reads about trust, split by noun."""
