"""How often a customer of each class should hear from us."""

from portal.core.i18n import lazy_gettext as _l
from portal.customers.rules import CADENCE
from portal.options.kinds import Whole
from portal.options.queries import value
from portal.options.registry import Option

GROUP = _l("Customers")
_WORDS = {
    "A": _l("Contact customers of class A every"), "B": _l("Contact customers of class B every"),
    "C": _l("Contact customers of class C every"), "vip": _l("Review VIP customers every"),
    "sme": _l("Care for small companies every"),
}

OPTIONS = tuple(
    Option(f"customers.days_{name.lower()}", GROUP, _WORDS[name], days, Whole(1, 730),
           unit=_l("days"))
    for name, days in CADENCE.items()
)


def cadence() -> dict[str, int]:
    """The days between two contacts, by class and segment."""
    return {name: value(f"customers.days_{name.lower()}") for name in CADENCE}
