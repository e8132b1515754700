"""Merging cases (K7), and taking it back."""
