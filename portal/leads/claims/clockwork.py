"""The clock of duplicate claims: whoever is to decide and does not is reminded."""

from datetime import datetime

from portal.core import clock, jobs
from portal.core.unit_of_work import reading_only, transaction
from portal.extensions import db
from portal.leads.claims.models import Claim
from portal.leads.claims.queries import lists
from portal.leads.claims.queries.reading import decider_of
from portal.people.queries import team_tree
from portal.reminders.actions import notify
from portal.workdays.queries import calendar


@jobs.job("claims", every_minutes=30)
def remind_deciders() -> None:
    """Once each working day, from the moment on at which the decision was due."""
    now = clock.now()
    with reading_only():
        if not calendar().is_open(now):
            return
        waiting = lists.due(now)
    for claim_id in waiting:
        with transaction():
            _remind(claim_id, now)


def _remind(claim_id: int, now: datetime) -> None:
    claim = db.session.get(Claim, claim_id)
    if claim is None:
        return
    db.session.refresh(claim, with_for_update={"of": Claim, "key_share": True})
    today = clock.local_day(now)
    if not claim.is_sent or claim.reminded_on == today:
        return
    # Whoever was to decide may have left, or lead others by now.
    claim.decider_id = decider_of(claim, team_tree())
    claim.reminded_on = today
    if claim.decider_id is not None:
        notify({claim.decider_id}, "claim.waiting", claim.ref, now,
               key=f"{claim.ref}:waiting:{today}")
