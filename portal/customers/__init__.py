"""Customers: whose they are, who works there, and everything that happened with them."""
