"""Reads of what deals and the library gave each other."""
