"""The pages of customers, split by noun."""

from flask import Blueprint

blueprint = Blueprint("customers", __name__)

from portal.customers.routes import (  # noqa: E402, F401
    contacts,
    handing,
    listing,
    notes,
    page,
    people,
    voiding,
    write,
)
