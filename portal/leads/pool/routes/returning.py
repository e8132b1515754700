"""A lead goes back to the pool, with a reason."""

from flask import Response, g, url_for

from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.render import flash_with_undo, go, render
from portal.core.unit_of_work import abandon
from portal.leads.models import Lead
from portal.leads.pool import actions
from portal.leads.pool.forms import ReturnForm
from portal.leads.pool.routes import blueprint
from portal.people.sessions import keeps_text


@blueprint.route("/leads/<int:lead_id>/return", methods=["GET", "POST"])
@access.requires("lead:return")
@keeps_text
def return_lead(lead_id: int) -> Response:
    """Everybody may claim it again; undone with one tap as long as nobody did."""
    lead = access.fetch(Lead, lead_id, "lead:return")
    form = ReturnForm()
    if not form.validate_on_submit():
        return _page(lead, form, 422 if form.is_submitted() else 200)
    try:
        step = actions.return_lead(g.actor, lead, form.reason.data or "", clock.now())
    except Refused as refused:
        form.form_errors.append(str(refused.message))
        return _page(lead, form, refused.status)
    flash_with_undo(_("“%(name)s” is back in the pool.", name=lead.customer.name),
                    url_for("pool.undo", pool_step_id=step.id))
    return go(url_for("pool.show"))


def _page(lead: Lead, form: ReturnForm, status: int) -> Response:
    if status >= 400:
        abandon()
    return render("pool/return_lead.html", status=status, lead=lead, form=form)
