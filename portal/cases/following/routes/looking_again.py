"""“Remind me about this case on …”, and the list of one's reminders about it."""

from flask import Response, g, url_for

from portal.cases.following import looking_again as reminding
from portal.cases.following.forms import LookAgainForm
from portal.cases.following.routes import blueprint
from portal.cases.models import Case
from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.render import flash_with_undo, go, here, render
from portal.core.templating import exact
from portal.core.unit_of_work import abandon
from portal.reminders.models import Reminder


@blueprint.route("/cases/<int:case_id>/reminders", methods=["GET", "POST"])
@access.requires("case:read")
def look_again(case_id: int) -> Response:
    """Choose a moment; what one chose before can be taken back."""
    case = access.fetch(Case, case_id, "case:read")
    form = LookAgainForm()
    if not form.is_submitted():
        form.day.data, form.at.data = reminding.proposed(clock.now())
        return _page(case, form)
    day, at = form.day.data, form.at.data
    if not form.validate() or day is None or at is None:
        return _page(case, form, 422)
    try:
        made = reminding.look_again(g.actor, case, day, at, form.note.data or "", clock.now())
    except Refused as refused:
        form.day.errors = [str(refused.message)]
        return _page(case, form, 422)
    undo = url_for("following.cancel_reminder", reminder_id=made.id)
    flash_with_undo(_("You will be reminded on %(moment)s.", moment=exact(made.due_at)), undo)
    return go(url_for("cases.show", case_id=case.id))


@blueprint.post("/reminders/<int:reminder_id>/cancel")
@access.requires("reminder:use")
def cancel_reminder(reminder_id: int) -> Response:
    """Not any more."""
    reminder = access.fetch(Reminder, reminder_id, "reminder:use")
    reminding.cancel(reminder, clock.now())
    undo = url_for("following.restore_reminder", reminder_id=reminder.id)
    flash_with_undo(_("Reminder cancelled."), undo)
    return _back(reminder)


@blueprint.post("/reminders/<int:reminder_id>/restore")
@access.requires("reminder:use")
def restore_reminder(reminder_id: int) -> Response:
    """After all."""
    reminder = access.fetch(Reminder, reminder_id, "reminder:use")
    reminding.restore(reminder)
    return _back(reminder)


def _page(case: Case, form: LookAgainForm, status: int = 200) -> Response:
    if status >= 400:
        abandon()
    return render("following/look_again.html", status=status, case=case, form=form,
                  case_reminders=reminding.reminders_about(g.actor, case.id))


def _back(reminder: Reminder) -> Response:
    case_id = int(reminder.subject.partition(":")[2])
    return go(here(url_for("cases.show", case_id=case_id)))
