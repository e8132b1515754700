"""Reads of duplicate claims."""
