"""The list of customers, on a page and as a file."""

from collections.abc import Iterator
from typing import Any

from flask import Response, g, request, url_for

from portal.core import access, audit, clock
from portal.core.downloads import excel_file
from portal.core.errors import Refused
from portal.core.i18n import current_language
from portal.core.i18n import gettext as _
from portal.core.paging import MANY, paginate
from portal.core.render import render, this_page
from portal.core.workbook import Sheet
from portal.customers import words
from portal.customers.exporting import MOST_ROWS, header, rows
from portal.customers.queries.listing import (
    ALL,
    MINE,
    POOL,
    TEAM,
    CustomerFilters,
    customers,
)
from portal.customers.queries.reading import allocates
from portal.customers.routes import blueprint
from portal.extensions import db
from portal.lists.queries import choices
from portal.people.models import User


@blueprint.get("/customers")
@access.requires("lead:use")
def customer_list() -> Response:
    """The customers one may read, narrowed by what the address asks for."""
    filters = _asked()
    selects = _selects()
    return render(
        "customers/customer_list.html", "customers/_list.html", filters=filters, selects=selects,
        page=paginate(customers(g.actor, filters, clock.today()), most=MANY), today=clock.today(),
        tabs_of=list(_tabs(filters)), chosen=_chosen(filters, selects),
        sorts={"activity": _("Last activity"), "name": _("Name"), "newest": _("Newest first"),
               "next": _("Next contact")},
    )


@blueprint.post("/customers/export.xlsx")
@access.requires("lead:use")
def export() -> Response:
    """The same list as a workbook: at most so many rows, and only what the person may read. A POST,
    because the audit log keeps who took a list along."""
    filters = _asked()
    query = customers(g.actor, filters, clock.today()).limit(MOST_ROWS + 1)
    found = db.session.scalars(query).all()
    if len(found) > MOST_ROWS:
        raise Refused(_("These are more than %(most)d customers. Narrow the list first.",
                        most=MOST_ROWS))
    audit.record(g.actor.id, "customer.exported", "customers", clock.now(), rows=len(found),
                 **filters.as_args())
    name = f"customers-{clock.today():%Y-%m-%d}.xlsx"
    return excel_file(name, [Sheet(_("Customers"), header(), rows(found))])


def _asked() -> CustomerFilters:
    """The filters of the address. Who says nothing of whose customers sees their own, who leads
    others theirs."""
    leads = g.actor.tree.led_by(g.actor.id)
    return CustomerFilters.from_args(request.args, scope=TEAM if leads else MINE)


def _tabs(filters: CustomerFilters) -> Iterator[dict[str, Any]]:
    """Whose; each with the filters of the present one."""
    kept = {key: value for key, value in request.args.items() if key not in ("scope", "page")}
    shown = [(MINE, _("Mine")), (ALL, _("All I may read"))]
    if g.actor.tree.led_by(g.actor.id):
        shown.insert(1, (TEAM, _("My team")))
    if allocates(g.actor):
        shown.append((POOL, _("In the pool")))
    for scope, label in shown:
        url = url_for("customers.customer_list", scope=scope)
        yield {"label": label, "active": filters.scope == scope,
               "url": this_page({**kept, "scope": scope}) if kept else url}


def _selects() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """The filter boxes: name, label, choices."""
    language = current_language()
    return [
        ("tier", _("Class"), [(code, str(word)) for code, word in words.TIERS.items()]),
        ("segment", _("Segment"),
         [(code, str(word)) for code, word in words.SEGMENTS.items() if code]),
        ("industry", _("Industry"), choices("industry", language)),
        ("region", _("Region"), choices("region", language)),
        ("overdue", _("Next contact"), [("1", _("Contact overdue"))]),
        ("state", _("State"), [("void", _("Void ones"))]),
    ]


def _chosen(
    filters: CustomerFilters, selects: list[tuple[str, str, list[tuple[str, str]]]]
) -> list[tuple[str, str]]:
    """Every filter in force, with the address that lifts it: on a phone the boxes are folded."""
    wanted = filters.as_args()
    found = [(name, word) for name, _label, options in selects for code, word in options
             if code == wanted.get(name)]
    if filters.owner is not None:
        owner = db.session.get(User, filters.owner)
        found.append(("owner", owner.name if owner else "?"))
    if filters.text:
        found.append(("q", filters.text))
    return [(label, _without(name)) for name, label in found]


def _without(name: str) -> str:
    rest = {key: value for key, value in request.args.items()
            if value and key not in (name, "page")}
    return this_page(rest)
