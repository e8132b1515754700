"""Handing a lead to another person, by who leads its owner."""

from flask import Response, flash, g, url_for

from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.render import go, render
from portal.core.unit_of_work import abandon
from portal.leads.forms import GiveForm
from portal.leads.models import Lead
from portal.leads.pool.actions import assign_many
from portal.leads.queries.pages import SHOWN
from portal.leads.routes import blueprint
from portal.people.choosing import colleague_of
from portal.people.models import User


@blueprint.route("/leads/<int:lead_id>/hand-over", methods=["GET", "POST"])
@access.requires("lead:assign")
def hand_over(lead_id: int) -> Response:
    """Somebody else has it from now on; both are told."""
    lead = access.fetch(Lead, lead_id, "lead:assign", options=SHOWN)
    form = GiveForm()
    form.offer_owners(pool=False, colleagues=True)
    form.owner.data = "colleague"
    if not form.is_submitted():
        return _page(form, lead)
    colleague = colleague_of(g.actor, form)
    if colleague is None:
        return _page(form, lead, 422)
    name = colleague.name
    try:
        _hand(lead, colleague, form.reason.data or "")
    except Refused as refused:
        form.form_errors.append(str(refused.message))
        return _page(form, lead, refused.status)
    flash(_("%(name)s has this lead now, and is told.", name=name), "success")
    return go(url_for("leads.show", lead_id=lead.id))


def _hand(lead: Lead, to: User, reason: str) -> None:
    """Within the limits of what one person may hold. Raises `Refused`."""
    came_of_it = assign_many(g.actor, [lead.id], to, clock.now(), reason=reason)
    for _lead_id, why in came_of_it.refused:
        raise Refused(why)


def _page(form: GiveForm, lead: Lead, status: int = 200) -> Response:
    if status >= 400:
        abandon()
    return render("leads/hand_over.html", status=status, form=form, lead=lead)
