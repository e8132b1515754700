"""The keys of all customers computed anew, because the rules by which they are made changed."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import delete, select

from portal.core.inserting import insert_new
from portal.core.unit_of_work import reading_only, transaction
from portal.customers.identity.content import Identity
from portal.customers.identity.finding import judge
from portal.customers.identity.held import Held, keys_of
from portal.customers.identity.holding import lock, stored
from portal.customers.identity.rules import BLOCK
from portal.customers.models import Contact, Customer, IdentityKey
from portal.extensions import db

# So many customers in one transaction: whoever saves one meanwhile hardly waits.
BATCH = 200
Keys = Mapping[int, frozenset[Held]]


class Pair(NamedTuple):
    """Two customers that are the same by a key."""

    first: int
    second: int
    kind: str
    value: str


@dataclass
class Survey:
    """What the rules of today say: how many customers there are, whose keys differ from those in
    the table, how many keys come and go, and who blocks whom."""

    customers: int = 0
    changed: int = 0
    new: int = 0
    gone: int = 0
    pairs: list[Pair] = field(default_factory=list)


def survey(progress: Callable[[int], None]) -> Survey:
    """Look at every customer; nothing is written. `progress` is told how many each batch had."""
    found, seen = Survey(), _Seen()
    for ids in batches():
        with reading_only():
            wanted, held = wanted_of(ids), held_by(ids)
        for customer_id, keys in wanted.items():
            own = held.get(customer_id, frozenset())
            found.customers += 1
            found.changed += keys != own
            found.new, found.gone = found.new + len(keys - own), found.gone + len(own - keys)
            found.pairs += seen.look(customer_id, keys)
        progress(len(ids))
    return found


def rekey(progress: Callable[[int], None]) -> None:
    """Give every customer the keys of today. Of two that are the same by a key one holds it: who
    held it before, else who was entered first."""
    waiting: list[int] = []
    for ids in batches():
        waiting += _write(ids)
        progress(len(ids))
    # What stood in the way may have been an old key of somebody whose turn came later.
    for start in range(0, len(waiting), BATCH):
        _write(waiting[start : start + BATCH])


def batches() -> Iterator[list[int]]:
    """The numbers of all customers that are not void."""
    last = 0
    while True:
        with reading_only():
            ids = list(db.session.scalars(
                select(Customer.id).where(Customer.id > last, Customer.voided_at.is_(None))
                .order_by(Customer.id).limit(BATCH)))
        if not ids:
            return
        yield ids
        last = ids[-1]


def wanted_of(ids: Collection[int]) -> Keys:
    """The keys that these customers have by the rules of today, in two statements."""
    phones: dict[int, list[str]] = defaultdict(list)
    theirs = select(Contact.customer_id, Contact.phone).where(
        Contact.customer_id.in_(ids), Contact.voided_at.is_(None), Contact.phone != "")
    for customer_id, phone in db.session.execute(theirs):
        phones[customer_id].append(phone)
    query = select(Customer.id, Customer.name, Customer.aliases, Customer.phone,
                   Customer.credit_code).where(Customer.id.in_(ids), Customer.voided_at.is_(None))
    return {
        number: frozenset(keys_of(Identity(
            name, tuple(aliases), tuple(filter(None, (phone, *phones[number]))), code)))
        for number, name, aliases, phone, code in db.session.execute(query.order_by(Customer.id))
    }


def held_by(ids: Collection[int]) -> Keys:
    """The keys that stand in the table for these customers."""
    found: dict[int, set[Held]] = defaultdict(set)
    query = select(IdentityKey.customer_id, IdentityKey.kind, IdentityKey.value,
                   IdentityKey.region, IdentityKey.branch)
    for customer_id, *key in db.session.execute(query.where(IdentityKey.customer_id.in_(ids))):
        found[customer_id].add(Held(*key))
    return {customer_id: frozenset(keys) for customer_id, keys in found.items()}


class _Seen:
    """The keys of the customers so far, by what two must share to be the same."""

    def __init__(self) -> None:
        self._keys: dict[tuple[str, str], list[tuple[int, Held]]] = defaultdict(list)

    def look(self, customer_id: int, keys: Collection[Held]) -> list[Pair]:
        """Earlier customers that are the same as this one, each once."""
        found: dict[int, Pair] = {}
        for key in sorted(keys):
            same = self._keys[key.kind, key.value]
            for other_id, other in same:
                match = judge(key, other) if other_id != customer_id else None
                if match is not None and match.verdict == BLOCK:
                    found.setdefault(other_id, Pair(other_id, customer_id, key.kind, key.value))
            same.append((customer_id, key))
        return list(found.values())


def _write(ids: Collection[int]) -> list[int]:
    """One batch in one transaction; those for whom somebody else holds a key."""
    with transaction():
        # Whoever saves a customer meanwhile comes before or after, never in between.
        lock()
        wanted, held = wanted_of(ids), held_by(ids)
        rows = []
        for customer_id, keys in wanted.items():
            own = held.get(customer_id, frozenset())
            for key in sorted(own - keys):
                db.session.execute(delete(IdentityKey).where(
                    IdentityKey.customer_id == customer_id, IdentityKey.kind == key.kind,
                    IdentityKey.value == key.value, IdentityKey.region == key.region,
                    IdentityKey.branch == key.branch))
            rows += [stored(customer_id, key) for key in sorted(keys - own)]
        if len(insert_new(IdentityKey, rows)) == len(rows):
            return []
        held = held_by(ids)
        return [customer_id for customer_id, keys in wanted.items()
                if keys - held.get(customer_id, frozenset())]
