"""Cases past their verification: one's own, and by owner for who leads them."""

from flask import Response, flash, g, url_for

from portal.cases.trust import rules
from portal.cases.trust.queries.due import due_of, overdue_by_owner
from portal.cases.trust.routes import blueprint
from portal.cases.trust.subjects import OVERDUE_LIST
from portal.core import access, audit, clock
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.paging import paginate
from portal.core.render import go, render
from portal.people.models import User
from portal.reminders.actions import notify


@blueprint.get("/cases/overdue")
@access.requires("portal:use")
def overdue() -> Response:
    """What to verify again, each with one tap; managers see the owners below."""
    today = clock.today()
    return render(
        "trust/overdue.html", "trust/_overdue.html", page=paginate(due_of(g.actor, today)),
        owners=overdue_by_owner(g.actor, today) if g.actor.is_manager else [], today=today,
    )


@blueprint.post("/cases/overdue/remind/<int:user_id>")
@access.requires("case:review")
def remind_owner(user_id: int) -> Response:
    """Ask an owner to look at their overdue cases; at most once a week."""
    owners = {row.id: row for row in overdue_by_owner(g.actor, clock.today())}
    person = access.fetch(User, user_id, "people:read")
    if user_id not in owners or owners[user_id].deactivated_at is not None:
        raise Refused(_("Nothing of %(name)s waits to be verified.", name=person.name))
    now = clock.now()
    notify({user_id}, "trust.asked", OVERDUE_LIST, now, actor_id=g.actor.id,
           key=f"asked:{g.actor.id}:{rules.week_of(clock.today())}")
    audit.record(g.actor.id, "owner.reminded", f"user:{user_id}", now)
    flash(_("%(name)s is reminded, at most once a week.", name=person.name), "success")
    return go(url_for("trust.overdue"))
