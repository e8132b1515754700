"""The teams whose leads a person may look at apart."""

from sqlalchemy import select

from portal.extensions import db
from portal.people.models import Team
from portal.people.rules import Actor


def led_teams(actor: Actor) -> dict[int, str]:
    """The teams this person leads, directly or from above, those on top first."""
    led = actor.tree.led_by(actor.id)
    if not led:
        return {}
    rows = db.session.execute(select(Team.id, Team.name).where(Team.id.in_(led))).tuples()
    return dict(sorted(rows, key=lambda row: (len(actor.tree.upward(row[0])), row[1])))
