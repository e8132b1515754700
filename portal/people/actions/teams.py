"""What is done with teams."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update

from portal.core import audit
from portal.core.errors import Refused
from portal.core.events import publish
from portal.core.i18n import lazy_gettext as _l
from portal.extensions import db
from portal.people import queries
from portal.people.events import TeamDissolved, TeamRenamed
from portal.people.models import Team, User
from portal.people.rules import LONGEST_NAME, Actor


def save_team(
    actor_id: int | None, team: Team | None, name: str, parent_id: int | None,
    leader_id: int | None, now: datetime,
) -> Team:
    """A new team, or new facts of one. Raises `Refused` for a name in use or a circle; publishes
    `TeamRenamed`."""
    if not 0 < len(name) <= LONGEST_NAME:
        raise Refused(_l("A team's name has 1 to 80 characters."))
    taken = db.session.scalar(select(Team).where(Team.name == name))
    if taken is not None and taken is not team:
        raise Refused(_l("There is already a team of this name."))
    if team is not None and queries.team_tree().would_loop(team.id, parent_id):
        raise Refused(_l("A team cannot stand below itself."))
    if team is None:
        team = Team()
        db.session.add(team)
    renamed = team.name is not None and team.name != name
    team.name, team.parent_id, team.leader_id = name, parent_id, leader_id
    # The audit entry names the new id.
    db.session.flush()
    if renamed:
        publish(TeamRenamed(team.id))
    audit.record(actor_id, "team.saved", f"team:{team.id}", now, name=name, parent_id=parent_id,
                 leader_id=leader_id)
    return team


def move_people(actor: Actor, people: Sequence[User], team: Team | None, now: datetime) -> int:
    """Put these people into the team, or into none; the number of those who were elsewhere."""
    target = team.id if team is not None else None
    moving = [user for user in people if user.team_id != target]
    for user in moving:
        audit.record(actor.id, "person.changed", f"user:{user.id}", now,
                     team_id=[user.team_id, target])
        user.team_id = target
    return len(moving)


def dissolve_team(actor: Actor, team: Team, heir: Team | None, now: datetime) -> None:
    """Remove an empty team; what still refers to it goes to the heir, or to no team.

    Those who left keep a place, so that somebody leads what they left behind: with them an heir is
    needed. Raises `Refused` without one, and while people or teams belong to it. Publishes
    `TeamDissolved`.
    """
    if heir is team:
        raise Refused(_l("Choose another team."))
    people = select(User.id).where(User.team_id == team.id, User.deactivated_at.is_(None))
    below = select(Team.id).where(Team.parent_id == team.id)
    if db.session.scalar(people.limit(1)) or db.session.scalar(below.limit(1)):
        raise Refused(_l("Move its people and the teams below it first."))
    if heir is None and (left := queries.left_in(team)):
        raise Refused(_l("People who left stand in this team: %(count)d. Choose the team whose "
                         "leader hands over what they had.", count=left))
    heir_id = heir.id if heir is not None else None
    db.session.execute(update(User).where(User.team_id == team.id).values(team_id=heir_id))
    publish(TeamDissolved(team.id, heir_id))
    audit.record(actor.id, "team.dissolved", f"team:{team.id}", now, name=team.name,
                 heir_id=heir_id)
    db.session.delete(team)
