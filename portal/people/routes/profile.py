"""Who is who: the directory, a person's page, a team's page."""

from flask import Response, abort, g, request

from portal.core import access
from portal.core.paging import paginate
from portal.core.render import render
from portal.extensions import db
from portal.people import queries
from portal.people.models import Team, User
from portal.people.routes import blueprint


@blueprint.get("/people")
@access.requires("people:read")
def directory() -> Response:
    """Everyone in the department, to search by name."""
    text = request.args.get("q", "")[:80]
    page = paginate(queries.people(text), per_page=50)
    return render("people/directory.html", "people/_directory.html", page=page, text=text)


@blueprint.get("/people/<int:user_id>")
@access.requires("people:read")
def profile(user_id: int) -> Response:
    """A person: team, leader, and what they contributed (a fragment of the case library)."""
    user = db.session.get(User, user_id)
    if user is None:
        abort(404)
    manager_id = g.actor.tree.line_manager(user.id, user.team_id)
    manager = db.session.get(User, manager_id) if manager_id else None
    return render("people/profile.html", person=user, manager=manager)


@blueprint.get("/teams")
@access.requires("people:read")
def team_list() -> Response:
    """The tree of teams."""
    return render("people/team_list.html", rows=_tree_rows(), counts=queries.head_counts())


@blueprint.get("/teams/<int:team_id>")
@access.requires("people:read")
def team(team_id: int) -> Response:
    """A team: its leader, its people, and what it contributed."""
    found = db.session.get(Team, team_id)
    if found is None:
        abort(404)
    members = paginate(queries.people(team_ids=g.actor.tree.subtree(team_id)), per_page=50)
    return render("people/team.html", team=found, members=members)


def _tree_rows() -> list[tuple[int, Team]]:
    """Every team with its depth, parents before children."""
    teams = list(db.session.scalars(queries.teams()))
    known = {team.id for team in teams}
    rows: list[tuple[int, Team]] = []

    def walk(parent_id: int | None, depth: int) -> None:
        for team in teams:
            parent = team.parent_id if team.parent_id in known else None
            if parent == parent_id and depth < 20:
                rows.append((depth, team))
                walk(team.id, depth + 1)

    walk(None, 0)
    return rows
