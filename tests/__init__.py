"""Tests mirror `portal/`; what they share stands in this folder."""
