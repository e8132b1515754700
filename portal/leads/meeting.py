"""Whom a new company meets: a customer of one's own, one of the pool, a colleague's, or names that
only look like it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from portal.core.text import line
from portal.customers.identity.content import Identity, Match
from portal.customers.identity.keys import matches
from portal.customers.identity.rules import BLOCK, WARN
from portal.customers.models import Customer
from portal.customers.queries.reading import allocates
from portal.extensions import db
from portal.leads.checking import log
from portal.leads.checking.answering import Answer, check
from portal.leads.checking.reading import Typed
from portal.leads.checking.rules import SHORT
from portal.leads.models import Lead
from portal.leads.queries.reading import IN_POOL
from portal.people.rules import Actor


@dataclass(frozen=True)
class Met:
    """`own` is the customer with which the person may record a deal at once; `in_pool` one that
    waits in the pool to be claimed, by its name."""

    blocks: Sequence[Match] = ()
    warns: Sequence[Match] = ()
    own: Customer | None = None
    in_pool: str | None = None

    @property
    def marks(self) -> str:
        """The customers that were shown as similar, for the form to carry along."""
        return ",".join(sorted({str(match.customer_id) for match in self.warns}))

    def overlooked(self, looked: str) -> bool:
        """Whether a similar customer was not shown yet."""
        return not {str(match.customer_id) for match in self.warns} <= set(looked.split(","))


def typed_in(fields: Mapping[str, str]) -> Typed:
    """Company and phone as they stand in the form."""
    name, phone = line(fields.get("company", ""))[:120], line(fields.get("contact_phone", ""))[:120]
    return Typed(f"{name} {phone}".strip(), name, phone,
                 problem=SHORT if len(name) < 2 and not phone else "")


def checked(actor: Actor, typed: Typed, *, sent: bool = False) -> Answer:
    """What the check answers; that somebody asked is kept."""
    answer = check(actor, typed)
    if not typed.problem:
        log.remember(actor.id, answer, sent=sent)
    return answer


def met_by(actor: Actor, identity: Identity) -> Met:
    """What stands in the way of this company, or looks like it."""
    return met(actor, matches(identity, fuzzy=False))


def met(actor: Actor, found: Iterable[Match]) -> Met:
    """The same of matches that are known."""
    found = list(found)
    blocks = [match for match in found if match.verdict == BLOCK]
    warns = [match for match in found if match.verdict == WARN]
    same = [db.session.get_one(Customer, number)
            for number in dict.fromkeys(match.customer_id for match in blocks)]
    own = next((each for each in same if _may_add(actor, each)), None)
    free = next((each.name for each in same if own is None and _waits(each)), None)
    return Met(blocks, warns, own, free)


def _may_add(actor: Actor, customer: Customer) -> bool:
    """Whether the person records deals there: works for it, leads its owner, or hands out what
    is in the pool."""
    if customer.owner is None:
        return customer.is_worked_for_by(actor.id) or allocates(actor)
    return customer.is_worked_for_by(actor.id) or actor.is_line_manager_of(
        customer.owner.id, customer.owner.team_id)


def _waits(customer: Customer) -> bool:
    """Whether there is a lead of it to claim."""
    lead = select(Lead.id).where(Lead.customer_id == customer.id, IN_POOL).limit(1)
    return customer.owner_id is None and db.session.scalar(lead) is not None
