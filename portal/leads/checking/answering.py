"""The answer of a check: over everybody's customers, telling no more than whose, since when, which
stage."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from portal.core import access
from portal.core.i18n import current_language
from portal.customers.identity.keys import Match, matches
from portal.customers.identity.rules import BLOCK, NAME, WARN
from portal.customers.models import Customer, CustomerPerson
from portal.extensions import db
from portal.leads.checking import rules
from portal.leads.checking.reading import Typed
from portal.leads.models import Lead
from portal.leads.queries.reading import IN_POOL
from portal.leads.rules import OPEN
from portal.leads.stages.queries import stage_map
from portal.people.models import User
from portal.people.rules import Actor


@dataclass(frozen=True)
class Found:
    """One customer: `name` is empty when it stays untold; `lead` is one that may be claimed."""

    customer_id: int
    verdict: str
    keys: tuple[str, ...]
    state: str
    name: str
    reads: bool
    owner: User | None
    since: datetime
    stage: str
    active_at: datetime
    lead: Lead | None


@dataclass(frozen=True)
class Answer:
    """`word` is free, yours, theirs or pool; `same` are the customers it is, `near` those it may
    be or only looks like."""

    typed: Typed
    word: str
    same: Sequence[Found] = ()
    near: Sequence[Found] = ()

    @property
    def probable(self) -> bool:
        """Whether one of the near is more than only spelled alike."""
        return any(each.verdict == WARN for each in self.near)

    @property
    def claimed(self) -> bool:
        """Whether a colleague has it, and nobody else decides."""
        return self.word == rules.THEIRS


def check(actor: Actor, typed: Typed) -> Answer:
    """Look for what was typed."""
    if typed.problem:
        return Answer(typed, "")
    keys: dict[int, list[Match]] = {}
    for match in matches(typed.identity):
        keys.setdefault(match.customer_id, []).append(match)
    shown = dict(list(keys.items())[: rules.SHOWN])
    found = list(_described(actor, shown))
    same = [each for each in found if each.verdict == BLOCK]
    near = [each for each in found if each.verdict != BLOCK]
    return Answer(typed, rules.answer(each.state for each in same), same, near)


def _described(actor: Actor, keys: Mapping[int, Sequence[Match]]) -> Iterable[Found]:
    rows = {row.id: row for row in db.session.scalars(
        select(Customer).where(Customer.id.in_(list(keys)), Customer.voided_at.is_(None))
        .options(joinedload(Customer.owner),
                 joinedload(Customer.people).joinedload(CustomerPerson.person))).unique()}
    stages, leads = stages_of(rows), _free_leads(rows)
    for number, found in keys.items():
        if number in rows:
            yield _described_one(actor, rows[number], found, stages.get(number, ""),
                                 leads.get(number))


def _described_one(
    actor: Actor, customer: Customer, found: Sequence[Match], stage: str, lead: Lead | None
) -> Found:
    verdict = found[0].verdict
    works = customer.is_worked_for_by(actor.id)
    state = rules.whose(customer.owner_id, works)
    reads = access.allows(actor, "customer:read", customer)
    named = rules.may_be_named(reads=reads, state=state, same=verdict == BLOCK,
                               by_name=any(each.key == NAME for each in found))
    return Found(
        customer.id, verdict, tuple(each.key for each in found), state,
        customer.name if named else "", reads, customer.owner, customer.owned_since, stage,
        customer.last_activity_at,
        lead if lead is not None and access.allows(actor, "lead:claim", lead) else None,
    )


def stages_of(customers: Iterable[int]) -> dict[int, str]:
    """The furthest stage of each customer's open deals, in words."""
    rows = db.session.execute(
        select(Lead.customer_id, Lead.stage)
        .where(Lead.customer_id.in_(list(customers)), Lead.status == OPEN).distinct())
    known = stage_map()
    furthest: dict[int, str] = {}
    for customer_id, code in rows:
        if known.place(code) >= known.place(furthest.get(customer_id, "")):
            furthest[customer_id] = code
    language = current_language()
    return {customer_id: stage.label(language) for customer_id, code in furthest.items()
            if (stage := known.get(code)) is not None}


def _free_leads(customers: Iterable[int]) -> dict[int, Lead]:
    """The newest deal in the pool of each customer that nobody has."""
    newest = (select(func.max(Lead.id)).join(Customer, Customer.id == Lead.customer_id)
              .where(Lead.customer_id.in_(list(customers)), IN_POOL, Customer.owner_id.is_(None))
              .group_by(Lead.customer_id))
    return {lead.customer_id: lead for lead in
            db.session.scalars(select(Lead).where(Lead.id.in_(newest)))}
