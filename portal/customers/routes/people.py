"""Who of us works for a customer: backup, team, and another owner."""

from flask import Response, flash, g, request, url_for

from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.render import go, render
from portal.core.unit_of_work import abandon
from portal.customers.actions import ownership
from portal.customers.actions.holding import hold
from portal.customers.forms import HandOverForm, JoinForm
from portal.customers.models import Customer
from portal.customers.routes import blueprint
from portal.people.choosing import colleague_of


@blueprint.route("/customers/<int:customer_id>/people", methods=["GET", "POST"])
@access.requires("customer:staff")
def people(customer_id: int) -> Response:
    """Who works for the customer, and a colleague more."""
    customer = access.fetch(Customer, customer_id, "customer:staff")
    form = JoinForm()
    if request.method == "GET":
        return _people_page(customer, form)
    colleague = colleague_of(g.actor, form)
    if colleague is None:
        return _people_page(customer, form, 422)
    hold(customer)
    if not ownership.join(customer, colleague.id, form.part.data, clock.now(),
                          actor_id=g.actor.id):
        form.asked.errors = [_("%(name)s is that already.", name=colleague.name)]
        return _people_page(customer, form, 422)
    flash(_("%(name)s works for this customer now.", name=colleague.name), "success")
    return go(url_for("customers.people", customer_id=customer.id))


@blueprint.post("/customers/<int:customer_id>/people/<int:user_id>/<part>/leave")
@access.requires("customer:staff")
def leave(customer_id: int, user_id: int, part: str) -> Response:
    """Somebody no longer works for the customer."""
    customer = access.fetch(Customer, customer_id, "customer:staff")
    hold(customer)
    if ownership.leave(customer, user_id, part, clock.now(), actor_id=g.actor.id):
        flash(_("Done. It stands in the timeline."), "success")
    return go(url_for("customers.show" if user_id == g.actor.id else "customers.people",
                      customer_id=customer.id))


@blueprint.route("/customers/<int:customer_id>/hand-over", methods=["GET", "POST"])
@access.requires("customer:assign")
def hand_over(customer_id: int) -> Response:
    """Another person has the customer from now on."""
    customer = access.fetch(Customer, customer_id, "customer:assign")
    form = HandOverForm()
    if request.method == "GET":
        return _hand_over_page(customer, form)
    colleague = colleague_of(g.actor, form)
    if colleague is None:
        return _hand_over_page(customer, form, 422)
    name = colleague.name
    try:
        ownership.hand_over([customer], colleague.id, g.actor.id, clock.now(),
                            reason=form.reason.data or "")
    except Refused as refused:
        form.form_errors.append(str(refused.message))
        return _hand_over_page(customer, form, refused.status)
    flash(_("%(customer)s belongs to %(name)s now.", customer=customer.name, name=name), "success")
    return go(url_for("customers.show", customer_id=customer.id))


def _people_page(customer: Customer, form: JoinForm, status: int = 200) -> Response:
    if status >= 400:
        # What the page still shows is read anew.
        abandon()
    return render("customers/people.html", status=status, customer=customer, form=form)


def _hand_over_page(customer: Customer, form: HandOverForm, status: int = 200) -> Response:
    if status >= 400:
        abandon()
    return render("customers/hand_over.html", status=status, customer=customer, form=form)
