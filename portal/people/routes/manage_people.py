"""All accounts, to search, to export, and to put into teams."""

from flask import Response, flash, g, request, url_for

from portal.core import access, clock
from portal.core.downloads import csv_file
from portal.core.errors import Refused
from portal.core.i18n import current_language, ngettext
from portal.core.i18n import gettext as _
from portal.core.paging import paginate
from portal.core.render import go, here, render
from portal.extensions import db
from portal.people import queries
from portal.people.actions import move_people as put_into_team
from portal.people.forms.manage import team_choices
from portal.people.models import Team
from portal.people.queries.people import STATES
from portal.people.roster.columns import header_row, role_word
from portal.people.routes import blueprint
from portal.people.rules import ROLES
from portal.people.words import ROLE_WORDS, STATE_WORDS


@blueprint.get("/manage/people")
@access.requires("people:manage")
def manage_people() -> Response:
    """Everybody with an account, narrowed by the filters in the address."""
    page = paginate(queries.people(_filter()), per_page=50)
    return render(
        "people/manage_people.html", "people/_manage_people.html", page=page,
        filters=_chosen(), role_words=ROLE_WORDS, state_words=STATE_WORDS, states=STATES,
        teams=team_choices(queries.teams_with_depth(), _("No team")),
    )


@blueprint.get("/manage/people.csv")
@access.requires("people:manage")
def export_people() -> Response:
    """The same list as a file, which the import reads back."""
    language = current_language()
    rows: list[list[object]] = [list(header_row(language))]
    for user in db.session.scalars(queries.people(_filter())):
        rows.append([
            user.name, user.login, role_word(user.role, language),
            user.team.name if user.team else None, user.job_title, user.email, user.joined_on,
        ])
    return csv_file(f"people-{clock.today().isoformat()}.csv", rows)


@blueprint.post("/manage/people/move")
@access.requires("people:manage")
def move_people() -> Response:
    """Put the chosen people into a team, or into none."""
    ids = {int(value) for value in request.form.getlist("person") if _is_id(value)}
    target = request.form.get("team_id", "")
    if not ids:
        raise Refused(_("Choose people first."))
    if target and not _is_id(target):
        raise Refused(_("This team does not exist any more."))
    team = db.session.get(Team, int(target)) if target else None
    if target and team is None:
        raise Refused(_("This team does not exist any more."))
    count = put_into_team(g.actor, queries.people_with_ids(ids), team, clock.now())
    flash(ngettext("%(num)d person moved.", "%(num)d people moved.", count), "success")
    return go(here(url_for("people.manage_people")))


def _is_id(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) < 10


def _chosen() -> dict[str, str]:
    """What the address asks for, as the filter boxes show it."""
    chosen = {name: request.args.get(name, "")[:80] for name in ("q", "role", "team", "state")}
    return {**chosen, "state": chosen["state"] if chosen["state"] in STATES else "active"}


def _filter() -> queries.PeopleFilter:
    chosen = _chosen()
    team = chosen["team"]
    return queries.PeopleFilter(
        text=chosen["q"], by_login=True, state=chosen["state"],
        role=chosen["role"] if chosen["role"] in ROLES else "", no_team=team == "none",
        team_ids=g.actor.tree.subtree(int(team)) if _is_id(team) else None,
    )
