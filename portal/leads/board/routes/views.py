"""Keeping and dropping views."""

from flask import Response, flash, g, request, url_for

from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.render import flash_with_undo, go
from portal.core.unit_of_work import abandon
from portal.leads.board import actions, choosing, rules
from portal.leads.board.models import SavedView
from portal.leads.board.routes import blueprint

ENDPOINTS = {rules.LIST: "board.lead_list", rules.BOARD: "board.kanban"}


@blueprint.post("/leads/views")
@access.requires("lead:use")
def save_view() -> Response:
    """Keep the filters of the address under a name."""
    filters, sort = choosing.asked()
    page = request.values.get("page", rules.LIST)
    page = page if page in rules.PAGES else rules.LIST
    address = choosing.address_of(filters, sort)
    try:
        name = request.values.get("name", "")
        view = actions.save_view(g.actor, name, page, address, clock.now())
    except Refused as refused:
        abandon()
        flash(str(refused), "danger")
    else:
        flash(_("“%(name)s” is kept; you find it above the list.", name=view.name), "success")
    return go(url_for(ENDPOINTS[page], **address))  # type: ignore[arg-type]


@blueprint.post("/leads/views/<int:view_id>/drop")
@access.requires("view:use")
def drop_view(view_id: int) -> Response:
    """Keep it no longer; it can be brought back at once."""
    view = access.fetch(SavedView, view_id, "view:use")
    name, page = view.name, view.page
    again = url_for("board.save_view", **{**view.filters, "name": name, "page": page})
    actions.drop_view(g.actor, view, clock.now())
    flash_with_undo(_("“%(name)s” is dropped.", name=name), again)
    return go(url_for(ENDPOINTS.get(page, "board.lead_list")))
