"""Closing a lead (L10, K4): won, lost or abandoned, and the retrospective that comes of it."""
