"""What the forms share: the customer in the address, what was begun, and refusals."""

from collections.abc import Callable
from typing import TypeVar

from flask import Response, flash, g, request, url_for

from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.render import go
from portal.core.unit_of_work import abandon
from portal.customers.models import Customer
from portal.drafts import queries as draft_queries
from portal.drafts import web as drafts
from portal.drafts import writings
from portal.drafts.actions import Sent
from portal.drafts.web import DraftFields
from portal.leads.models import Lead
from portal.visits.forms import FollowUpForm, NextForm, UnplannedForm, VisitForm
from portal.visits.models import Visit
from portal.visits.queries.picking import contacts_of, open_leads_of

Form = TypeVar("Form", bound=NextForm)
Dated = TypeVar("Dated", UnplannedForm, FollowUpForm)


def number_in(name: str) -> int | None:
    """A number in the address or the form; None when it is missing or nonsense."""
    text = request.values.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def customer_asked() -> Customer | None:
    """The customer that the address names, by itself or by one of its deals; 404 and 403 when the
    person may not read it."""
    if (number := number_in("customer")) is not None:
        return access.fetch(Customer, number, "customer:read")
    if (lead_id := number_in("lead")) is None:
        return None
    customer = access.fetch(Lead, lead_id, "lead:read").customer
    access.demand(g.actor, "customer:read", customer)
    return customer


def offer(form: VisitForm, customer: Customer, kept: Lead | None = None) -> None:
    """Put the customer's own deals and people into the form."""
    form.offer(open_leads_of(customer), contacts_of(customer), kept)


def prefer_lead(form: VisitForm, customer: Customer) -> None:
    """The deal in the address; the only one, when there is one."""
    wanted = str(number_in("lead") or "")
    codes = form.lead.offered
    form.lead.data = wanted if wanted in codes else codes[0] if len(codes) == 1 else ""


def opened(
    form_class: type[Form], name: str, customer: Customer, *, adopt: bool = False,
    kept: Lead | None = None,
) -> tuple[Form, DraftFields]:
    """A form as it was left, or an empty one; `adopt` goes on with what was begun without
    asking."""
    begun = draft_queries.of_forms(g.actor, [name]) if adopt else []
    fields = drafts.draft_of(name, adopt=begun[0] if begun else None)
    form = form_class(formdata=fields.fields if fields.draft else None, meta={"csrf": False})
    offer(form, customer, kept)
    if fields.draft is not None and "check" in request.args:
        form.validate()
    return form, fields


def begun_in(name: str, but: str = "") -> list[writings.Shown]:
    """What else was begun in this form, to be offered."""
    return [line for line in writings.lines(g.actor, draft_queries.of_forms(g.actor, [name]))
            if line.key != but]


def saved(
    form: NextForm, name: str, save: Callable[[], Visit], show: Callable[[int], Response]
) -> Response | Visit:
    """What a sound form has become, once however often it arrives; otherwise its page again."""
    if not form.validate():
        abandon()
        return show(422)
    try:
        visit = save()
    except Refused as refused:
        abandon()
        form.form_errors.append(str(refused.message))
        return show(refused.status)
    drafts.sent(visit.ref)
    return visit


def written(
    form_class: type[Dated], name: str, customer: Customer, save: Callable[[Dated], Visit],
    show: Callable[[Dated, DraftFields, int], Response],
) -> Response | Visit:
    """The form for what nobody had planned: as it was left or for today; sent, what it became."""
    if request.method == "GET":
        form, fields = opened(form_class, name, customer)
        if fields.draft is None:
            form.day.data = clock.today()
            prefer_lead(form, customer)
        return show(form, fields, 200)
    if before := drafts.sent_before(name):
        return as_sent(before)
    form = form_class()
    offer(form, customer)
    return saved(form, name, lambda: save(form),
                 lambda status: show(form, drafts.draft_of(name), status))


def as_sent(before: Sent) -> Response:
    """It arrived already: the record that came of it."""
    if before.kept is not None:
        flash(_("This was sent already. What you have typed since differs: it is kept among your "
                "drafts."), "warning")
    return go(url_for("visits.show", visit_id=int(before.ref.partition(":")[2])))




def answered(done: Response | Visit, anchor: str | None = None) -> Response:
    """The page of what was saved; of a next step is spoken only where one was agreed."""
    if isinstance(done, Response):
        return done
    agreed = done.review is not None and done.review.next_step
    flash(_("Saved. What was agreed next is noted.") if agreed else _("Saved."), "success")
    return go(url_for("visits.show", visit_id=done.id, _anchor=anchor))
