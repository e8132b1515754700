"""Whose leads pages of numbers count: a team that one leads, everybody's, one's own."""

from sqlalchemy import ColumnElement, select

from portal.customers.queries.reading import covers_everybody
from portal.extensions import db
from portal.leads.queries.filters import MINE, LeadFilters
from portal.leads.queries.reading import readable_by
from portal.people.models import Team
from portal.people.rules import Actor


def led_teams(actor: Actor) -> dict[int, str]:
    """The teams this person leads, directly or from above, those on top first."""
    led = actor.tree.led_by(actor.id)
    if not led:
        return {}
    rows = db.session.execute(select(Team.id, Team.name).where(Team.id.in_(led)))
    return dict(sorted(rows, key=lambda row: (len(actor.tree.upward(row[0])), row[1])))


def scope(actor: Actor, team: int | None) -> LeadFilters:
    """Whose leads a page of numbers counts: of the team asked for, if this person leads it; else
    everybody's as the head, their own teams' as a leader, their own."""
    teams = led_teams(actor)
    if team in teams:
        return LeadFilters(team=team)
    if covers_everybody(actor):
        return LeadFilters()
    return LeadFilters(team=next(iter(teams))) if teams else LeadFilters(owner=MINE)


def readable_beyond(
    actor: Actor, filters: LeadFilters, *, first: bool = False
) -> list[ColumnElement[bool]]:
    """What must be asked besides the filters, so that nothing is counted that this person may not
    read: nothing where the filters themselves see to it, which databases answer much sooner.
    `first` as in `readable_by`."""
    own = filters.owner == MINE or (filters.team is not None and filters.team in actor.tree.led_by(
        actor.id))
    return [] if own or covers_everybody(actor) else [readable_by(actor, first=first)]
