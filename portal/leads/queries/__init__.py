"""Reads of leads, split by noun."""
