"""Reads of who introduced whom: one family of customers at a time."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import func, literal, select
from sqlalchemy.orm import joinedload

from portal.customers.models import Customer
from portal.customers.queries.reading import readable_by
from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.rules import CURRENCY, WON
from portal.people.rules import Actor

# A chain that is longer is no chain of people who know each other.
DEEPEST = 30
# A tree of more is no longer read.
MOST = 300


@dataclass
class Node:
    """One customer of the tree. Of those that the reader may not read, only the owner is told."""

    id: int
    owner: str
    name: str = ""
    readable: bool = False
    won: int = 0
    amount: Decimal = Decimal(0)
    children: list["Node"] = field(default_factory=list)

    @property
    def brought(self) -> int:
        """Customers that came because of this one, directly and further down."""
        return sum(1 + child.brought for child in self.children)


@dataclass(frozen=True)
class Tree:
    """The tree, and whether it was cut off."""

    root: Node
    is_cut: bool


def tree_around(actor: Actor, customer: Customer) -> Tree:
    """From whoever stands at the beginning down to the last one that was introduced."""
    found = _below(_beginning(customer))
    nodes = _nodes(actor, [customer_id for customer_id, _parent in found])
    root = nodes[found[0][0]]
    for customer_id, parent_id in found[1:]:
        nodes[parent_id].children.append(nodes[customer_id])
    return Tree(root, len(found) >= MOST)


def would_close_circle(customer_id: int, introduced_by_id: int) -> bool:
    """Whether the one who introduced this customer was introduced by it, directly or not."""
    line = select(Customer.id, Customer.introduced_by_id).where(
        Customer.id == introduced_by_id).cte("whole_line", recursive=True)
    # However long it is; each customer counts once, so that it ends even where a circle stands.
    line = line.union(select(Customer.id, Customer.introduced_by_id)
                      .where(Customer.id == line.c.introduced_by_id))
    found = select(line.c.id).where(line.c.id == customer_id)
    return db.session.scalar(found.limit(1)) is not None


def _above(customer_id: int) -> list[int]:
    """The customer, who introduced it, and so on; the nearest first."""
    start = select(Customer.id, Customer.introduced_by_id, literal(0).label("step")).where(
        Customer.id == customer_id)
    line = start.cte("line", recursive=True)
    line = line.union_all(
        select(Customer.id, Customer.introduced_by_id, line.c.step + 1)
        .where(Customer.id == line.c.introduced_by_id, line.c.step < DEEPEST))
    return list(db.session.scalars(select(line.c.id).order_by(line.c.step)))


def _beginning(customer: Customer) -> int:
    """Who stands at the beginning; of a circle, the one that was asked about."""
    above = _above(customer.id)
    return customer.id if len(above) != len(set(above)) else above[-1]


def _below(root_id: int) -> list[tuple[int, int]]:
    """(customer, who introduced it) level by level, the beginning first; each customer once."""
    start = select(Customer.id, literal(0).label("parent"), literal(0).label("step")).where(
        Customer.id == root_id)
    line = start.cte("line", recursive=True)
    line = line.union_all(
        select(Customer.id, Customer.introduced_by_id, line.c.step + 1)
        .where(Customer.introduced_by_id == line.c.id, line.c.step < DEEPEST,
               Customer.id != root_id))
    query = select(line.c.id, line.c.parent).order_by(line.c.step, line.c.id).limit(MOST)
    seen: dict[int, int] = {}
    for customer_id, parent in db.session.execute(query):
        seen.setdefault(customer_id, parent)
    return list(seen.items())


def _nodes(actor: Actor, ids: Collection[int]) -> Mapping[int, Node]:
    """Every customer as this person may see it, with what its deals brought."""
    readable = set(db.session.scalars(
        select(Customer.id).where(Customer.id.in_(ids), readable_by(actor))))
    won = _won(ids)
    query = select(Customer).where(Customer.id.in_(ids)).options(joinedload(Customer.owner))
    return {each.id: _node(each, each.id in readable, won.get(each.id))
            for each in db.session.scalars(query)}


def _node(customer: Customer, readable: bool, won: Any) -> Node:
    node = Node(customer.id, customer.owner.name if customer.owner else "")
    if readable:
        node.name, node.readable = customer.name, True
        node.won, node.amount = (won.count, won.amount) if won else (0, Decimal(0))
    return node


@dataclass(frozen=True)
class _Won:
    count: int
    amount: Decimal


def _won(ids: Collection[int]) -> Mapping[int, _Won]:
    """Deals that were won, and their contracts in the usual currency."""
    query = (
        select(Lead.customer_id, func.count(),
               func.sum(Lead.contract_amount).filter(Lead.currency == CURRENCY))
        .where(Lead.customer_id.in_(ids), Lead.status == WON).group_by(Lead.customer_id)
    )
    return {customer_id: _Won(count, Decimal(str(amount or 0)).quantize(Decimal("0.01")))
            for customer_id, count, amount in db.session.execute(query)}
