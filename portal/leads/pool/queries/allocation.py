"""Reads for the page of the rules: who takes turns in which, and whom a name means."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.leads.pool.models import AllocationRule
from portal.leads.pool.queries.due import has_rules
from portal.leads.pool.turns import Turns, wants
from portal.people.models import User
from portal.people.queries import people_with_ids, teams_with_depth
from portal.people.queries.colleagues import called
from portal.people.rules import SELLERS

__all__ = ["ShownRule", "has_rules", "named", "people_called", "shown_rules", "team_choices"]


@dataclass(frozen=True)
class ShownRule:
    """A rule with the people who take turns (those who left are missing) and who is next; nobody
    when all are at the cap."""

    rule: AllocationRule
    people: Sequence[User]
    next: User | None
    everything: bool


def shown_rules() -> list[ShownRule]:
    """All rules in their order, in few statements."""
    turns = Turns()
    rows = {person.id: person for person in people_with_ids(turns.everybody)}
    return [
        ShownRule(rule, [rows[person] for person in turns.people_of(rule)],
                  rows.get(turns.next_of(rule) or 0), not _asks(rule))
        for rule in turns.rules
    ]


def _asks(rule: AllocationRule) -> bool:
    asked = wants(rule)
    return bool(asked.regions or asked.industries or asked.channels or asked.products)


def team_choices() -> list[tuple[str, str]]:
    """The teams as a tree."""
    return [(str(team.id), f"{'　' * depth}{team.name}") for depth, team in teams_with_depth()]


def named(people: Collection[int]) -> str:
    """Logins, in the order of their turns."""
    rows = {person.id: person.login for person in people_with_ids(people)}
    return ", ".join(rows[person] for person in people if person in rows)


def people_called(text: str) -> tuple[int, ...]:
    """Whom the names or logins mean, in their order. Raises `Refused` for one that means nobody,
    several people, or somebody who sells nothing."""
    found: list[int] = []
    for name in (part.strip() for part in re.split(r"[,，、;；\n]", text)):
        if not name:
            continue
        people = called(name)
        if len(people) > 1:
            logins = ", ".join(f"{person.name} ({person.login})" for person in people)
            raise Refused(_l("Whom do you mean: %(names)s? Write the login.", names=logins))
        if not people or people[0].role not in SELLERS:
            raise Refused(_l("Nobody who sells here is called %(name)s. Write the whole name or "
                             "the login.", name=name))
        if people[0].id not in found:
            found.append(people[0].id)
    return tuple(found)
