"""Notes in the timeline: written, and corrected by their writer."""

from flask import Response, abort, flash, g, request, url_for

from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.render import go, render
from portal.customers.actions import notes as actions
from portal.customers.forms import NoteCorrectionForm, NoteForm
from portal.customers.models import Customer, TimelineEntry
from portal.customers.routes import blueprint
from portal.customers.routes.page import file_page
from portal.customers.timeline.queries import entry_with_corrections
from portal.customers.timeline.showing import shown


@blueprint.post("/customers/<int:customer_id>/notes")
@access.requires("customer:note")
def write_note(customer_id: int) -> Response:
    """A few words into the timeline."""
    customer = access.fetch(Customer, customer_id, "customer:note")
    form = NoteForm()
    if not form.validate():
        return file_page(customer, status=422, note_form=form)
    actions.write_note(g.actor, customer, form.text.data or "", clock.now())
    flash(_("Noted."), "success")
    return go(url_for("customers.show", customer_id=customer.id))


@blueprint.get("/customers/<int:customer_id>/timeline/<int:entry_id>")
@access.requires("customer:read")
def entry(customer_id: int, entry_id: int) -> Response:
    """One entry with everything that corrected it, and what it corrects."""
    customer = access.fetch(Customer, customer_id, "customer:read")
    found = entry_with_corrections(entry_in(customer, entry_id))
    return render("customers/entry.html", customer=customer, chain=shown(g.actor, found))


@blueprint.route("/customers/<int:customer_id>/timeline/<int:entry_id>/correct",
                 methods=["GET", "POST"])
@access.requires("customer:note")
def correct_note(customer_id: int, entry_id: int) -> Response:
    """What a note of one's own should have said; the old one stays, struck."""
    customer = access.fetch(Customer, customer_id, "customer:note")
    found = entry_in(customer, entry_id)
    if not actions.may_correct(g.actor, found):
        raise Refused(_("Only who wrote a note can correct it."))
    form = NoteCorrectionForm()
    if request.method == "GET":
        form.text.data = found.text
    elif form.validate():
        actions.correct_note(g.actor, found, form.text.data or "", form.reason.data or "",
                             clock.now())
        flash(_("Corrected. The old note stays in the timeline."), "success")
        return go(url_for("customers.show", customer_id=customer.id))
    return render("customers/correct_note.html", status=422 if form.errors else 200,
                  customer=customer, entry=found, form=form)


def entry_in(customer: Customer, entry_id: int) -> TimelineEntry:
    """The entry of this file; 404 for one of another."""
    found: TimelineEntry = access.fetch(TimelineEntry, entry_id, "entry:read")
    if found.customer_id != customer.id:
        abort(404)
    return found
