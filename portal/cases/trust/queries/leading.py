"""Whose cases a manager vouches for, as conditions on cases joined with their owner."""

from sqlalchemy import ColumnElement, and_, false, or_

from portal.cases.models import Case
from portal.people.models import User
from portal.people.rules import Actor


def vouched_by(actor: Actor) -> ColumnElement[bool]:
    """The rule `vouches_for` of the policy, but for reading: who leads the owner, directly or
    from above; where nobody does, any other manager."""
    if not actor.is_manager:
        return false()
    chains = actor.tree.chains()
    unled = [team for team, leaders in chains.items() if not leaders]
    # Who leads a team that nobody else leads has nobody above.
    alone = [and_(User.team_id == team, User.id == leaders[0])
             for team, leaders in chains.items() if len(leaders) == 1]
    return and_(
        Case.owner_id != actor.id,
        or_(User.team_id.in_(actor.tree.led_by(actor.id)), User.team_id.is_(None),
            User.team_id.in_(unled), *alone),
    )


def led_directly_by(actor: Actor) -> ColumnElement[bool]:
    """The rule `is_line_manager_of`: the nearest leader above the owner."""
    teams, heads = [], []
    for team, leaders in actor.tree.chains().items():
        if leaders and leaders[0] == actor.id:
            teams.append(team)
        elif len(leaders) > 1 and leaders[1] == actor.id:
            # Who leads the team is led by the next one above.
            heads.append(and_(User.team_id == team, User.id == leaders[0]))
    return and_(Case.owner_id != actor.id, or_(User.team_id.in_(teams), *heads))
