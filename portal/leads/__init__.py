"""Leads: one deal with a customer, from the first word to the money."""
