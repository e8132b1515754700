"""What a person has of the pool already, and may still take."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, time

from sqlalchemy import func, select

from portal.core import clock
from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.pool import rules
from portal.leads.pool.models import PoolStep
from portal.leads.pool.options import limits
from portal.leads.pool.rules import Barrier, Holding
from portal.leads.rules import OPEN


def holding(person_id: int, now: datetime) -> Holding:
    """What the person claimed today, and the open leads they have."""
    return Holding(claimed_on(person_id, clock.local_day(now)), held_by([person_id])[person_id])


def claimed_on(person_id: int, day: date) -> int:
    """Claims of a day of the portal's zone that were not taken back."""
    since = datetime.combine(day, time.min, tzinfo=clock.zone())
    query = select(func.count()).where(
        PoolStep.person_id == person_id, PoolStep.what == rules.CLAIMED, PoolStep.at >= since,
        PoolStep.undone_at.is_(None),
    )
    return db.session.scalar(query) or 0


def held_by(people: Collection[int]) -> Mapping[int, int]:
    """How many open leads each of these people has, in one statement."""
    query = (
        select(Lead.owner_id, func.count()).where(Lead.owner_id.in_(people), Lead.status == OPEN)
        .group_by(Lead.owner_id)
    )
    found = {row[0]: row[1] for row in db.session.execute(query)}
    return {person: found.get(person, 0) for person in people}


def former_until(lead: Lead, person_id: int) -> date | None:
    """The day from which a former owner may claim the lead again; None for everybody else."""
    if lead.former_owner_id != person_id:
        return None
    return rules.free_for_former(clock.local_day(lead.owned_since), limits().wait_days)


def barrier_for(lead: Lead, person_id: int, held: Holding, now: datetime) -> Barrier | None:
    """What keeps the person from claiming this lead now."""
    return rules.barrier(limits(), held, clock.local_day(now),
                         former_until=former_until(lead, person_id))
