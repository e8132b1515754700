"""Handing many leads over at once."""

from flask import Response, flash, g, request, url_for
from sqlalchemy.orm import joinedload

from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.i18n import ngettext
from portal.core.render import go, render
from portal.core.unit_of_work import abandon
from portal.extensions import db
from portal.leads.board import rules
from portal.leads.board.choosing import address_of, asked
from portal.leads.board.forms import HandOverForm
from portal.leads.board.routes import blueprint
from portal.leads.board.routes.listing import list_page
from portal.leads.models import Lead
from portal.leads.pool.actions.assigning import assign_many
from portal.leads.queries.reading import visible_to
from portal.people.choosing import meant


@blueprint.post("/leads/hand-over")
@access.requires("lead:use")
def hand_over() -> Response:
    """Give the chosen leads to a colleague; whatever cannot be given says why."""
    form = HandOverForm()
    ids = [int(text) for text in request.form.getlist("lead")
           if text.isascii() and text.isdigit() and len(text) < 10][: rules.MOST_AT_ONCE + 1]
    if not ids:
        form.form_errors.append(_("Choose at least one lead."))
        return list_page(form, status=422)
    colleague = meant(g.actor, form)
    if colleague is None:
        return list_page(form, picked=ids, status=422)
    try:
        done = assign_many(g.actor, ids, colleague, clock.now(), reason=form.reason.data or "")
    except Refused as refused:
        form.form_errors.append(str(refused))
        abandon()
        return list_page(form, picked=ids, status=422)
    if done.refused:
        return _told(done.given, done.refused, colleague.name)
    said = ngettext("%(num)d lead handed over to %(name)s.",
                    "%(num)d leads handed over to %(name)s.", len(done.given), name=colleague.name)
    flash(said, "success")
    return go(url_for("board.lead_list", **address_of(*asked())))  # type: ignore[arg-type]


def _told(
    given: tuple[int, ...], refused: tuple[tuple[int, object], ...], name: str
) -> Response:
    """What was handed over, and what was not."""
    numbers = [number for number, _why in refused]
    query = visible_to(g.actor).where(Lead.id.in_(numbers)).options(joinedload(Lead.customer))
    leads = {lead.id: lead for lead in db.session.scalars(query)}
    return render("board/handed_over.html", count=len(given), name=name,
                  refused=[(leads.get(number), number, why) for number, why in refused])
