"""What deals mean for the care of their customer."""

from datetime import timedelta

from sqlalchemy import or_

from portal.core import clock
from portal.extensions import db
from portal.leads.care import rules
from portal.leads.care.actions import open_or_wake, over_by_itself
from portal.leads.care.models import CareTask
from portal.leads.events import (
    LeadClosed,
    LeadRecorded,
    LeadReopened,
    LeadRestored,
    LeadVoided,
)
from portal.leads.models import Lead
from portal.leads.rules import LOST, WON
from portal.options.queries import value


def look_at_closed(event: LeadClosed) -> None:
    """A new customer is trained; a lost one is asked again when some time has passed."""
    lead = db.session.get_one(Lead, event.lead_id)
    now = clock.now()
    if event.status == WON:
        first = lead.customer.customer_since or clock.local_day(now)
        open_or_wake({
            "customer_id": lead.customer_id, "kind": rules.TRAINING,
            "key": f"training:{lead.customer_id}",
            "due_on": first + timedelta(days=value("care.training_days")),
            "detail": {"lead": lead.id},
        }, now)
    elif event.status == LOST:
        open_or_wake({
            "customer_id": lead.customer_id, "kind": rules.WIN_BACK, "key": f"lost:{lead.id}",
            "due_on": clock.local_day(now) + timedelta(days=value("care.win_back_days")),
            "detail": {"lead": lead.id},
        }, now)


def look_at_reopened(event: LeadReopened | LeadVoided) -> None:
    """It did not end: nobody is won back because of it, and nobody trained, unless another deal
    makes them a customer."""
    customer = db.session.get_one(Lead, event.lead_id).customer
    kinds = [rules.WIN_BACK] if customer.customer_since else [rules.WIN_BACK, rules.TRAINING]
    over_by_itself([CareTask.customer_id == customer.id, CareTask.kind.in_(kinds), or_(
        CareTask.kind == rules.TRAINING, CareTask.detail["lead"].as_integer() == event.lead_id,
    )], clock.now())


def look_at_restored(event: LeadRestored) -> None:
    """It ended as it had."""
    lead = db.session.get_one(Lead, event.lead_id)
    look_at_closed(LeadClosed(lead.id, event.actor_id, lead.status))


def look_at_new_deal(event: LeadRecorded) -> None:
    """They talk to us again."""
    lead = db.session.get_one(Lead, event.lead_id)
    over_by_itself([CareTask.customer_id == lead.customer_id, CareTask.kind == rules.WIN_BACK],
                   clock.now())
