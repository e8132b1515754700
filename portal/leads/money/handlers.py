"""What a change of hands means for money: who collects now is reminded."""

from sqlalchemy import exists, select

from portal.core import clock
from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.customers.events import CustomerGiven, PersonLeft
from portal.extensions import db
from portal.leads.events import (
    LeadCorrected,
    LeadGiven,
    LeadRestored,
    LeadReturned,
    LeadVoided,
)
from portal.leads.money.actions import remind_anew
from portal.leads.money.models import Receivable
from portal.leads.money.queries import UNPAID


def remind_the_owner(
    event: LeadGiven | LeadReturned | LeadVoided | LeadRestored
) -> None:
    """The former owner is no longer reminded of what is to be paid; nobody is of a void deal."""
    open_ones = db.session.scalars(
        select(Receivable).where(Receivable.lead_id == event.lead_id, UNPAID)).all()
    remind_anew(open_ones, clock.now())


def remind_who_collects(event: CustomerGiven | PersonLeft) -> None:
    """Whoever no longer works for a customer is reminded of none of its payments."""
    remind_anew(db.session.scalars(
        select(Receivable).where(Receivable.customer_id == event.customer_id, UNPAID)
    ).all(), clock.now())


def refuse_other_currency(event: LeadCorrected) -> None:
    """What is to be paid is in the currency of its deal: yuan do not become dollars."""
    if "currency" not in event.fields.split(","):
        return
    owed = exists().where(Receivable.lead_id == event.lead_id, Receivable.voided_at.is_(None))
    if db.session.scalar(select(owed)):
        raise Refused(_l("There is money to be paid for this deal in its present currency. Declare "
                         "that void first, then change the currency."))
