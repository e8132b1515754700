"""Whom one met: ticked among the contacts, or named for the first time."""

from datetime import datetime

from portal.core.text import folded, line
from portal.customers.actions.contacts import add_contact
from portal.customers.content import ContactFacts
from portal.extensions import db
from portal.people.rules import Actor
from portal.visits.actions.checking import check_contacts
from portal.visits.content import Met
from portal.visits.models import Visit, VisitContact

LONGEST_NAME = 80


def note_met(actor: Actor, visit: Visit, met: Met, now: datetime) -> list[str]:
    """Keep whom one met, and add those who are new to the customer's file; all their names.
    Raises `Refused` for people of another customer."""
    check_contacts(visit.customer, met.contact_ids)
    ids = set(met.contact_ids)
    known = {folded(each.name): each for each in visit.customer.contacts if not each.voided_at}
    for name in filter(None, (line(each)[:LONGEST_NAME] for each in met.new_names)):
        found = known.get(folded(name))
        if found is None:
            found = add_contact(actor, visit.customer, ContactFacts(name=name), now)
            known[folded(name)] = found
        ids.add(found.id)
    before = {each.contact_id: each for each in visit.contacts}
    for number in sorted(ids):
        row = before.get(number)
        if row is None:
            row = VisitContact(contact_id=number)
            visit.contacts.append(row)
        row.met = True
    for number, row in before.items():
        if number not in ids:
            row.met = False
    db.session.flush()
    return [each.contact.name for each in visit.contacts if each.met]
