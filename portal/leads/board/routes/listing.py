"""Leads as a list, as a board and as a file: one address for the same filters."""

from collections.abc import Collection

from flask import Response, g

from portal.core import access, audit, clock
from portal.core.downloads import excel_file
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.paging import MANY, paginate
from portal.core.render import render
from portal.core.workbook import Sheet
from portal.extensions import db
from portal.leads.board import choosing, queries, rules, words
from portal.leads.board.exporting import header, rows
from portal.leads.board.forms import HandOverForm, ViewForm
from portal.leads.board.routes import blueprint


@blueprint.get("/leads")
@access.requires("lead:use")
def lead_list() -> Response:
    """The leads one may read, narrowed by what the address asks for."""
    return list_page()


def list_page(
    form: HandOverForm | None = None, *, picked: Collection[int] = (), status: int = 200
) -> Response:
    """The list, with the form for many leads as it was refused, or an empty one."""
    filters, sort = choosing.asked()
    boxes = choosing.selects()
    now = clock.now()
    return render(
        "board/lead_list.html", "board/_list.html", filters=filters, sort=sort, boxes=boxes,
        page=paginate(queries.listed(g.actor, filters, now, sort), most=MANY), now=now,
        chosen=choosing.chosen(filters, sort, boxes), sorts=words.SORTS,
        whose=choosing.whose_tabs(filters, sort), address=choosing.address_of(filters, sort),
        views=queries.views_of(g.actor), view_form=ViewForm(formdata=None),
        form=form or HandOverForm(formdata=None), picked=picked,
        hands_over=bool(g.actor.tree.led_by(g.actor.id)),
        status=status,
    )


@blueprint.get("/leads/board")
@access.requires("lead:use")
def kanban() -> Response:
    """The open leads by stage."""
    filters, sort = choosing.asked()
    boxes = choosing.selects(board=True)
    now = clock.now()
    return render(
        "board/kanban.html", "board/_columns.html", filters=filters, sort=sort, boxes=boxes,
        columns=queries.columns(g.actor, filters, now), now=now,
        chosen=choosing.chosen(filters, sort, boxes), most=rules.CARDS,
        whose=choosing.whose_tabs(filters, sort), address=choosing.address_of(filters, sort),
        views=queries.views_of(g.actor), view_form=ViewForm(formdata=None),
    )


@blueprint.post("/leads/export.xlsx")
@access.requires("lead:use")
def export() -> Response:
    """The list as a workbook: at most so many rows, and only what the person may read. A POST,
    because the audit log keeps who took a list along."""
    filters, sort = choosing.asked()
    query = queries.listed(g.actor, filters, clock.now(), sort).limit(rules.MOST_ROWS + 1)
    found = db.session.scalars(query).all()
    if len(found) > rules.MOST_ROWS:
        raise Refused(_("These are more than %(most)d leads. Narrow the list first.",
                        most=rules.MOST_ROWS))
    audit.record(g.actor.id, "lead.exported", "leads", clock.now(), rows=len(found),
                 **choosing.address_of(filters, sort))
    name = f"leads-{clock.today():%Y-%m-%d}.xlsx"
    return excel_file(name, [Sheet(_("Leads"), header(), rows(found))])
