"""The rules of allocation: written, changed, moved and taken off; each can be undone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from portal.core import audit
from portal.core.errors import Conflict, Refused
from portal.core.i18n import lazy_gettext as _l
from portal.extensions import db
from portal.leads.pool.models import AllocationRule
from portal.leads.pool.turns import rules_in_order
from portal.people.rules import Actor

MOST_RULES, MOST_PEOPLE = 100, 100


@dataclass(frozen=True)
class RuleContent:
    """What a rule says: codes that fit (none: all do), and who takes turns."""

    regions: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    people: tuple[int, ...] = ()
    team_id: int | None = None

    @classmethod
    def of(cls, rule: AllocationRule) -> "RuleContent":
        return cls(tuple(rule.regions), tuple(rule.industries), tuple(rule.channels),
                   tuple(rule.products), tuple(rule.people), rule.team_id)


def add_rule(actor: Actor, content: RuleContent, now: datetime) -> AllocationRule:
    """A rule behind all others. Raises `Refused` when it names nobody, and when there are too
    many."""
    present = _hold_all()
    if len(present) >= MOST_RULES:
        raise Refused(_l("There are %(most)d rules, which is the most.", most=MOST_RULES))
    last = db.session.scalar(select(func.max(AllocationRule.position))) or 0
    return _write(actor, content, last + 1, now)


def change_rule(
    actor: Actor, rule: AllocationRule, content: RuleContent, now: datetime
) -> AllocationRule:
    """The rule as it is from now on, in its place; the former one is kept for an undo. Whose turn
    it was stays, if they still take part. Raises `Conflict` when somebody else changed it."""
    _hold_all()
    db.session.refresh(rule)
    if rule.removed_at is not None:
        raise Conflict(_l("Somebody else changed this rule meanwhile."))
    if RuleContent.of(rule) == content:
        return rule
    rule.removed_at = now
    return _write(actor, content, rule.position, now, replaces=rule)


def remove_rule(actor: Actor, rule: AllocationRule, now: datetime) -> None:
    """It hands out nothing any more; `put_back_rule` undoes it."""
    _hold_all()
    db.session.refresh(rule)
    if rule.removed_at is None:
        rule.removed_at = now
        audit.record(actor.id, "allocation.removed", rule.ref, now)


def put_back_rule(actor: Actor, rule: AllocationRule, now: datetime) -> None:
    """As if it had not been removed, or changed: what came in its place goes."""
    _hold_all()
    db.session.refresh(rule)
    if rule.removed_at is None:
        return
    instead = db.session.scalars(rules_in_order().where(AllocationRule.replaces_id == rule.id))
    for other in instead:
        other.removed_at = now
    rule.removed_at = None
    audit.record(actor.id, "allocation.put_back", rule.ref, now)


def move_rule(actor: Actor, rule: AllocationRule, down: bool, now: datetime) -> bool:
    """Before or behind its neighbour; whether there was one."""
    present = _hold_all()
    place = next((n for n, each in enumerate(present) if each.id == rule.id), None)
    other = None if place is None else place + (1 if down else -1)
    if place is None or other is None or not 0 <= other < len(present):
        return False
    ordered = [*present]
    ordered[place], ordered[other] = ordered[other], ordered[place]
    for position, each in enumerate(ordered, start=1):
        each.position = position
    audit.record(actor.id, "allocation.moved", rule.ref, now, position=other + 1)
    return True


def _hold_all() -> Sequence[AllocationRule]:
    """Nobody hands out by them, or changes them, until the end."""
    query = rules_in_order().with_for_update(of=AllocationRule, key_share=True)
    return db.session.scalars(query.execution_options(populate_existing=True)).all()


def _write(
    actor: Actor, content: RuleContent, position: int, now: datetime,
    replaces: AllocationRule | None = None,
) -> AllocationRule:
    if bool(content.people) == (content.team_id is not None):
        raise Refused(_l("Choose a team, or name people."))
    if len(content.people) > MOST_PEOPLE:
        raise Refused(_l("At most %(most)d people in one rule; choose a team instead.",
                         most=MOST_PEOPLE))
    rule = AllocationRule(
        position=position, regions=list(content.regions), industries=list(content.industries),
        channels=list(content.channels), products=list(content.products),
        people=list(content.people), team_id=content.team_id, changed_by_id=actor.id,
        changed_at=now, replaces_id=replaces.id if replaces else None,
        last_person_id=replaces.last_person_id if replaces else None,
    )
    db.session.add(rule)
    # The audit entry names the new id.
    db.session.flush()
    audit.record(actor.id, "allocation.saved", rule.ref, now, regions=rule.regions,
                 industries=rule.industries, channels=rule.channels, products=rule.products,
                 people=rule.people, team=rule.team_id,
                 **({"instead_of": replaces.id} if replaces else {}))
    return rule
