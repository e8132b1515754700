"""Duplicate claims that an import opened, given up again."""

from datetime import datetime
from typing import Any

from portal.core.i18n import lazy_gettext as _l
from portal.extensions import db
from portal.leads.claims.actions.sending import withdraw_claim
from portal.leads.claims.models import Claim
from portal.people.rules import Actor


def give_up_claim(actor: Actor, claim_id: int | None, made: bool, now: datetime) -> Any:
    """Withdraw a claim that nobody has sent; why it is kept otherwise."""
    claim = db.session.get(Claim, claim_id) if claim_id else None
    if claim is None or not made:
        return _l("It was added to a duplicate claim that you had already.")
    if not claim.is_typed:
        return _l("The duplicate claim was sent or decided since.")
    withdraw_claim(actor, claim, now)
    return None
