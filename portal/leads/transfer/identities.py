"""By what the company of a row is known."""

from collections.abc import Mapping
from typing import Any

from portal.customers.identity.content import Identity


def identity_of(values: Mapping[str, Any]) -> Identity:
    """The name, other names, numbers and code that a row gives."""
    return Identity(
        name=values.get("company", ""), aliases=tuple(values.get("alias", ())),
        phones=tuple(filter(None, (values.get("company_phone"), values.get("phone")))),
        credit_code=values.get("credit_code"),
    )
