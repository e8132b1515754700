"""The page of the monthly review of channels, and the same as an Excel file."""

from typing import Any

from flask import Blueprint, Response, g, request

from portal.core import access, clock
from portal.core.downloads import excel_file
from portal.core.i18n import gettext as _
from portal.core.render import render
from portal.customers.queries.reading import covers_everybody
from portal.leads.channels import queries
from portal.leads.channels.rules import total
from portal.leads.channels.sheets import sheet
from portal.leads.months import Month, month_named
from portal.leads.queries.filters import LeadFilters
from portal.leads.teams import led_teams, scope
from portal.options.queries import value

blueprint = Blueprint("channels", __name__)


@blueprint.get("/leads/channels")
@access.requires("channel:review")
def review() -> Response:
    """Volume, quality, conversion and money by channel, against the month before."""
    month, filters = _asked()
    rows = queries.review(g.actor, filters, month)
    return render(
        "channels/review.html", "channels/_review.html", rows=rows, whole=total(rows),
        month=month, filters=filters, **_around(month),
    )


@blueprint.get("/leads/channels.xlsx")
@access.requires("channel:review")
def export() -> Response:
    """The same numbers as a sheet."""
    month, filters = _asked()
    rows = queries.review(g.actor, filters, month)
    name = _("Channels %(month)s.xlsx", month=month.code)
    return excel_file(name, [sheet(rows, month)])


def _asked() -> tuple[Month, LeadFilters]:
    """The month and the team of the address; the present month and all one leads without."""
    month = month_named(request.args.get("month", "")) or Month.of(clock.today())
    return month, scope(g.actor, request.args.get("team", type=int))


def _around(month: Month) -> dict[str, Any]:
    present = Month.of(clock.today())
    return {
        "teams": led_teams(g.actor), "everybody": covers_everybody(g.actor),
        "earlier": month.plus(-1), "later": month.plus(1) if month < present else None,
        "present": present, "threshold": value("scoring.qualified_from"),
    }
