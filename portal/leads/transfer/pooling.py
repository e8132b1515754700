"""A customer of the pool claimed by an import, within what the pool allows (L3)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from portal.core import clock
from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.core.templating import day
from portal.customers.actions import ownership
from portal.customers.models import Customer
from portal.extensions import db
from portal.leads import rules as lead_rules
from portal.leads.actions.giving import give_lead
from portal.leads.actions.holding import hold
from portal.leads.models import Lead
from portal.leads.pool import rules
from portal.leads.pool.actions.steps import hold_people, memory, note, recall, refuse_taken
from portal.leads.pool.models import PoolStep
from portal.leads.pool.options import limits
from portal.leads.pool.queries.limits import barrier_for, holding
from portal.leads.pool.rules import Barrier
from portal.leads.queries.reading import IN_POOL
from portal.people.models import User
from portal.people.rules import Actor


@dataclass
class Fetching:
    """Claims for a person, who may be somebody that the importer leads."""

    actor: Actor
    person_id: int
    import_id: int
    now: datetime

    def claim(self, customer: Customer) -> dict[str, Any] | None:
        """The newest lead of the customer in the pool is the person's from now on; what to
        remember of it. None when there is none. Raises `Refused`."""
        hold_people([self.person_id])
        newest = select(Lead).where(Lead.customer_id == customer.id, IN_POOL)
        lead = db.session.scalars(newest.order_by(
            Lead.owned_since.desc(), Lead.id.desc()).limit(1)).first()
        if lead is None:
            if customer.owner_id is not None:
                raise Refused(_l("Since the rehearsal somebody has claimed this customer."))
            return None
        hold(lead)
        refuse_taken(lead)
        self._refuse(barrier_for(lead, self.person_id, holding(self.person_id, self.now),
                                 self.now))
        did = {"made": [], "import_id": lead.import_id, **self.counted(lead)}
        give_lead(self.actor.id, lead, self.person_id, self.now, why=lead_rules.CLAIMED)
        # It stands in the list of what this import brought.
        lead.import_id = self.import_id
        return did

    def refuse_beyond(self) -> None:
        """Raises `Refused` when one more would be too many, whatever its past."""
        self._refuse(rules.barrier(limits(), holding(self.person_id, self.now),
                                   clock.local_day(self.now)))

    def counted(self, lead: Lead) -> dict[str, Any]:
        """It counts as one of the claims of the day."""
        step = note(lead, rules.CLAIMED, self.now, person_id=self.person_id,
                    actor_id=self.actor.id, before=memory(lead))
        return {"step": step.id, "lead": lead.id}

    def _refuse(self, barrier: Barrier | None) -> None:
        if barrier is not None:
            raise Refused(why_not(barrier, db.session.get_one(User, self.person_id).name))


def why_not(barrier: Barrier, name: str) -> Any:
    """What stands in the way of a claim for this person."""
    bounds = limits()
    if barrier.why == rules.FORMER and barrier.free_on is not None:
        return _l("It was %(name)s's before, who may have it again from %(day)s.", name=name,
                  day=day(barrier.free_on))
    if barrier.why == rules.CAP:
        return _l("%(name)s has %(cap)d open leads, which is the most.", name=name,
                  cap=bounds.cap)
    return _l("%(name)s has claimed %(daily)d leads today, which is the most.", name=name,
              daily=bounds.daily)


def put_back(actor: Actor, lead_id: int | None, did: dict[str, Any], now: datetime) -> Any:
    """Back in the pool, as it was before the import claimed it; why not otherwise."""
    lead = db.session.get(Lead, lead_id) if lead_id else None
    step = db.session.get(PoolStep, did["step"])
    if step is not None and step.person_id is not None:
        hold_people([step.person_id])
    if lead is None or step is None or not lead.is_open or lead.owner_id != step.person_id:
        return _l("It was closed or given to somebody else since.")
    give_lead(actor.id, lead, None, now, why=lead_rules.UNDONE)
    recall(lead, step.before)
    lead.import_id, step.undone_at = did.get("import_id"), now
    return None


def give_up_customer(actor: Actor, customer_id: int | None, now: datetime) -> None:
    """A customer that had nothing in the pool has no owner again."""
    customer = db.session.get(Customer, customer_id) if customer_id else None
    if customer is not None:
        ownership.give(customer, None, actor.id, now)
