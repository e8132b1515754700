"""Customers whose owner left: handed over, many at once."""

from flask import Response, flash, g, request, url_for

from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.i18n import ngettext
from portal.core.paging import paginate
from portal.core.render import go, render
from portal.core.unit_of_work import abandon
from portal.customers.actions import ownership
from portal.customers.forms import HandOverForm
from portal.customers.models import Customer
from portal.customers.queries.orphans import orphans
from portal.customers.routes import blueprint
from portal.extensions import db
from portal.people.choosing import colleague_of

MOST = 200


@blueprint.route("/customers/without-owner", methods=["GET", "POST"])
@access.requires("customer:allocate")
def without_owner() -> Response:
    """Choose some of them, and who has them from now on."""
    form = HandOverForm()
    if request.method == "GET":
        return _page(form)
    chosen = _chosen()
    if not chosen:
        form.form_errors.append(_("Choose at least one customer."))
    colleague = colleague_of(g.actor, form)
    if colleague is None or not chosen:
        return _page(form, 422)
    name = colleague.name
    try:
        ownership.hand_over(chosen, colleague.id, g.actor.id, clock.now(),
                            reason=form.reason.data or "")
    except Refused as refused:
        form.form_errors.append(str(refused.message))
        return _page(form, refused.status)
    flash(ngettext("%(num)d customer handed over to %(name)s.",
                   "%(num)d customers handed over to %(name)s.", len(chosen), name=name), "success")
    return go(url_for("customers.without_owner"))


def _chosen() -> list[Customer]:
    """Those that were ticked and still wait; ids of other people's customers are left out."""
    ids = [int(each) for each in request.form.getlist("customer")[:MOST]
           if each.isascii() and each.isdigit() and len(each) < 10]
    if not ids:
        return []
    return list(db.session.scalars(orphans(g.actor).where(Customer.id.in_(ids))))


def _page(form: HandOverForm, status: int = 200) -> Response:
    if status >= 400:
        # What the page still shows is read anew.
        abandon()
    return render("customers/without_owner.html", status=status, form=form,
                  page=paginate(orphans(g.actor), per_page=50),
                  chosen=request.form.getlist("customer"))
