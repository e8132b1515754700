"""The list of customers as a table to keep."""

from collections.abc import Iterable, Iterator

from portal.core.i18n import gettext as _
from portal.customers.models import Customer
from portal.customers.words import CUSTOMER_FIELDS, customer_value

# A request makes the file at once; longer lists are narrowed first.
MOST_ROWS = 10_000
FIELDS = ("name", "aliases", "credit_code", "tier", "segment", "industry", "region", "phone",
          "employees", "website", "address")


def header() -> list[str]:
    """The words over the columns."""
    return [*(str(CUSTOMER_FIELDS[name]) for name in FIELDS), _("Owner"), _("Since"),
            _("Last activity"), _("Next contact")]


def rows(customers: Iterable[Customer]) -> Iterator[list[object]]:
    """One row for each; codes in words, phones as typed."""
    for each in customers:
        facts = (_cell(each, name) for name in FIELDS)
        yield [*facts, each.owner.name if each.owner else _("In the pool"), each.owned_since,
               each.last_activity_at, each.next_contact_on]


def _cell(customer: Customer, name: str) -> object:
    value = getattr(customer, name)
    return value if name == "employees" else customer_value(name, value)
