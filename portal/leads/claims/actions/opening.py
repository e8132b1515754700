"""A save that was blocked becomes a claim: everything that was typed is kept."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import select

from portal.core import audit
from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import line
from portal.customers.actions.timeline import note
from portal.customers.models import Customer
from portal.extensions import db
from portal.leads.claims.models import Claim
from portal.leads.claims.rules import SENT, TYPED
from portal.people.rules import Actor

BLOCK = "block"
# Earlier versions of a form that was saved again and again.
MOST_EARLIER = 10


class Match(Protocol):
    """What stood in the way: one of `customers.identity.keys.Match`."""

    @property
    def customer_id(self) -> int: ...
    @property
    def key(self) -> str: ...
    @property
    def verdict(self) -> str: ...
    @property
    def value(self) -> str: ...


def open_claim(
    actor: Actor, typed: Mapping[str, Any], matches: Sequence[Match], now: datetime
) -> Claim:
    """Keep what was typed (`claims.content.typed_values`) beside the customer it met; whoever typed
    it sends it with evidence, or leaves it.

    The same person has one open claim on a customer: saving again adds the newer form to it.
    Raises `Refused` when nothing is in the way, or the customer is this person's own.
    """
    found = [match for match in matches if match.verdict == BLOCK] or list(matches)
    customer = db.session.get(Customer, found[0].customer_id) if found else None
    if customer is None:
        raise Refused(_l("Nothing stands in the way any more; save it again."))
    if customer.owner_id == actor.id:
        raise Refused(_l("This customer is yours already. Add the deal there."))
    claim = _own_open(actor, customer)
    if claim is not None:
        claim.typed = _newer(claim.typed, typed)
        return claim
    claim = Claim(
        customer=customer, claimant_id=actor.id, title=_title(typed), typed=dict(typed),
        keys=[{"key": match.key, "verdict": match.verdict, "value": match.value,
               "customer_id": match.customer_id} for match in found],
        owner_id=customer.owner_id, state=TYPED, created_at=now,
    )
    db.session.add(claim)
    # The timeline and the audit entry name the new id.
    db.session.flush()
    note(customer.id, "claim.opened", actor.id, now, subject=claim.ref,
         keys=sorted({match.key for match in found}))
    audit.record(actor.id, "claim.opened", claim.ref, now, customer=customer.id)
    return claim


def _own_open(actor: Actor, customer: Customer) -> Claim | None:
    """What this person claims there already."""
    query = select(Claim).where(Claim.claimant_id == actor.id, Claim.customer_id == customer.id,
                                Claim.state.in_((TYPED, SENT)))
    query = query.order_by(Claim.id.desc()).limit(1)
    return db.session.scalar(query.with_for_update(key_share=True))


def _newer(kept: Mapping[str, Any], typed: Mapping[str, Any]) -> dict[str, Any]:
    """The newer form, and those before it."""
    before = {name: value for name, value in kept.items() if name != "earlier"}
    earlier = list(kept.get("earlier", ()))
    if before != dict(typed):
        earlier = [*earlier, before][-MOST_EARLIER:]
    return {**typed, "earlier": earlier}


def _title(typed: Mapping[str, Any]) -> str:
    """What the claim is called: as the company, its phone or its first contact was typed."""
    customer, contacts = typed.get("customer") or {}, typed.get("contacts") or [{}]
    words = (customer.get("name"), customer.get("phone"), contacts[0].get("name"),
             contacts[0].get("phone"))
    return next((line(word)[:120] for word in words if word), "–")
