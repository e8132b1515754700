"""Whose turn it is: the rules of allocation, played through for one lead after another."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.pool import rules
from portal.leads.pool.models import AllocationRule
from portal.leads.pool.options import limits
from portal.leads.pool.queries.limits import held_by
from portal.leads.pool.rules import Traits, Wants
from portal.people.models import User
from portal.people.rules import SELLERS


@dataclass(frozen=True)
class Turn:
    """The rule that fits a lead (None: no rule does) and who is next (None: everybody there is at
    the cap or has left, so that it stays in the pool)."""

    rule: AllocationRule | None
    person_id: int | None


class Turns:
    """The rules with their memory: who had the last turn, and how many leads everybody holds.

    Reads everything at once; `next` writes nothing. `taken` remembers, and `full` says that
    somebody holds more by now than was thought.
    """

    def __init__(self, *, held: bool = False) -> None:
        query = rules_in_order()
        if held:
            query = query.with_for_update(of=AllocationRule, key_share=True).execution_options(
                populate_existing=True)
        self.rules = list(db.session.scalars(query))
        self._people = _people_of(self.rules)
        self.everybody = {person for people in self._people.values() for person in people}
        self._held = dict(held_by(self.everybody)) if self.everybody else {}
        self._last = {rule.id: rule.last_person_id for rule in self.rules}
        self._cap = limits()

    def next(self, lead: Traits, not_to: int | None = None) -> Turn:
        """The first rule that fits, and who is next there. `not_to` is who gave the lead back."""
        for rule in self.rules:
            if wants(rule).fits(lead):
                return Turn(rule, self.next_of(rule, not_to))
        return Turn(None, None)

    def people_of(self, rule: AllocationRule) -> Sequence[int]:
        """Who takes turns in this rule."""
        return self._people[rule.id]

    def next_of(self, rule: AllocationRule, not_to: int | None = None) -> int | None:
        """Who has the next turn in this rule."""
        return rules.next_in_turn(
            self._people[rule.id], self._last[rule.id],
            lambda person: person != not_to and self._has_room(person))

    def taken(self, turn: Turn) -> None:
        """The lead went there."""
        if turn.rule is not None and turn.person_id is not None:
            self._last[turn.rule.id] = turn.person_id
            self._held[turn.person_id] += 1

    def count(self, person_id: int, held: int) -> None:
        """So many the person really has."""
        self._held[person_id] = held

    def _has_room(self, person_id: int) -> bool:
        return rules.can_hold(self._cap, self._held[person_id])


def rules_in_order() -> Select[AllocationRule]:
    return (
        select(AllocationRule).where(AllocationRule.removed_at.is_(None))
        .options(joinedload(AllocationRule.team))
        .order_by(AllocationRule.position, AllocationRule.id)
    )


def wants(rule: AllocationRule) -> Wants:
    return Wants(frozenset(rule.regions), frozenset(rule.industries), frozenset(rule.channels),
                 frozenset(rule.products))


def traits(lead: Lead) -> Traits:
    return Traits(lead.region, lead.industry, lead.channel, lead.product)


def _people_of(found: Collection[AllocationRule]) -> Mapping[int, list[int]]:
    """Of each rule those who take turns: who works here and sells, in their order."""
    named = {person for rule in found for person in rule.people}
    teams = {rule.team_id for rule in found if rule.team_id is not None}
    query = (
        select(User.id, User.team_id)
        .where(User.id.in_(named) | User.team_id.in_(teams), User.deactivated_at.is_(None),
               User.role.in_(SELLERS))
        .order_by(User.id)
    )
    team_of = {row.id: row.team_id for row in db.session.execute(query)} if found else {}
    return {
        rule.id: [person for person in rule.people if person in team_of] if rule.team_id is None
        else [person for person, team in team_of.items() if team == rule.team_id]
        for rule in found
    }
