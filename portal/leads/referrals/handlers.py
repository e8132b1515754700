"""A customer cannot be introduced by one that came because of it."""

from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.customers.events import CustomerCorrected
from portal.customers.models import Customer
from portal.extensions import db
from portal.leads.referrals.queries import would_close_circle


def refuse_circle(event: CustomerCorrected) -> None:
    """Refuses the correction as a whole."""
    if "introduced_by_id" not in event.fields.split(","):
        return
    customer = db.session.get_one(Customer, event.customer_id)
    if customer.introduced_by_id is not None and would_close_circle(
            customer.id, customer.introduced_by_id):
        raise Refused(_l("This customer introduced the other one, directly or over others. One "
                         "cannot have introduced its own introducer."))
