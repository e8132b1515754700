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
    """Leads claimed on a day of the portal's zone. One that was taken back counts too: its whole
    file was open to whoever claimed it."""
    since = datetime.combine(day, time.min, tzinfo=clock.zone())
    query = select(func.count(PoolStep.lead_id.distinct())).where(
        PoolStep.person_id == person_id, PoolStep.what == rules.CLAIMED, PoolStep.at >= since,
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


def waits_until(lead: Lead, person_id: int, now: datetime) -> date | None:
    """Until when a lead of the pool cannot be this person's again; None when it can."""
    until = former_until(lead, person_id) if lead.owner_id is None else None
    return until if until is not None and clock.local_day(now) < until else None


def barrier_for(lead: Lead, person_id: int, held: Holding, now: datetime) -> Barrier | None:
    """What keeps the person from claiming this lead now."""
    return rules.barrier(limits(), held, clock.local_day(now),
                         former_until=former_until(lead, person_id))
