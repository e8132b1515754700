"""The pool as a list, and why each lead is there."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from portal.customers.models import CustomerPerson, TimelineEntry
from portal.customers.queries.reading import allocates
from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.pool import rules
from portal.leads.pool.models import PoolStep
from portal.leads.queries.reading import IN_POOL
from portal.people.rules import Actor

NEWEST, SCORE, LONGEST = "newest", "score", "longest"
ORDERS = (NEWEST, SCORE, LONGEST)
LISTS = ("region", "industry", "channel", "product")


@dataclass(frozen=True)
class PoolFilters:
    """What the pool is narrowed by; empty fields ask for nothing."""

    region: str = ""
    industry: str = ""
    channel: str = ""
    product: str = ""
    order: str = NEWEST

    @classmethod
    def from_args(cls, args: Mapping[str, str]) -> "PoolFilters":
        """From an address; what it says wrongly counts as not said."""
        order = args.get("order", NEWEST)
        return cls(**{name: args.get(name, "")[:64].strip() for name in LISTS},
                   order=order if order in ORDERS else NEWEST)

    def as_args(self) -> dict[str, str]:
        """The address of the same list."""
        return {name: value for name, value in asdict(self).items()
                if value and (name, value) != ("order", NEWEST)}


def pool_leads(filters: PoolFilters) -> Select[Lead]:
    """Open leads without an owner, with what a card shows."""
    query = select(Lead).where(IN_POOL).options(joinedload(Lead.customer))
    for name in LISTS:
        if code := getattr(filters, name):
            query = query.where(getattr(Lead, name) == code)
    if filters.order == SCORE:
        return query.order_by(Lead.score.desc(), Lead.id.desc())
    if filters.order == LONGEST:
        return query.order_by(Lead.owned_since, Lead.id)
    return query.order_by(Lead.owned_since.desc(), Lead.id.desc())


def pool_size() -> int:
    return db.session.scalar(select(func.count()).select_from(Lead).where(IN_POOL)) or 0


def readable(actor: Actor, leads: Collection[Lead]) -> frozenset[int]:
    """Those of these leads of the pool whose page this person may open, in one statement: whoever
    allocates opens all, others those of customers they work for."""
    if allocates(actor):
        return frozenset(lead.id for lead in leads)
    theirs = select(CustomerPerson.customer_id).where(
        CustomerPerson.customer_id.in_({lead.customer_id for lead in leads}),
        CustomerPerson.person_id == actor.id)
    customers = set(db.session.scalars(theirs)) if leads else set()
    return frozenset(lead.id for lead in leads if lead.customer_id in customers)


def came_from_pool(lead: Lead) -> bool:
    """Whether whoever has the lead was given it out of the pool."""
    query = select(TimelineEntry).where(TimelineEntry.lead_id == lead.id,
                                        TimelineEntry.kind == "lead.given")
    given = db.session.scalar(query.order_by(TimelineEntry.id.desc()).limit(1))
    return given is not None and given.detail.get("names", ["?"])[0] == ""


def last_returns(lead_ids: Collection[int]) -> Mapping[int, PoolStep]:
    """How each of these leads came back the last time, in one statement; new ones are missing."""
    query = (
        select(PoolStep).options(joinedload(PoolStep.person))
        .where(PoolStep.lead_id.in_(lead_ids), PoolStep.undone_at.is_(None),
               PoolStep.what.in_((rules.RETURNED, rules.IDLE)))
        .order_by(PoolStep.id)
    )
    return {step.lead_id: step for step in db.session.scalars(query)} if lead_ids else {}


def last_step(lead_id: int, what: Sequence[str]) -> PoolStep | None:
    """The newest of these steps of a lead that was not taken back."""
    query = select(PoolStep).where(PoolStep.lead_id == lead_id, PoolStep.what.in_(what),
                                   PoolStep.undone_at.is_(None))
    return db.session.scalar(query.order_by(PoolStep.id.desc()).limit(1))


def late_counts(people: Collection[int], since: datetime) -> Mapping[int, int]:
    """How often each of these people was late with a first contact since then."""
    query = (
        select(PoolStep.person_id, func.count())
        .where(PoolStep.what == rules.LATE, PoolStep.at >= since, PoolStep.person_id.in_(people))
        .group_by(PoolStep.person_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query) if row[0]} if people else {}
