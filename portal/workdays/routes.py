"""The working calendar: a year at a glance, one day, and many days at once."""

from datetime import date

from flask import Blueprint, Response, abort, flash, g, request, url_for

from portal.core import access, clock
from portal.core.i18n import gettext as _
from portal.core.render import flash_with_undo, go, render
from portal.core.templating import day as day_word
from portal.extensions import db
from portal.options.queries import value
from portal.options.registry import option
from portal.workdays import actions, display, holidays, lines, queries
from portal.workdays.forms import DayForm, DaysForm
from portal.workdays.models import CalendarDay
from portal.workdays.words import VERDICT_WORDS

blueprint = Blueprint("workdays", __name__)


@blueprint.get("/manage/calendar")
@access.requires("calendar:manage")
def manage_calendar() -> Response:
    """A year, day by day."""
    year = _year(request.args.get("year", ""))
    decided = {row.day: row for row in db.session.scalars(queries.days_of(year))}
    work = queries.calendar()
    months = display.year_of(year, work, decided)
    days = [day for month in months for week in month.weeks for day in week if day]
    return render(
        "workdays/manage_calendar.html", year=year, months=months, heads=display.weekday_heads(),
        decided=list(decided.values()), known=year in holidays.known_years(),
        last_known=holidays.known_years()[-1], worked=sum(day.working for day in days),
        today=clock.today(), years=(lines.FIRST_YEAR, lines.LAST_YEAR),
        hours=_shown("workdays.hours"), weekdays=_shown("workdays.weekdays"),
    )


@blueprint.route("/manage/calendar/<day>", methods=["GET", "POST"])
@access.requires("calendar:manage")
def edit_day(day: str) -> Response:
    """Decide one day; undone with one tap."""
    when = _day(day)
    row = db.session.get(CalendarDay, when)
    form = DayForm(request.form if request.method == "POST" else None)
    if request.method == "GET":
        form.working.data = "yes" if queries.calendar().is_working(when) else "no"
        form.label.data = row.label if row else ""
        return _day_page(when, form, row)
    if not form.validate():
        return _day_page(when, form, row, 422)
    undo = _undo_of(when, row)
    facts = actions.DayFacts(when, form.working.data == "yes", form.label.data or "")
    if actions.set_day(g.actor, facts, clock.now()):
        flash_with_undo(_("Saved: %(day)s.", day=day_word(when)), undo)
    return go(_place(when))


@blueprint.post("/manage/calendar/<day>/clear")
@access.requires("calendar:manage")
def clear_day(day: str) -> Response:
    """The day is again as weekdays and public holidays have it."""
    when = _day(day)
    undo = _undo_of(when, db.session.get(CalendarDay, when))
    actions.clear_day(g.actor, when, clock.now())
    flash_with_undo(_("%(day)s is as usual again.", day=day_word(when)), undo)
    return go(_place(when))


@blueprint.post("/manage/calendar/<day>/restore")
@access.requires("calendar:manage")
def restore_day(day: str) -> Response:
    """The undo: what was said of the day before, from the address."""
    when = _day(day)
    facts = actions.DayFacts(when, request.args.get("working") == "yes",
                             request.args.get("label", "")[:60])
    actions.set_day(g.actor, facts, clock.now())
    flash(_("It is back."), "success")
    return go(_place(when))


@blueprint.route("/manage/calendar/import", methods=["GET", "POST"])
@access.requires("calendar:manage")
def import_days() -> Response:
    """Paste many days: first a verdict for each line, then the save."""
    form = DaysForm()
    if request.method == "GET" or not form.validate():
        return render("workdays/import_days.html", status=200 if request.method == "GET" else 422,
                      form=form, read=[], words=VERDICT_WORDS)
    read = lines.read_lines(form.lines.data or "")
    good = [actions.DayFacts(day, line.working, line.label)
            for line in read if line.verdict == lines.SET for day in line.days]
    if request.form.get("step") != "save" or not good:
        return render("workdays/import_days.html", form=form, read=read, good=len(good),
                      words=VERDICT_WORDS, status=200 if good else 422)
    count = actions.import_days(g.actor, good, clock.now())
    flash_with_undo(_("%(count)d days changed.", count=count),
                    url_for("workdays.undo_import"))
    return go(url_for("workdays.manage_calendar", year=good[0].day.year))


@blueprint.post("/manage/calendar/import/undo")
@access.requires("calendar:manage")
def undo_import() -> Response:
    """Take one's newest import back."""
    count = actions.undo_import(g.actor, clock.now())
    flash(_("%(count)d days are as they were.", count=count), "success")
    return go(url_for("workdays.manage_calendar"))


def _undo_of(day: date, row: CalendarDay | None) -> str:
    """The address that brings back what is said of the day now."""
    if row is None:
        return url_for("workdays.clear_day", day=day.isoformat())
    return url_for("workdays.restore_day", day=day.isoformat(), label=row.label,
                   working="yes" if row.working else "no")


def _day_page(
    day: date, form: DayForm, row: CalendarDay | None, status: int = 200
) -> Response:
    working, reason = display.usual_reason(day, queries.calendar())
    return render("workdays/edit_day.html", status=status, when=day, form=form, row=row,
                  usual_working=working, usual_reason=reason)


def _place(day: date) -> str:
    return url_for("workdays.manage_calendar", year=day.year, _anchor=f"day-{day.isoformat()}")


def _day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        abort(404)
    if not lines.FIRST_YEAR <= found.year <= lines.LAST_YEAR:
        abort(404)
    return found


def _year(text: str) -> int:
    """The year asked for; this one when it is missing or nonsense."""
    if text.isascii() and text.isdigit() and len(text) == 4 \
            and lines.FIRST_YEAR <= int(text) <= lines.LAST_YEAR:
        return int(text)
    return clock.today().year


def _shown(name: str) -> str:
    return option(name).kind.show(value(name))
