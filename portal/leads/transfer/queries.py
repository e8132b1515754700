"""Reads of imports of leads."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from portal.customers.models import Customer
from portal.customers.queries.reading import readable_by
from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.rules import OPEN
from portal.leads.transfer.models import LeadImport, LeadImportRow
from portal.lists.queries import vocabulary
from portal.people.models import User
from portal.people.rules import Actor


def own_imports(actor: Actor) -> Select[LeadImport]:
    """What this person uploaded, newest first."""
    return (
        select(LeadImport).where(LeadImport.person_id == actor.id)
        .options(joinedload(LeadImport.rehearsal), joinedload(LeadImport.commit_task),
                 joinedload(LeadImport.revert))
        .order_by(LeadImport.id.desc())
    )


def rows_of(found: LeadImport) -> Select[LeadImportRow]:
    return (select(LeadImportRow).where(LeadImportRow.import_id == found.id)
            .order_by(LeadImportRow.line))


def verdict_counts(found: LeadImport) -> Mapping[str, int]:
    return _counts(found, LeadImportRow.verdict)


def outcome_counts(found: LeadImport) -> Mapping[str, int]:
    """What was written; rows whose turn never came are "waiting"."""
    return _counts(found, func.coalesce(LeadImportRow.outcome, "waiting"))


def reverted_counts(found: LeadImport) -> Mapping[str, int]:
    return _counts(found, func.coalesce(LeadImportRow.reverted, ""))


def _counts(found: LeadImport, column: Any) -> Mapping[str, int]:
    query = select(column, func.count()).where(LeadImportRow.import_id == found.id)
    return dict(db.session.execute(query.group_by(column)).all())


@dataclass(frozen=True)
class Whose:
    """What a duplicate answer may say of a customer: whose, since when, in which stage. Its name
    only to those who read it."""

    owner: str | None
    since: datetime
    stage: str | None
    name: str | None


def whose(actor: Actor, ids: Collection[int]) -> Mapping[int, Whose]:
    """The answer for each of these customers, in two statements."""
    if not ids:
        return {}
    stages = _furthest_stages(ids)
    query = (
        select(Customer.id, User.name, Customer.owned_since, Customer.name, readable_by(actor))
        .outerjoin(User, User.id == Customer.owner_id).where(Customer.id.in_(ids))
    )
    return {
        each: Whose(owner, since, stages.get(each), name if may_read else None)
        for each, owner, since, name, may_read in db.session.execute(query)
    }


def _furthest_stages(ids: Collection[int]) -> Mapping[int, str]:
    order = {code: place for place, code in enumerate(vocabulary()["stage"])}
    query = (select(Lead.customer_id, Lead.stage)
             .where(Lead.customer_id.in_(ids), Lead.status == OPEN).distinct())
    found: dict[int, str] = {}
    for customer_id, stage in db.session.execute(query):
        if order.get(stage, -1) >= order.get(found.get(customer_id, ""), -1):
            found[customer_id] = stage
    return found
