"""What search sees, and shows, of a customer: names alone, found as while typing.

Deals belong to a room above, which completes the source: see `source`.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from flask import url_for
from sqlalchemy import inspect, select
from sqlalchemy.orm import joinedload, selectinload

from portal.core import access
from portal.core.i18n import gettext as _
from portal.customers.identity.options import AREA_CODE
from portal.customers.identity.phones import phones
from portal.customers.models import Contact, Customer, CustomerPerson
from portal.customers.queries.reading import readable_by
from portal.customers.rules import access_tokens, spoken_phones
from portal.extensions import db
from portal.options.queries import value
from portal.people.rules import Actor
from portal.search.document import Document
from portal.search.sources import Badge, Card, Source

# `titles(customer ids)`: what the deals of each are called.
Titles = Callable[[Collection[int]], Mapping[int, Sequence[str]]]
# What of a customer's row search tells of; the rest changes with every visit.
TOLD = ("name", "aliases", "phone", "credit_code", "owner_id", "voided_at")
# A card reads out the beginning of a long list of contacts and deals.
LONGEST_CARD = 4000


def source(titles: Titles, of_deal: Callable[[Any], int | None]) -> Source:
    """Customers as search knows them, with the names of their deals; `of_deal(row)` names the
    customer of a changed deal."""
    return Source(
        prefix="customer", scope="customers", by_name=True,
        touched=lambda row: _touched(row) or of_deal(row),
        documents=lambda ids: _documents(ids, titles), all_ids=_all_ids,
        cards=lambda actor, ids: _cards(actor, ids, titles),
        labels=lambda actor, facet, codes: {}, resolve=lambda name, text: (),
        meant=lambda actor: access.allows(actor, "lead:use"),
    )


def _touched(row: Any) -> int | None:
    """The customer that a changed row belongs to."""
    if isinstance(row, Customer):
        state: Any = inspect(row)
        is_told = state.pending or any(state.attrs[name].history.has_changes() for name in TOLD)
        return row.id if is_told or not state.persistent else None
    if isinstance(row, Contact | CustomerPerson):
        # Of somebody who left, the relation is gone already.
        return row.customer_id or (inspect(row).committed_state.get("customer_id"))
    return None


def _documents(ids: Collection[int], titles: Titles) -> Iterator[Document]:
    deals = titles(ids)
    for customer in _with_people(ids):
        names = tuple(_names(customer, deals.get(customer.id, ())))
        yield Document(
            ref=customer.ref, title=customer.name, body="", names=names, access=_access(customer),
            facets={"scope": ("customers",)}, created=customer.created_at,
            updated=customer.created_at,
        )


def _access(customer: Customer) -> frozenset[str]:
    """Tokens of those who read the file; a void one opens only to who asks for the archive."""
    people = [(each.person_id, each.person.team_id) for each in customer.people]
    tokens = access_tokens(people, customer.owner_id is None)
    return frozenset(f"archived:{token}" if customer.voided_at else token for token in tokens)


def _with_people(ids: Collection[int]) -> Iterable[Customer]:
    return db.session.scalars(
        select(Customer).where(Customer.id.in_(ids)).options(
            selectinload(Customer.people).joinedload(CustomerPerson.person),
            selectinload(Customer.contacts),
        )
    ).all()


def _names(customer: Customer, deals: Sequence[str]) -> Iterator[str]:
    """Everything by which somebody may look for them."""
    yield from customer.aliases
    if customer.credit_code:
        yield customer.credit_code
    yield from _spoken(customer.phone)
    for contact in customer.contacts:
        if contact.voided_at is None:
            yield contact.name
            yield from _spoken(contact.phone)
    yield from deals


def _spoken(typed: str) -> list[str]:
    return spoken_phones(typed, phones(typed, value(AREA_CODE))) if typed else []


def _all_ids() -> Collection[int]:
    return db.session.scalars(select(Customer.id)).all()


def _cards(actor: Actor, ids: Collection[int], titles: Titles) -> Mapping[int, Card]:
    query = select(Customer).where(Customer.id.in_(ids), readable_by(actor)).options(
        joinedload(Customer.owner), selectinload(Customer.contacts))
    deals = titles(ids)
    return {each.id: _card(each, " · ".join(_names(each, deals.get(each.id, ()))))
            for each in db.session.scalars(query)}


def _card(customer: Customer, text: str) -> Card:
    owner = customer.owner
    badge = Badge(owner.name) if owner else Badge(_("In the pool"), "blue")
    return Card(
        ref=customer.ref, name="", kind="customer", title=customer.name,
        url=url_for("customers.show", customer_id=customer.id), text=text[:LONGEST_CARD], author="",
        created=customer.created_at, icon="building", badges=(badge,),
    )
