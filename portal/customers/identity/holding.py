"""Keys held by one customer alone: the first to enter a company has it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, false, or_, select, text

from portal.core.errors import Conflict
from portal.core.i18n import lazy_gettext as _l
from portal.core.inserting import insert_new
from portal.customers.identity.content import Identity, Match
from portal.customers.identity.finding import judge, surest
from portal.customers.identity.held import Held, keys_of, sound_of
from portal.customers.identity.rules import BLOCK, NAME
from portal.customers.models import Customer, IdentityKey
from portal.extensions import db

# Any fixed number: PostgreSQL lets one transaction at a time decide whose a company is.
IDENTITY_LOCK = 7_001_011


class Taken(Conflict):
    """Somebody else's customer is known by the same; `matches` says which."""

    def __init__(self, matches: Sequence[Match]) -> None:
        super().__init__(_l("This customer is in the portal already. What you typed is kept."))
        self.matches = list(matches)


def lock() -> None:
    """Let nobody else change who is who until the transaction ends. Whoever also holds rows that
    others change asks for this first, so that two cannot wait for each other.

    One lock for all keys, not one for each: equal cores block although their rows differ. SQLite
    has one writer anyway.
    """
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": IDENTITY_LOCK})


def hold(customer: Customer, identity: Identity, now: datetime) -> None:
    """Make these the keys of the customer, instead of those it had, in the running transaction.

    Raises `Taken` when another customer is the same by one of them. Two who save the same company
    at the same moment come one after the other: the second one finds the keys of the first.
    """
    db.session.flush()
    wanted = set(keys_of(identity))
    lock()
    rows = db.session.scalars(select(IdentityKey).where(or_(
        IdentityKey.customer_id == customer.id, *_same(wanted)))).all()
    others = [row for row in rows if row.customer_id != customer.id]
    _refuse_taken(wanted, others)
    own = {Held(row.kind, row.value, row.region, row.branch): row for row in rows
           if row.customer_id == customer.id}
    gone = [row.id for held, row in own.items() if held not in wanted]
    if gone:
        db.session.execute(delete(IdentityKey).where(IdentityKey.id.in_(gone)))
    _insert(customer.id, sorted(wanted - own.keys()))


def release(customer_id: int) -> None:
    """Whoever comes next may have these keys: the customer is void."""
    lock()
    db.session.execute(delete(IdentityKey).where(IdentityKey.customer_id == customer_id))


def stored(customer_id: int, held: Held) -> dict[str, Any]:
    """A key as its row says it."""
    sound = sound_of(held.value) if held.kind == NAME else ""
    return {**held._asdict(), "sound": sound, "customer_id": customer_id}


def _same(wanted: Iterable[Held]) -> list[ColumnElement[bool]]:
    by_kind: dict[str, set[str]] = {}
    for held in wanted:
        by_kind.setdefault(held.kind, set()).add(held.value)
    return [(IdentityKey.kind == kind) & IdentityKey.value.in_(sorted(values))
            for kind, values in sorted(by_kind.items())]


def _refuse_taken(wanted: Iterable[Held], others: Iterable[IdentityKey]) -> None:
    found = [match for held in wanted for row in others
             if (match := judge(held, row)) is not None and match.verdict == BLOCK]
    if found:
        raise Taken(surest(found))


def _insert(customer_id: int, new: Sequence[Held]) -> None:
    if not new:
        return
    made = insert_new(IdentityKey, [stored(customer_id, held) for held in new])
    if len(made) < len(new):
        # The unique row has decided: another transaction was first.
        rows = db.session.scalars(select(IdentityKey).where(
            IdentityKey.customer_id != customer_id, or_(false(), *_same(new))))
        _refuse_taken(new, rows)
        raise Taken(())
