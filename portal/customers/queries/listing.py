"""Lists of customers: whose, narrowed by what the address asks for, in an order."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.orm import joinedload

from portal.customers.models import Customer, CustomerPerson, CustomerWords
from portal.customers.queries.reading import (
    covers_everybody,
    led_people,
    owner_column,
    readable_by,
)
from portal.customers.rules import SEGMENTS, TIERS, digits_of
from portal.extensions import db
from portal.people.rules import Actor
from portal.search.analyzer import fold

# Whose customers: those I work for, those of the people I lead, all I may read, nobody's.
MINE, TEAM, ALL, POOL = "mine", "team", "all", "pool"
SCOPES = (MINE, TEAM, ALL, POOL)
SORTS = ("activity", "name", "newest", "next")
FEWEST_DIGITS = 4
# So many customers found by their words are asked for by number.
FEW = 3000


@dataclass(frozen=True)
class CustomerFilters:
    """Empty fields ask for nothing; `state` is "void" for the void ones alone."""

    scope: str = MINE
    tier: str = ""
    segment: str = ""
    industry: str = ""
    region: str = ""
    owner: int | None = None
    overdue: bool = False
    state: str = ""
    text: str = ""
    sort: str = SORTS[0]

    @classmethod
    def from_args(cls, args: Mapping[str, str], *, scope: str = MINE) -> "CustomerFilters":
        """From an address; what it says wrongly counts as not said."""
        owner = args.get("owner", "")
        return cls(
            scope=_one_of(args.get("scope"), SCOPES, scope),
            tier=_one_of(args.get("tier"), TIERS), segment=_one_of(args.get("segment"), SEGMENTS),
            industry=args.get("industry", "")[:64], region=args.get("region", "")[:64],
            owner=int(owner) if owner.isascii() and owner.isdigit() and len(owner) < 10 else None,
            overdue=bool(args.get("overdue")), state=_one_of(args.get("state"), ("void",)),
            text=args.get("q", "")[:80].strip(), sort=_one_of(args.get("sort"), SORTS, SORTS[0]),
        )

    def as_args(self) -> dict[str, str]:
        """The address of the same list."""
        kept = {name: str(value) for name, value in asdict(self).items() if value}
        if "text" in kept:
            kept["q"] = kept.pop("text")
        return {**kept, **({"overdue": "1"} if self.overdue else {})}

    @property
    def is_narrow(self) -> bool:
        """Whether anything is asked for besides whose."""
        return bool(set(self.as_args()) - {"scope", "sort"})


def customers(actor: Actor, filters: CustomerFilters, today: date) -> Select[Any]:
    """The customers that a list shows, in its order, with their owners."""
    query = select(Customer).where(*_whose(actor, filters.scope), *_narrowed(filters, today))
    return query.options(joinedload(Customer.owner)).order_by(*_order(filters.sort))


def _whose(actor: Actor, scope: str) -> Iterator[ColumnElement[bool]]:
    """Never more than the person may read."""
    if scope == MINE:
        yield Customer.id.in_(
            select(CustomerPerson.customer_id).where(CustomerPerson.person_id == actor.id))
    elif scope == TEAM and covers_everybody(actor):
        yield Customer.owner_id.is_not(None)
    elif scope == TEAM:
        yield owner_column(people := led_people(actor)).in_(people)
    else:
        if scope == POOL:
            yield Customer.owner_id.is_(None)
        yield readable_by(actor)


def _narrowed(filters: CustomerFilters, today: date) -> Iterator[ColumnElement[bool]]:
    is_void = filters.state == "void"
    yield Customer.voided_at.is_not(None) if is_void else Customer.voided_at.is_(None)
    for name in ("tier", "segment", "industry", "region"):
        if value := getattr(filters, name):
            yield getattr(Customer, name) == value
    if filters.owner is not None:
        yield Customer.owner_id == filters.owner
    if filters.overdue:
        yield Customer.next_contact_on < today
    if filters.sort == "next":
        # Who is in the pool waits for an owner, not for a contact.
        yield Customer.next_contact_on.is_not(None)
    if filters.text:
        yield called(text=filters.text, customer_id=Customer.id)


def called(text: str, customer_id: Any) -> ColumnElement[bool]:
    """Whether the customer of a list's row is found by the text. Few are looked up by number; many
    are compared where the list comes by them."""
    few = db.session.scalars(found_by(text).limit(FEW + 1)).all()
    if len(few) <= FEW:
        return customer_id.in_(few)  # type: ignore[no-any-return]
    return found_by(text).where(CustomerWords.customer_id == customer_id).exists()


def found_by(text: str) -> Select[Any]:
    """Ids of the customers whose name, alias, contact or phone holds the text."""
    wanted, digits = fold(text).strip(), digits_of(text)
    conditions = [_holds(wanted)] if wanted else []
    # A phone as it is written on a card: 138-0013 8000.
    if len(digits) >= FEWEST_DIGITS and digits != wanted:
        conditions.append(_holds(digits))
    return select(CustomerWords.customer_id).where(or_(false(), *conditions))


def _holds(wanted: str) -> ColumnElement[bool]:
    # Twice as quick as LIKE, and nothing in the text has a meaning of its own.
    if db.engine.dialect.name == "postgresql":
        return func.strpos(CustomerWords.words, wanted) > 0
    return func.instr(CustomerWords.words, wanted) > 0


def _order(sort: str) -> tuple[Any, ...]:
    orders: Mapping[str, tuple[Any, ...]] = {
        "activity": (Customer.last_activity_at.desc(), Customer.id.desc()),
        "name": (Customer.name, Customer.id),
        "newest": (Customer.created_at.desc(), Customer.id.desc()),
        "next": (Customer.next_contact_on, Customer.id),
    }
    return orders[sort]


def _one_of(value: str | None, known: tuple[str, ...], otherwise: str = "") -> str:
    return value if value in known else otherwise
