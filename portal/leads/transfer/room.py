"""How many of the rows of a table one person may have: told before anything is written (L3)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from portal.core import clock
from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.pool import rules as pool
from portal.leads.pool.options import limits
from portal.leads.pool.queries.limits import barrier_for, claimed_on
from portal.leads.pool.rules import Barrier, Holding
from portal.leads.queries.reading import IN_POOL
from portal.leads.transfer import rules
from portal.leads.transfer.models import LeadImportRow
from portal.leads.transfer.owners import Owners
from portal.leads.transfer.pooling import why_not


@dataclass
class Room:
    """Counts along while a table is rehearsed: first what is new, then what can be claimed."""

    owners: Owners
    now: datetime
    _claims: dict[int, int] = field(default_factory=dict)
    _customers: set[int] = field(default_factory=set)

    def of_new(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Where a new row goes when its owner has no room for it, as what the row remembers."""
        if row["verdict"] != rules.NEW:
            return {}
        owner_id, told = self.owners.owner_of(row["values"])
        self.owners.has_one_more(owner_id)
        return {} if told is None else {"told": str(told)}

    def of_pool(self, rows: Sequence[LeadImportRow]) -> Mapping[int, dict[str, Any]]:
        """Of each row of customers in the pool whether it can be claimed, by its id."""
        newest = _newest_in_pool({row.match_id for row in rows if row.match_id is not None})
        return {row.id: self._of_row(row, newest.get(row.match_id or 0)) for row in rows}

    def _of_row(self, row: LeadImportRow, lead: Lead | None) -> dict[str, Any]:
        try:
            person = self.owners.claimer_of(row.values)
        except Refused as refused:
            return {"told": str(refused.message)}
        if row.match_id in self._customers:
            return {"can": True}
        barrier = self._barrier(lead, person)
        if barrier is not None:
            return {"told": str(why_not(barrier, self.owners.names[person]))}
        self._customers.add(row.match_id or 0)
        self._claims[person] += 1
        self.owners.has_one_more(person)
        return {"can": True, "told": str(_l("Can be claimed for %(name)s.",
                                            name=self.owners.names[person]))}

    def _barrier(self, lead: Lead | None, person: int) -> Barrier | None:
        today = clock.local_day(self.now)
        if person not in self._claims:
            self._claims[person] = claimed_on(person, today)
        held = Holding(self._claims[person], self.owners.held(person))
        if lead is None:
            return pool.barrier(limits(), held, today)
        return barrier_for(lead, person, held, self.now)


def _newest_in_pool(customers: Collection[int]) -> Mapping[int, Lead]:
    """The lead that a claim would take, of each of these customers."""
    query = select(Lead).where(Lead.customer_id.in_(customers), IN_POOL)
    return {lead.customer_id: lead
            for lead in db.session.scalars(query.order_by(Lead.owned_since, Lead.id))}
