"""Reads of customers; every list starts from `visible_to`."""
