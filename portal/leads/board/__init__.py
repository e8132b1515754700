"""Leads as a list and as a board, with views that are kept, bulk work and an Excel file."""
