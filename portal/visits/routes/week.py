"""The week plan (V1): one's own, and those of the people one leads."""

from datetime import timedelta

from flask import Response, abort, g, request
from sqlalchemy import or_, select

from portal.core import access, clock
from portal.core.paging import paginate
from portal.core.render import render
from portal.customers.queries.reading import covered
from portal.extensions import db
from portal.people.models import Team, User
from portal.visits import rules
from portal.visits.actions.copying import WEEK
from portal.visits.days import shown_days
from portal.visits.queries.proposals import proposals
from portal.visits.queries.weeks import Week, people_led, visits_in, visits_of
from portal.visits.routes import blueprint
from portal.visits.routes.asking import number_in

PEOPLE_A_PAGE = 25


@blueprint.get("/visits")
@access.requires("lead:use")
def week() -> Response:
    """One week of a person, day by day; of somebody one leads, to be read."""
    shown, today = week_asked(), clock.today()
    person = _person_asked()
    own = person.id == g.actor.id
    return render(
        "visits/week.html", week=shown, person=person, own=own, today=today,
        visits=visits_in(person.id, shown), days=shown_days(shown.days),
        proposed=proposals(g.actor, shown, today) if own else [],
        leads=access.allows(g.actor, "visit:lead"),
        later=[shown.monday + WEEK + timedelta(days=number) for number in range(5)],
    )


@blueprint.get("/visits/team")
@access.requires("visit:lead")
def team_week() -> Response:
    """The week of the people one leads, one row each."""
    shown = week_asked()
    people = people_led(g.actor)
    team_id, text = number_in("team"), request.args.get("q", "").strip()[:80]
    if team_id is not None:
        people = people.where(User.team_id.in_(g.actor.tree.subtree(team_id)))
    if text:
        people = people.where(or_(User.name.contains(text, autoescape=True),
                                  User.login.contains(text, autoescape=True)))
    page = paginate(people, per_page=PEOPLE_A_PAGE)
    return render(
        "visits/team_week.html", "visits/_team_week.html", week=shown, page=page, q=text,
        team_id=team_id, teams=_teams(), today=clock.today(), days=shown_days(shown.days),
        visits=visits_of([person.id for person in page.items], shown),
    )


def week_asked() -> Week:
    """The week in the address, or this one."""
    named = rules.monday_named(request.args.get("week", ""))
    return Week(named or rules.monday_of(clock.today()))


def _person_asked() -> User:
    number = number_in("person")
    if number is None or number == g.actor.id:
        me: User = g.user
        return me
    found = db.session.scalar(select(User).where(User.id == number, covered(g.actor)))
    return found or abort(404)


def _teams() -> list[Team]:
    """The teams one leads, by name."""
    led = g.actor.tree.led_by(g.actor.id)
    return list(db.session.scalars(select(Team).where(Team.id.in_(led)).order_by(Team.name)))
