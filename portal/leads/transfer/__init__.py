"""Leads from tables (L1): rehearsed row by row, brought in, and taken back."""
