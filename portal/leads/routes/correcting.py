"""Correcting a lead, with a comparison when two people do it; declaring it void, and back."""

from typing import Any

from flask import Response, flash, g, request, url_for

from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.render import flash_with_undo, go, render
from portal.core.text import line
from portal.core.unit_of_work import abandon
from portal.drafts import web as drafts
from portal.leads.actions import leads as actions
from portal.leads.comparing import differences
from portal.leads.content import changes
from portal.leads.forms import EditForm, ReasonForm, offer_contacts
from portal.leads.models import Lead
from portal.leads.queries.pages import SHOWN
from portal.leads.routes import blueprint
from portal.leads.routes.page import lead_page
from portal.leads.routes.sending import as_sent
from portal.leads.rules import needs_reason
from portal.people.sessions import keeps_text


@blueprint.route("/leads/<int:lead_id>/edit", methods=["GET", "POST"])
@access.requires("lead:edit")
@keeps_text
def edit(lead_id: int) -> Response:
    """Fill in or correct; what was known stays visible, and changing it asks for a reason."""
    lead = access.fetch(Lead, lead_id, "lead:edit", options=SHOWN)
    if request.method == "GET":
        return _opened(lead)
    if before := drafts.sent_before(lead.ref):
        return as_sent(before)
    form = EditForm()
    _prepare(form, lead)
    if not form.validate():
        return _page(form, lead, 422)
    facts = form.facts(form.contact_id.data)
    try:
        changed = actions.correct_lead(g.actor, lead, facts, form.reason.data or "", clock.now(),
                                       version=form.version)
    except actions.Stale as stale:
        return _stale(form, lead, stale)
    except Refused as refused:
        return _refused(form, lead, refused)
    drafts.sent(lead.ref)
    flash(_("Saved.") if changed else _("Nothing had changed."), "success")
    return go(url_for("leads.show", lead_id=lead.id))


def _opened(lead: Lead) -> Response:
    """The form with the lead as it is, or with what one had begun to change."""
    fields = drafts.draft_of(lead.ref)
    form = EditForm(formdata=fields.fields if fields.draft else None, meta={"csrf": False})
    _prepare(form, lead)
    if fields.draft is None:
        form.begin(lead)
    return _page(form, lead)


def _prepare(form: EditForm, lead: Lead) -> None:
    form.prepare(lead.facts)
    offer_contacts(form.contact_id, lead.customer, lead.contact_id)


def _refused(form: EditForm, lead: Lead, refused: Refused) -> Response:
    """Why; when only the reason is missing, its field says so."""
    changed = changes(lead.facts, form.facts(form.contact_id.data))
    if needs_reason(changed) and not line(form.reason.data):
        form.reason.errors = [str(refused.message)]
    else:
        form.form_errors.append(str(refused.message))
    return _page(form, lead, refused.status)


def _stale(form: EditForm, lead: Lead, stale: actions.Stale) -> Response:
    """Somebody saved first: theirs beside one's own. Saving again decides."""
    typed, lead_id = form.facts(form.contact_id.data), lead.id
    abandon()
    lead = access.fetch(Lead, lead_id, "lead:edit", options=SHOWN)
    form.base.data = str(stale.current)
    return _page(form, lead, 409, theirs=differences(lead.facts, typed, lead.customer))


def _page(form: EditForm, lead: Lead, status: int = 200, **context: Any) -> Response:
    if status >= 400:
        # What the page still shows is read anew.
        abandon()
    return render("leads/edit.html", status=status, form=form, lead=lead,
                  fields=drafts.draft_of(lead.ref), **context)


@blueprint.post("/leads/<int:lead_id>/void")
@access.requires("lead:void")
def void(lead_id: int) -> Response:
    """It never was a lead: out of lists and numbers, still readable."""
    lead = access.fetch(Lead, lead_id, "lead:void", options=SHOWN)
    form = ReasonForm()
    try:
        if not form.validate():
            return lead_page(lead, status=422, void_form=form)
        actions.void_lead(g.actor, lead, form.reason.data or "", clock.now())
    except Refused as refused:
        form.form_errors.append(str(refused.message))
        return lead_page(lead, status=refused.status, void_form=form)
    flash_with_undo(_("This lead is void now."), url_for("leads.restore", lead_id=lead.id))
    return go(url_for("leads.show", lead_id=lead.id))


@blueprint.post("/leads/<int:lead_id>/restore")
@access.requires("lead:restore")
def restore(lead_id: int) -> Response:
    """As it was before."""
    lead = access.fetch(Lead, lead_id, "lead:restore", options=SHOWN)
    actions.restore_lead(g.actor, lead, clock.now())
    flash(_("This lead counts again."), "success")
    return go(url_for("leads.show", lead_id=lead.id))
