"""Who is who: the directory, a person's page, a team's page."""

from flask import Response, g, request

from portal.core import access
from portal.core.paging import paginate
from portal.core.render import render
from portal.extensions import db
from portal.people import queries
from portal.people.models import Team, User
from portal.people.routes import blueprint
from portal.people.words import ROLE_WORDS


@blueprint.get("/people")
@access.requires("people:read")
def directory() -> Response:
    """Everyone in the department, to search by name."""
    text = request.args.get("q", "")[:80]
    page = paginate(queries.people(queries.PeopleFilter(text)), per_page=50)
    return render("people/directory.html", "people/_directory.html", page=page, text=text,
                  role_words=ROLE_WORDS)


@blueprint.get("/people/<int:user_id>")
@access.requires("people:read")
def profile(user_id: int) -> Response:
    """A person: team, leader, and what they contributed (a fragment of the case library)."""
    user = access.fetch(User, user_id, "people:read")
    manager_id = g.actor.tree.line_manager(user.id, user.team_id)
    manager = db.session.get(User, manager_id) if manager_id else None
    return render("people/profile.html", person=user, manager=manager, role_words=ROLE_WORDS,
                  leads=queries.led_directly_by(user))


@blueprint.get("/teams")
@access.requires("people:read")
def team_list() -> Response:
    """The tree of teams."""
    return render("people/team_list.html", forest=queries.team_forest())


@blueprint.get("/teams/<int:team_id>")
@access.requires("people:read")
def team(team_id: int) -> Response:
    """A team: its leader, its people, and what it contributed."""
    found = access.fetch(Team, team_id, "people:read")
    wanted = queries.PeopleFilter(team_ids=g.actor.tree.subtree(team_id))
    members = paginate(queries.people(wanted), per_page=50)
    above = g.actor.tree.upward(found.parent_id)
    return render("people/team.html", "people/_members.html", team=found, members=members,
                  role_words=ROLE_WORDS, above=_teams_in_order(above),
                  below=queries.teams_below(found))


def _teams_in_order(ids: tuple[int, ...]) -> list[Team]:
    """These teams, the top first."""
    found = {team.id: team for team in db.session.scalars(queries.teams_with_ids(ids))}
    return [found[team_id] for team_id in reversed(ids)]
