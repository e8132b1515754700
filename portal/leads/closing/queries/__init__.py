"""Reads about leads that ended."""
