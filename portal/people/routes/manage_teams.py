"""The tree of teams: add, change, dissolve."""

from flask import Response, flash, g, request, url_for

from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.render import go, render
from portal.core.text import line
from portal.core.unit_of_work import abandon
from portal.extensions import db
from portal.people import actions, queries
from portal.people.forms.manage import DissolveForm, TeamForm, team_choices
from portal.people.models import Team, User
from portal.people.routes import blueprint
from portal.people.words import ROLE_WORDS


@blueprint.get("/manage/teams")
@access.requires("people:manage")
def manage_teams() -> Response:
    """Every team in its place, with head counts and what is not right yet."""
    loose = queries.people(queries.PeopleFilter(no_team=True)).order_by(None)
    return render("people/manage_teams.html", forest=queries.team_forest(),
                  has_loose_people=db.session.scalar(loose.limit(1)) is not None)


@blueprint.route("/manage/teams/add", methods=["GET", "POST"])
@access.requires("people:manage")
def add_team() -> Response:
    """A new team."""
    form = _team_form(None)
    if request.method == "GET":
        form.parent_id.data = request.args.get("parent", type=int)
        return render("people/add_team.html", form=form)
    return _save(form, None)


@blueprint.route("/manage/teams/<int:team_id>/edit", methods=["GET", "POST"])
@access.requires("people:manage")
def edit_team(team_id: int) -> Response:
    """A team's name, place and leader, and the way to its people."""
    team = access.fetch(Team, team_id, "people:manage")
    form = _team_form(team)
    if request.method == "GET":
        form.begin(_stored(team))
        return _page(form, team)
    if form.validate() and form.is_stale(_stored(team)):
        form.begin(_stored(team))
        form.form_errors.append(_(
            "Somebody else changed this team in the meantime. Below is what you entered; "
            "save again to replace what is stored."
        ))
        return _page(form, team, 409)
    return _save(form, team)


@blueprint.post("/manage/teams/<int:team_id>/dissolve")
@access.requires("people:manage")
def dissolve_team(team_id: int) -> Response:
    """Remove an empty team; what belonged to it goes to another one."""
    team = access.fetch(Team, team_id, "people:manage")
    form = DissolveForm()
    form.heir_id.choices = team_choices(queries.teams_with_depth(), _("No team"))
    if not form.validate():
        raise Refused(_("This team does not exist any more."))
    heir = db.session.get(Team, form.heir_id.data) if form.heir_id.data else None
    actions.dissolve_team(g.actor, team, heir, clock.now())
    flash(_("The team %(name)s is dissolved.", name=team.name), "success")
    return go(url_for("people.manage_teams"))


def _save(form: TeamForm, team: Team | None) -> Response:
    if not form.validate():
        return _page(form, team, 422)
    try:
        team = actions.save_team(
            g.actor.id, team, line(form.name.data), form.parent_id.data, form.leader_id.data,
            clock.now(),
        )
    except Refused as refused:
        form.form_errors.append(str(refused.message))
        return _page(form, team, refused.status)
    flash(_("Saved."), "success")
    _look_after_leader(form)
    return go(url_for("people.manage_teams"))


def _look_after_leader(form: TeamForm) -> None:
    """Make the leader a manager when that is wanted; else say what they cannot do."""
    leader = db.session.get(User, form.leader_id.data) if form.leader_id.data else None
    if leader is None or leader.role == "manager":
        return
    if form.make_manager.data and actions.make_manager(g.actor, leader, clock.now()):
        flash(_("%(name)s is a manager now.", name=leader.name), "success")
    else:
        flash(_("%(name)s leads the team with the role “%(role)s”; only managers validate cases.",
                name=leader.name, role=ROLE_WORDS[leader.role]), "warning")


def _stored(team: Team) -> list[object]:
    return [team.name, team.parent_id, team.leader_id]


def _team_form(team: Team | None) -> TeamForm:
    form = TeamForm(obj=team)
    rows = queries.teams_with_depth()
    below = g.actor.tree.subtree(team.id) if team is not None else frozenset()
    form.parent_id.choices = team_choices(
        [(depth, other) for depth, other in rows if other.id not in below], _("No other team")
    )
    people = queries.leader_candidates(team)
    form.leader_id.choices = [
        ("", _("Nobody yet")),
        *((str(user.id), f"{user.name} – {ROLE_WORDS[user.role]}") for user in people),
    ]
    return form


def _page(form: TeamForm, team: Team | None, status: int = 200) -> Response:
    if status >= 400:
        # What the page still shows is read anew.
        abandon()
    if team is None:
        return render("people/add_team.html", status=status, form=form)
    left = queries.left_in(team)
    dissolve = DissolveForm(formdata=None, heir_id=team.parent_id)
    dissolve.heir_id.choices = [
        choice for choice in team_choices(queries.teams_with_depth(), _("No team"))
        if choice[0] != str(team.id) and (choice[0] or not left)
    ]
    return render(
        "people/edit_team.html", status=status, form=form, team=team, dissolve=dissolve,
        people=queries.head_counts().get(team.id, 0), below=queries.teams_below(team), left=left,
    )
