"""The people whom a text may call, while somebody types "@"."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from portal.cases.following import queries
from portal.cases.models import Case
from portal.core.text import folded
from portal.extensions import db
from portal.people.models import Team, User
from portal.people.queries.colleagues import sounds_like
from portal.people.rules import Actor

MOST = 8


@dataclass(frozen=True)
class Suggestion:
    """Somebody to call; `reads` is False for who could not read what is written."""

    name: str
    login: str
    team: str | None
    reads: bool


def people_like(actor: Actor, text: str, case: Case | None) -> list[Suggestion]:
    """Active people whose name holds the text or sounds like it, or whose login begins so.

    First who takes part in the case, then one's own team. For "@" alone those are all that is
    offered.
    """
    talking = queries.talking_in(case) if case is not None else set()
    fits, wanted = _fitting(folded(text)), folded(text)
    near = [
        row for row in db.session.execute(_ACTIVE)
        if row.id != actor.id and fits(row)
        and (wanted or row.id in talking or row.team_id == actor.team_id is not None)
    ]
    near.sort(key=lambda row: (row.id not in talking, row.team_id != actor.team_id, row.name))
    chosen = near[:MOST]
    readers = _readers(case, actor, chosen)
    return [Suggestion(row.name, row.login, row.team, row.id in readers) for row in chosen]


_ACTIVE = (
    select(User.id, User.name, User.login, User.role, User.team_id, Team.name.label("team"))
    .outerjoin(Team, Team.id == User.team_id)
    .where(User.deactivated_at.is_(None))
)


def _fitting(wanted: str) -> Callable[[Any], bool]:
    """Compared here: databases know neither width nor sound, and a department has few people."""
    sounds = sounds_like(wanted) if wanted else None
    return lambda row: (
        wanted in folded(row.name) or row.login.startswith(wanted)
        or bool(sounds and sounds.search(row.name))
    )


def _readers(case: Case | None, actor: Actor, rows: list[Any]) -> set[int]:
    if case is None:
        return {row.id for row in rows}
    people = (Actor(row.id, row.role, row.team_id, actor.tree) for row in rows)
    return {person.id for person in people if queries.may_read(person, case)}
