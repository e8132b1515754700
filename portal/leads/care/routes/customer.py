"""The care of one customer: what is to be done, what they said, what warns."""

from datetime import date
from typing import Any, cast

from flask import Response, flash, g, url_for
from sqlalchemy import select

from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.paging import paginate
from portal.core.render import go, render
from portal.core.unit_of_work import abandon
from portal.customers.models import Contact, Customer
from portal.extensions import db
from portal.leads.care import actions, queries, rules, words
from portal.leads.care.forms import FeedbackForm, OutcomeForm, ReasonForm, RenewalForm
from portal.leads.care.options import limits
from portal.leads.care.routes import blueprint


@blueprint.get("/customers/<int:customer_id>/care")
@access.requires("customer:read")
def of_customer(customer_id: int) -> Response:
    """Tasks, answers, the renewal and the warning."""
    return care_page(access.fetch(Customer, customer_id, "customer:read"))


@blueprint.post("/customers/<int:customer_id>/renewal")
@access.requires("customer:edit")
def renewal(customer_id: int) -> Response:
    """Until when the contract runs."""
    customer = access.fetch(Customer, customer_id, "customer:edit")
    form = RenewalForm()
    if not form.validate():
        return care_page(customer, renewal=form, status=422)
    try:
        changed = actions.set_renewal(g.actor, customer, form.renewal_on.data,
                                      form.reason.data or "", clock.now())
    except Refused as refused:
        form.form_errors.append(str(refused))
        return again(customer_id, renewal=form)
    flash(_("Saved.") if changed else _("Nothing was different."), "success")
    return to_care(customer_id)


def care_page(customer: Customer, *, status: int = 200, **forms: Any) -> Response:
    """The page, with the form that was refused in place of an empty one."""
    now = clock.now()
    signals = queries.signals_of(customer, now)
    warns = rules.warnings(signals, limits()) if customer.customer_since else ()
    given = {
        "feedback": forms.get("feedback") or feedback_form(customer),
        "renewal": forms.get("renewal") or RenewalForm(
            formdata=None, data={"renewal_on": customer.renewal_on}),
        "outcome": OutcomeForm(formdata=None), "reason": ReasonForm(formdata=None),
        "refused": forms.get("refused"),
    }
    return render(
        "care/of_customer.html", customer=customer, tasks=paginate(queries.tasks_of(customer)),
        said=paginate(queries.feedback_of(customer), parameter="said"), signals=signals,
        warns=warns, care_words=words, today=clock.today(), status=status, **given,
    )


def feedback_form(customer: Customer, *, typed: bool = False) -> FeedbackForm:
    """An empty form, or what was sent; contacts are those of the customer."""
    form = FeedbackForm() if typed else FeedbackForm(formdata=None, data={
        "given_on": clock.today(), "kind": rules.NPS})
    query = (select(Contact.id, Contact.name)
             .where(Contact.customer_id == customer.id, Contact.voided_at.is_(None))
             .order_by(Contact.id).limit(100))
    people = [(str(number), name) for number, name in db.session.execute(query)]
    form.contact_id.choices = [("", _("Not said")), *people]
    return form


def again(customer_id: int, **forms: Any) -> Response:
    """The page as the database has it, with what was refused."""
    abandon()
    return care_page(access.fetch(Customer, customer_id, "customer:read"), status=422, **forms)


def to_care(customer_id: int) -> Response:
    return go(url_for("care.of_customer", customer_id=customer_id))


def day_of(form: FeedbackForm) -> date:
    """The day; asked of a valid form."""
    return cast(date, form.given_on.data)
