"""One row of an import taken back, or the reason why it is left as it is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select

from portal.core.i18n import lazy_gettext as _l
from portal.customers.actions.customers import (
    correct_contact,
    correct_customer,
    void_contact,
    void_customer,
)
from portal.customers.content import CustomerFacts, contact_facts_of, facts_of
from portal.customers.models import Contact, Customer, TimelineEntry
from portal.extensions import db
from portal.leads.actions.leads import void_lead
from portal.leads.models import Lead
from portal.leads.rules import VOID
from portal.leads.transfer import rules
from portal.leads.transfer.claiming import give_up_claim
from portal.leads.transfer.models import LeadImportRow
from portal.leads.transfer.pooling import give_up_customer, put_back
from portal.people.rules import Actor

WORKED_ON = _l("Somebody has worked on it since.")


@dataclass
class Undoing:
    """Undoes rows in the running transaction.

    What was touched is asked of the timeline, into which everything goes that a person does:
    entries of people behind what the import wrote. `until` is the newest entry when the work
    began: behind it stand the entries of this very work, too.
    """

    actor: Actor
    import_id: int
    until: int
    reason: str
    now: datetime
    _customers: set[int] = field(default_factory=set)
    _leads: set[int] = field(default_factory=set)

    def look_at(self, rows: Collection[LeadImportRow]) -> None:
        """Find what was touched of these rows, in two statements."""
        customers = {row.customer_id for row in rows if row.customer_id is not None}
        leads = {row.lead_id: row.timeline_to or 0 for row in rows if row.lead_id is not None}
        self._customers = self._touched_customers(customers) if customers else set()
        self._leads = self._touched_leads(leads) if leads else set()

    def undo(self, row: LeadImportRow) -> Any:
        """Why the row is kept; None when it is as if it had never been."""
        made = set(row.did.get("made", ()))
        if row.outcome == rules.CLAIMED:
            return give_up_claim(self.actor, row.claim_id, "claim" in made, self.now)
        if "customer" in made:
            return self._customer(row)
        if (reason := self._fetched(row, made)) is not None:
            return reason
        return self._filled(row, "contact" in made)

    def _customer(self, row: LeadImportRow) -> Any:
        """A customer that the import made, with its deal."""
        if row.customer_id in self._customers:
            return WORKED_ON
        customer = db.session.get(Customer, row.customer_id)
        if customer is None or customer.voided_at is not None:
            return _l("It is void already.")
        if self._has_others(row):
            return _l("It has another deal by now.")
        lead = db.session.get(Lead, row.lead_id) if row.lead_id else None
        if lead is not None and lead.status != VOID:
            void_lead(self.actor, lead, self.reason, self.now)
        void_customer(self.actor, customer, self.reason, self.now)
        return None

    def _fetched(self, row: LeadImportRow, made: Collection[str]) -> Any:
        """Its deal: one that the import added, or claimed from the pool."""
        if "lead" in made:
            reason = self._lead(row)
        elif row.outcome == rules.FETCHED and row.lead_id in self._leads:
            reason = WORKED_ON
        elif row.outcome == rules.FETCHED:
            return put_back(self.actor, row.lead_id, row.did, self.now)
        else:
            return None
        if reason is None and row.outcome == rules.FETCHED:
            give_up_customer(self.actor, row.customer_id, self.now)
        return reason

    def _has_others(self, row: LeadImportRow) -> bool:
        query = select(func.count()).where(
            Lead.customer_id == row.customer_id, Lead.id != (row.lead_id or 0),
            Lead.status != VOID)
        return bool(db.session.scalar(query))

    def _lead(self, row: LeadImportRow) -> Any:
        """A deal that the import added to a customer."""
        lead = db.session.get(Lead, row.lead_id)
        if lead is None or lead.status == VOID:
            return _l("It is void already.")
        if row.lead_id in self._leads:
            return WORKED_ON
        void_lead(self.actor, lead, self.reason, self.now)
        return None

    def _filled(self, row: LeadImportRow, made_contact: bool) -> Any:
        """What was blank is blank again, where it still says what the import wrote."""
        customer = db.session.get(Customer, row.customer_id)
        if customer is None or customer.voided_at is not None:
            return _l("It is void already.")
        contact = db.session.get(Contact, row.contact_id) if row.contact_id else None
        if self._differs(row, customer, contact, made_contact):
            return WORKED_ON
        if made_contact and contact is not None and contact.voided_at is None:
            void_contact(self.actor, contact, self.reason, self.now)
        elif contact is not None and (filled := row.did.get("contact")):
            before = contact_facts_of(contact)
            correct_contact(self.actor, contact,
                            type(before)(**{**before.values(), **emptied(filled)}), self.reason,
                            self.now, version=contact.version)
        if filled := row.did.get("customer"):
            facts = {**facts_of(customer).values(), **emptied(filled)}
            correct_customer(
                self.actor, customer,
                CustomerFacts(**{**facts, "aliases": tuple(facts["aliases"])}), self.reason,
                self.now, version=customer.version)
        return None

    def _differs(
        self, row: LeadImportRow, customer: Customer, contact: Contact | None, made: bool
    ) -> bool:
        known = facts_of(customer).values()
        if any(known[name] != value for name, value in row.did.get("customer", {}).items()):
            return True
        if contact is None:
            return False
        if made:
            return contact.version > 1 and contact.voided_at is None
        person = contact_facts_of(contact).values()
        return any(person[name] != value for name, value in row.did.get("contact", {}).items())

    def _touched_customers(self, ids: Collection[int]) -> set[int]:
        """Customers with entries behind the newest that this import wrote there."""
        newest = (
            select(LeadImportRow.customer_id, func.max(LeadImportRow.timeline_to).label("to"))
            .where(LeadImportRow.import_id == self.import_id,
                   LeadImportRow.customer_id.in_(ids))
            .group_by(LeadImportRow.customer_id).subquery()
        )
        query = (
            select(TimelineEntry.customer_id).distinct()
            .join(newest, newest.c.customer_id == TimelineEntry.customer_id)
            .where(TimelineEntry.customer_id.in_(ids), TimelineEntry.id > newest.c.to,
                   self._by_somebody())
        )
        return set(db.session.scalars(query))

    def _touched_leads(self, ids: Mapping[int, int]) -> set[int]:
        query = select(TimelineEntry.lead_id, func.max(TimelineEntry.id)).where(
            TimelineEntry.lead_id.in_(ids), self._by_somebody()).group_by(TimelineEntry.lead_id)
        return {lead_id for lead_id, newest in db.session.execute(query)
                if lead_id is not None and newest > ids[lead_id]}

    def _by_somebody(self) -> Any:
        """Not by the clock, and not by this work."""
        return and_(TimelineEntry.actor_id.is_not(None), or_(
            TimelineEntry.id <= self.until, TimelineEntry.actor_id != self.actor.id))


def emptied(filled: Mapping[str, Any]) -> dict[str, Any]:
    """Blanks in place of what was filled in."""
    return {name: [] if isinstance(value, list) else "" if isinstance(value, str)
            and name not in ("credit_code", "industry", "region") else None
            for name, value in filled.items()}
