"""One row brought in, by the same actions as everything that is typed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import func, select

from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.customers.actions.customers import (
    add_contact,
    correct_contact,
    correct_customer,
    record_customer,
)
from portal.customers.content import CustomerFacts, contact_facts_of, facts_of
from portal.customers.identity.keys import matches
from portal.customers.models import Contact, Customer, TimelineEntry
from portal.extensions import db
from portal.leads.actions.leads import record_lead
from portal.leads.claims.actions import open_claim
from portal.leads.claims.content import typed_values
from portal.leads.models import Lead
from portal.leads.stages.actions import note_taken_over
from portal.leads.transfer import rules
from portal.leads.transfer.facts import contact_facts, customer_facts, decided, lead_facts
from portal.leads.transfer.identities import identity_of
from portal.leads.transfer.models import LeadImportRow
from portal.leads.transfer.owners import Owners
from portal.leads.transfer.pooling import Fetching
from portal.people.rules import Actor


@dataclass
class Writer:
    """Brings in rows of one import, in the running transaction."""

    actor: Actor
    import_id: int
    choices: Mapping[str, Any]
    language: str
    owners: Owners
    now: datetime = field(default_factory=clock.now)

    def write(self, row: LeadImportRow) -> dict[str, Any]:
        """What became of the row, as columns of it. Raises `Refused`; nothing is written then."""
        if missing := rules.undecided(row.unknown, self.choices.get("words", {})):
            raise Refused(_l("“%(word)s” is in no list.", word=missing[0]))
        values = decided(row.values, [(name, word) for name, word in row.unknown],
                         self.choices.get("words", {}))
        act = rules.act_for(row.verdict, row.act, self.choices.get("groups", {}))
        how: Mapping[str, Callable[..., dict[str, Any]]] = {
            rules.TAKE: self._take, rules.FILL: self._fill, rules.DEAL: self._deal,
            rules.CLAIM: self._claim, rules.FETCH: self._fetch,
        }
        if act not in how:
            return {"outcome": rules.FAILED if row.verdict == rules.ERROR else rules.LEFT}
        done = how[act](row, values)
        if done.get("customer_id"):
            done["timeline_to"] = newest_entry(done["customer_id"])
        return done

    def _take(self, row: LeadImportRow, values: Mapping[str, Any]) -> dict[str, Any]:
        """A new customer with its contact and its first deal."""
        owner_id, told = self.owners.owner_of(values)
        person = contact_facts(values)
        customer = record_customer(self.actor, customer_facts(values), self.now,
                                   owner_id=owner_id, contacts=[person] if person else [])
        contact_id = _newest_contact(customer.id) if person else None
        lead = self._lead(customer, values, owner_id, contact_id)
        if begun := _begun(values):
            customer.created_at = begun
        made = ["customer", "lead", *(["contact"] if person else [])]
        return {"outcome": rules.MADE, "customer_id": customer.id, "contact_id": contact_id,
                "lead_id": lead.id, "did": {"made": made},
                "notes": [*row.notes, *([str(told)] if told else [])]}

    def _lead(
        self, customer: Customer, values: Mapping[str, Any], owner_id: int | None,
        contact_id: int | None,
    ) -> Lead:
        facts = lead_facts(values, self.choices.get("defaults", {}), self.language, contact_id)
        lead = record_lead(self.actor, customer, facts, self.now, owner_id=owner_id,
                           import_id=self.import_id, stage=values.get("stage"))
        note_taken_over(self.actor, lead, _("Imported"), self.now)
        if begun := _begun(values):
            lead.created_at = begun
        self.owners.has_one_more(owner_id)
        return lead

    def _fill(self, row: LeadImportRow, values: Mapping[str, Any]) -> dict[str, Any]:
        """What was not known of one's own customer, and its people; nothing is overwritten."""
        return self._blanks(self._customer(row), values, {"made": []})

    def _blanks(
        self, customer: Customer, values: Mapping[str, Any], did: dict[str, Any]
    ) -> dict[str, Any]:
        if filled := self._filled(customer, values):
            did["customer"] = filled
        contact_id = self._contact(customer, values, did)
        changed = bool(did["made"] or filled or did.get("contact"))
        return {"outcome": rules.FILLED if changed else rules.UNCHANGED,
                "customer_id": customer.id, "contact_id": contact_id, "did": did}

    def _filled(self, customer: Customer, values: Mapping[str, Any]) -> dict[str, Any]:
        known = facts_of(customer).values()
        given = customer_facts(values).values()
        filled = {name: value for name, value in rules.blanks(known, given).items()
                  if name not in ("tier", "segment")}
        if filled:
            facts = {**known, **filled}
            correct_customer(
                self.actor, customer,
                CustomerFacts(**{**facts, "aliases": tuple(facts["aliases"])}), "", self.now,
                version=customer.version)
        return filled

    def _contact(
        self, customer: Customer, values: Mapping[str, Any], did: dict[str, Any]
    ) -> int | None:
        person = contact_facts(values)
        if person is None:
            return None
        known = db.session.scalars(select(Contact).where(
            Contact.customer_id == customer.id, Contact.voided_at.is_(None),
            Contact.name == person.name).limit(1)).first()
        if known is None:
            did["made"].append("contact")
            return add_contact(self.actor, customer, person, self.now).id
        before = contact_facts_of(known)
        if filled := rules.blanks(before.values(), person.values()):
            did["contact"] = filled
            correct_contact(self.actor, known, type(before)(**{**before.values(), **filled}), "",
                            self.now, version=known.version)
        return known.id

    def _deal(self, row: LeadImportRow, values: Mapping[str, Any]) -> dict[str, Any]:
        """The same, and a new deal with that customer."""
        done = self._fill(row, values)
        customer = db.session.get_one(Customer, done["customer_id"])
        if row.verdict == rules.SAME:
            owner_id, told = self.owners.owner_of(values)
        else:
            owner_id, told = self.owners.owner_of({"owner": self.actor.id, **values})
        lead = self._lead(customer, values, owner_id, done["contact_id"])
        done["did"]["made"].append("lead")
        notes = [*row.notes, *([str(told)] if told else [])]
        return {**done, "outcome": rules.MADE, "lead_id": lead.id, "notes": notes}

    def _customer(self, row: LeadImportRow) -> Customer:
        """The customer that the row belongs to, as long as it may be written to."""
        if row.verdict == rules.SAME:
            customer_id = db.session.scalar(select(LeadImportRow.customer_id).where(
                LeadImportRow.import_id == self.import_id, LeadImportRow.line == row.same_as))
            if customer_id is None:
                raise Refused(_l("Line %(line)d, to which it belongs, was not imported.",
                                 line=row.same_as))
            return db.session.get_one(Customer, customer_id)
        customer = db.session.get(Customer, row.match_id)
        if customer is None or not access.allows(self.actor, "customer:edit", customer):
            raise Refused(_l("Since the rehearsal this customer is no longer yours."))
        return customer

    def _fetch(self, row: LeadImportRow, values: Mapping[str, Any]) -> dict[str, Any]:
        """The customer's lead out of the pool; then what is not known is filled in."""
        customer = db.session.get(Customer, row.match_id)
        if customer is None or customer.voided_at is not None:
            raise Refused(_l("Since the rehearsal this customer was declared void."))
        fetching = Fetching(self.actor, self.owners.claimer_of(values), self.import_id, self.now)
        if customer.owner_id == fetching.person_id:
            # A row above has claimed it.
            return self._blanks(customer, values, {"made": []})
        did = fetching.claim(customer) or self._first_deal(customer, values, fetching)
        self.owners.has_one_more(fetching.person_id)
        done = self._blanks(customer, values, did)
        return {**done, "outcome": rules.FETCHED, "lead_id": did["lead"]}

    def _first_deal(
        self, customer: Customer, values: Mapping[str, Any], fetching: Fetching
    ) -> dict[str, Any]:
        """Nothing of this customer waits in the pool: what the row says is its deal."""
        fetching.refuse_beyond()
        lead = self._lead(customer, values, fetching.person_id, None)
        return {"made": ["lead"], **fetching.counted(lead)}

    def _claim(self, row: LeadImportRow, values: Mapping[str, Any]) -> dict[str, Any]:
        """A duplicate of somebody else's, kept as a claim with everything the row says."""
        person = contact_facts(values)
        typed = typed_values(
            customer_facts(values), [person] if person else [],
            lead_facts(values, self.choices.get("defaults", {}), self.language))
        claim = open_claim(self.actor, typed, matches(identity_of(values)), self.now)
        # One person has one open claim on a customer: it may have been there before.
        made = ["claim"] if claim.created_at == self.now else []
        return {"outcome": rules.CLAIMED, "claim_id": claim.id, "did": {"made": made}}


def newest_entry(customer_id: int) -> int:
    """The newest entry of a customer's timeline."""
    db.session.flush()
    query = select(func.max(TimelineEntry.id)).where(TimelineEntry.customer_id == customer_id)
    return db.session.scalar(query) or 0


def _newest_contact(customer_id: int) -> int | None:
    return db.session.scalar(select(func.max(Contact.id)).where(
        Contact.customer_id == customer_id))


def _begun(values: Mapping[str, Any]) -> datetime | None:
    """When the table says that it was recorded: that day began."""
    if not values.get("created"):
        return None
    return datetime.combine(date.fromisoformat(values["created"]), time.min, tzinfo=clock.zone())
