"""What search finds of leads: their names lead to the customer's file, with its permission."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from portal.customers.documents import source
from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.rules import VOID


def _titles(ids: Collection[int]) -> Mapping[int, Sequence[str]]:
    """What the deals of each customer are called, the newest first."""
    query = (
        select(Lead.customer_id, Lead.title)
        .where(Lead.customer_id.in_(ids), Lead.status != VOID).order_by(Lead.id.desc())
    )
    found: dict[int, list[str]] = {}
    for customer_id, title in db.session.execute(query):
        found.setdefault(customer_id, []).append(title)
    return found


def _of_deal(row: Any) -> int | None:
    return row.customer_id if isinstance(row, Lead) else None


SOURCE = source(_titles, _of_deal)
