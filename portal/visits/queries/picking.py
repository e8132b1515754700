"""Choosing a customer with few taps: those one saw last, and by name or how it sounds."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.core.text import folded
from portal.customers.models import Contact, Customer, CustomerPerson
from portal.customers.queries import reading
from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.rules import OPEN
from portal.people.queries.colleagues import sounds_like
from portal.people.rules import Actor
from portal.search.engine import SearchUnavailable
from portal.search.indexer import suspect
from portal.search.sources import scopes
from portal.search.vocabulary.current import engine
from portal.visits.models import Visit

MOST = 8
# So many of a person's customers are looked through by name; who has more is helped by search.
LOOKED_THROUGH = 3000
SCOPE = "customers"


def recent_customers(actor: Actor, most: int = MOST) -> list[Customer]:
    """Those one saw or planned last, then those of one's own with which something happened."""
    seen = (
        select(Visit.customer_id).where(Visit.owner_id == actor.id)
        .order_by(Visit.day.desc(), Visit.id.desc()).limit(40)
    )
    ids = list(dict.fromkeys(db.session.scalars(seen)))
    if len(ids) < most:
        own = (
            select(Customer.id)
            .where(Customer.owner_id == actor.id, Customer.voided_at.is_(None))
            .order_by(Customer.last_activity_at.desc()).limit(most)
        )
        ids = list(dict.fromkeys([*ids, *db.session.scalars(own)]))
    return _readable(actor, ids)[:most]


def customers_named(actor: Actor, text: str, most: int = MOST) -> list[Customer]:
    """Those one may read whose name holds the text or sounds like it, one's own first."""
    if not folded(text):
        return []
    ids = _own_named(actor, text)
    if len(ids) < most:
        ids += _searched(actor, text, most * 2)
    return _readable(actor, list(dict.fromkeys(ids))[: most * 3])[:most]


def contacts_of(customer: Customer) -> Sequence[Contact]:
    """The people there one can meet."""
    query = select(Contact).where(Contact.customer_id == customer.id, Contact.voided_at.is_(None))
    return db.session.scalars(query.order_by(Contact.id).limit(50)).all()


def open_leads_of(customer: Customer) -> Sequence[Lead]:
    """The deals one may speak about."""
    query = select(Lead).where(Lead.customer_id == customer.id, Lead.status == OPEN)
    return db.session.scalars(query.order_by(Lead.id.desc()).limit(30)).all()


def _own_named(actor: Actor, text: str) -> list[int]:
    """Compared here: databases know neither width nor sound. Those that begin so come first."""
    wanted, sounds = folded(text), sounds_like(folded(text))
    rows = db.session.execute(
        select(Customer.id, Customer.name, Customer.aliases)
        .join(CustomerPerson, CustomerPerson.customer_id == Customer.id)
        .where(CustomerPerson.person_id == actor.id, Customer.voided_at.is_(None))
        .order_by(Customer.last_activity_at.desc()).limit(LOOKED_THROUGH)
    )
    begins, holds = list[int](), list[int]()
    for number, name, aliases in rows:
        # Not folded as thoroughly as what is typed: there are thousands of them for each letter.
        names = [each.casefold() for each in (name, *aliases)]
        if any(each.startswith(wanted) for each in names):
            begins.append(number)
        elif any(wanted in each or bool(sounds and sounds.search(each)) for each in names):
            holds.append(number)
    return [*begins, *holds]


def _searched(actor: Actor, text: str, most: int) -> list[int]:
    """What search offers while one types, of the customers this person may read."""
    if SCOPE not in scopes(actor):
        return []
    try:
        hits = engine().complete(text, actor.tokens, limit=most, filters={"scope": (SCOPE,)})
    except SearchUnavailable as reason:
        suspect(reason)
        return []
    refs = (hit.ref.partition(":") for hit in hits)
    return [int(number) for prefix, _colon, number in refs if prefix == "customer"]


def _readable(actor: Actor, ids: Collection[int]) -> list[Customer]:
    """These in their order, without those one may not read and those that count no more."""
    query = select(Customer).options(joinedload(Customer.owner)).where(
        Customer.id.in_(ids), Customer.voided_at.is_(None), reading.readable_by(actor))
    found = {row.id: row for row in db.session.scalars(query)} if ids else {}
    return [found[number] for number in ids if number in found]
