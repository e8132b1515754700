"""What is late, open and paid: of all deals, of one customer, of one deal."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask import Response, g, request

from portal.core import access, clock
from portal.core.downloads import excel_file
from portal.core.i18n import gettext as _
from portal.core.paging import MANY, paginate
from portal.core.render import render
from portal.core.workbook import Sheet
from portal.customers.models import Customer
from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.money import queries, words
from portal.leads.money.display import state
from portal.leads.money.forms import ReasonForm
from portal.leads.money.models import Receivable
from portal.leads.money.routes import blueprint
from portal.options.queries import value

# A workbook of more is no longer read.
MOST_ROWS = 20_000


@blueprint.get("/receivables")
@access.requires("lead:use")
def receivables() -> Response:
    """Who owes us what, the longest overdue first."""
    which, mine = _asked()
    today = clock.today()
    first = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    standing = queries.standing(g.actor, first, today, mine=mine)
    total = {queries.OVERDUE: sum(each.overdue_count for each in standing),
             queries.OPEN: sum(each.open_count for each in standing)}.get(which)
    return render(
        "money/receivables.html", "money/_receivables.html", which=which, mine=mine,
        page=paginate(queries.listed(g.actor, which, today, mine=mine), most=MANY, total=total),
        lists=words.LISTS, standing=standing,
        days=value("money.collect_days"), target=value("money.collect_target"), today=today,
    )


@blueprint.get("/receivables.xlsx")
@access.requires("lead:use")
def export() -> Response:
    """The same list as a workbook."""
    which, mine = _asked()
    query = queries.listed(g.actor, which, clock.today(), mine=mine).limit(MOST_ROWS)
    header = (_("Customer"), _("Deal"), _("Owner"), _("What for"), _("Amount"), _("Paid"),
              _("Outstanding"), _("Currency"), _("Billed on"), _("Due on"), _("State"))
    return excel_file(f"receivables-{clock.today():%Y%m%d}.xlsx",
                      [Sheet(_("Receivables"), header, _rows(query))])


def _rows(query: Any) -> Iterator[tuple[object, ...]]:
    for each in db.session.scalars(query):
        owner = each.lead.owner
        yield (each.lead.customer.name, each.lead.title, owner.name if owner else "", each.label,
               each.amount, each.paid, each.open_amount, each.lead.currency, each.billed_on,
               each.due_on, str(words.STATES[state(each)][0]))


def _asked() -> tuple[str, bool]:
    which = request.args.get("list", queries.OVERDUE)
    mine = request.args.get("owner") == "me"
    return (which if which in queries.LISTS else queries.OVERDUE), mine


@blueprint.get("/leads/<int:lead_id>/money")
@access.requires("lead:read")
def of_lead(lead_id: int) -> Response:
    """The contract of a deal, what is to be paid and what was."""
    return lead_page(access.fetch(Lead, lead_id, "lead:read"))


def lead_page(lead: Lead, *, status: int = 200, refused: object = None) -> Response:
    """The money of a deal; `refused` says why something was not done."""
    found = queries.sums(Receivable.lead_id == lead.id, today=clock.today())
    return render("money/of_lead.html", lead=lead, page=paginate(queries.of_lead(lead)),
                  sums=found[0] if found else None, reason=ReasonForm(formdata=None),
                  refused=refused, status=status)


@blueprint.get("/customers/<int:customer_id>/money")
@access.requires("customer:read")
def of_customer(customer_id: int) -> Response:
    """The same of all deals of a customer."""
    customer = access.fetch(Customer, customer_id, "customer:read")
    return render(
        "money/of_customer.html", customer=customer,
        page=paginate(queries.of_customer(g.actor, customer.id)),
        sums=queries.sums(Receivable.customer_id == customer.id, queries.readable(g.actor),
                          today=clock.today()),
    )
