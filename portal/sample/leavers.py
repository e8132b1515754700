"""How sample people and teams leave: what was theirs is handed over, detached, or goes."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select

from portal.cases.models import Case, Comment, Solution
from portal.core import audit
from portal.core.events import publish
from portal.extensions import db
from portal.people.events import PersonDeactivated, TeamDissolved
from portal.people.models import Team, User
from portal.people.queries import team_tree
from portal.sample import references

# No hash at all: nothing that is typed ever matches it.
NO_PASSWORD = "!"  # noqa: S105 the absence of one


def hand_over_library(people: Collection[int], now: datetime) -> None:
    """What these people brought in from files is the work of others: the first administrator
    who stays gets it. When there is none, it stays with them as with anybody who left."""
    heir = db.session.scalar(
        select(User)
        .where(User.role == "admin", User.is_sample.is_(False), User.deactivated_at.is_(None))
        .order_by(User.id).limit(1)
    )
    if heir is None:
        return
    for model, owner in ((Case, Case.owner_id), (Solution, Solution.author_id),
                         (Comment, Comment.author_id)):
        brought = select(model).where(owner.in_(people), model.byline.is_not(None))
        if model is Case:
            brought = brought.where(Case.is_sample.is_(False))
        rows = list(db.session.scalars(brought))
        for row in rows:
            setattr(row, owner.key, heir.id)
        if rows:
            audit.record(None, "sample.handed_over", f"user:{heir.id}", now,
                         **{model.__tablename__: len(rows)})


def dissolve(teams: Collection[int], people: Collection[int], now: datetime) -> None:
    """Remove the teams; people, cases and teams that stay are detached from them."""
    # The bulk statements below must see what was changed so far.
    db.session.flush()
    for user in db.session.scalars(
        select(User).where(User.team_id.in_(teams), User.is_sample.is_(False))
    ):
        audit.record(None, "person.changed", f"user:{user.id}", now,
                     team_id=[user.team_id, None])
    for team_id in teams:
        publish(TeamDissolved(team_id, None))
    _detach_teams(teams, people, now)
    db.session.flush()
    references.clear(Team, teams)
    db.session.execute(delete(Team).where(Team.id.in_(teams)))
    db.session.expire_all()


def _detach_teams(teams: Collection[int], people: Collection[int], now: datetime) -> None:
    """Teams that stay hang below the next team above that stays, and lose a sample leader."""
    tree = team_tree()
    detached = select(Team).where(
        Team.id.not_in(teams), Team.parent_id.in_(teams) | Team.leader_id.in_(people)
    )
    for team in list(db.session.scalars(detached)):
        above = tree.upward(team.parent_id)
        team.parent_id = next((each for each in above if each not in teams), None)
        if team.leader_id in people:
            team.leader = None
        audit.record(None, "team.saved", f"team:{team.id}", now, name=team.name,
                     parent_id=team.parent_id)


def dismiss(people: Collection[int], now: datetime) -> list[str]:
    """Remove the people, and everything that was only theirs; the names of those who stay
    because the history of something else names them."""
    references.clear_own(User, people, "user_id")
    staying = references.named(User, people)
    db.session.execute(delete(User).where(User.id.in_(set(people) - staying)))
    kept = list(db.session.scalars(select(User).where(User.id.in_(staying)).order_by(User.id)))
    for user in kept:
        user.is_sample, user.password_hash = False, NO_PASSWORD
        if user.deactivated_at is None:
            user.deactivated_at = now
            audit.record(None, "person.deactivated", f"user:{user.id}", now)
            publish(PersonDeactivated(user.id))
    return [user.name for user in kept]
