"""What the rules would do, without doing it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.pool.models import AllocationRule
from portal.leads.pool.rules import Traits
from portal.leads.pool.turns import Turns, traits
from portal.leads.queries.reading import IN_POOL
from portal.people.models import User
from portal.people.queries import people_with_ids

# A page shows so many; the real thing does all of them.
MOST = 200


@dataclass(frozen=True)
class Would:
    """What would become of a lead: the number of the rule that fits (None: no rule does) and who
    gets it (None: it stays in the pool)."""

    lead: Lead | None
    number: int | None
    rule: AllocationRule | None
    person: User | None


def rehearse_pool() -> list[Would]:
    """The leads that have waited longest, one after the other, each with the turns before it."""
    query = (
        select(Lead).where(IN_POOL).options(joinedload(Lead.customer))
        .order_by(Lead.owned_since, Lead.id).limit(MOST)
    )
    leads = db.session.scalars(query).all()
    return _played([(lead, traits(lead), lead.former_owner_id) for lead in leads])


def rehearse_example(example: Traits) -> Would:
    """One lead that does not exist."""
    return _played([(None, example, None)])[0]


def shares(found: Sequence[Would]) -> Mapping[User | None, int]:
    """How many leads each person would get; under None those that stay in the pool."""
    counts: dict[User | None, int] = {}
    for each in found:
        counts[each.person] = counts.get(each.person, 0) + 1
    return dict(sorted(counts.items(), key=lambda item: (item[0] is None, -item[1])))


def _played(leads: Sequence[tuple[Lead | None, Traits, int | None]]) -> list[Would]:
    turns = Turns()
    numbers = {rule.id: number for number, rule in enumerate(turns.rules, start=1)}
    found = []
    for lead, wanted, former in leads:
        turn = turns.next(wanted, former)
        turns.taken(turn)
        found.append((lead, turn))
    ids = {turn.person_id for _, turn in found if turn.person_id is not None}
    people = {person.id: person for person in people_with_ids(ids)}
    return [
        Would(lead, numbers.get(turn.rule.id) if turn.rule else None, turn.rule,
              people.get(turn.person_id) if turn.person_id else None)
        for lead, turn in found
    ]
