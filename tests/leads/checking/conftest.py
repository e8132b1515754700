"""Customers for the check."""

from tests.customers.conftest import customer

__all__ = ["customer"]
