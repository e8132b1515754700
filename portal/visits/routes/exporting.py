"""One's own visits of a period as an Excel workbook."""

from collections.abc import Iterator
from datetime import date

from flask import Response, g, request

from portal.core import access, clock
from portal.core.downloads import excel_file
from portal.core.i18n import gettext as _
from portal.core.render import render
from portal.core.workbook import Sheet
from portal.visits import rules, words
from portal.visits.forms import ExportForm, chosen
from portal.visits.models import Visit
from portal.visits.queries.lists import of_period
from portal.visits.routes import blueprint


@blueprint.get("/visits/export")
@access.requires("lead:use")
def export() -> Response:
    """The form, or the file when a period is named."""
    if "first" not in request.args:
        today = clock.today()
        form = ExportForm(formdata=None, first=today.replace(day=1), last=today)
        return render("visits/export.html", form=form)
    form = ExportForm(request.args)
    if not form.validate():
        return render("visits/export.html", status=422, form=form)
    first, last = chosen(form.first), chosen(form.last)
    sheet = Sheet(_("Visits and follow-ups"), _header(),
                  _rows(first, last, everything=form.cancelled.data))
    return excel_file(_("visits %(first)s to %(last)s.xlsx", first=first, last=last), [sheet])


def _header() -> list[str]:
    return [_("Day"), _("Time"), _("Kind"), _("Customer"), _("Deal"),
            _("Purpose of the visit"), _("Goal"),
            _("Status"), _("Result"), _("The customer's words"), _("What worked"),
            _("What did not work"), _("Next step"), _("When"), _("Met"), _("With")]


def _rows(first: date, last: date, *, everything: bool) -> Iterator[list[object]]:
    for visit in of_period(g.actor, first, last):
        if everything or visit.status not in (rules.CANCELLED, rules.VOID):
            yield _row(visit)


def _row(visit: Visit) -> list[object]:
    review = visit.review
    told: list[object] = ["", "", "", "", "", ""] if review is None else [
        str(words.RESULT_WORDS.get(review.result, "")), review.words, review.worked,
        review.not_worked, review.next_step, review.next_on or "",
    ]
    return [
        visit.day, visit.starts_at or "", str(words.KIND_WORDS[visit.kind]), visit.customer.name,
        visit.lead.title if visit.lead else "", words.purpose_of(visit), visit.goal,
        str(words.STATUS_WORDS[visit.status]), *told,
        ", ".join(each.contact.name for each in visit.contacts if each.met),
        ", ".join(each.name for each in visit.companions),
    ]
