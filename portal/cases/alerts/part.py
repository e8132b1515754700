"""The alert on the page of its problem: whom it waits for, how long, and the way it went."""

from collections.abc import Mapping
from typing import Any

from portal.cases.alerts import queries, words
from portal.cases.alerts.forms import HandForm, ReplyForm
from portal.cases.models import Case
from portal.core import clock
from portal.options.queries import value
from portal.people.rules import Actor
from portal.workdays.queries import calendar


def part(actor: Actor, case: Case) -> Mapping[str, Any]:
    """What `cases/parts/alert.html` shows; other kinds than problems have no alert."""
    if case.kind != "problem":
        return {"alert": None}
    alert = queries.shown_with(case)
    hours = value("alerts.hours") if case.owner_id == actor.id else 0
    if alert is None or alert.withdrawn_at is not None:
        return {"alert": None, "alert_hours": hours}
    left = due = ""
    if alert.is_open:
        left = words.left_word(words.hours_left(alert, calendar(), clock.now()))
        due = words.moment_word(alert.due_at)
    return {
        "alert": alert, "alert_hours": hours, "alert_left": left, "alert_due": due,
        "alert_steps": words.STEP_WORDS,
        "alert_level": words.level_word(alert.level),
        "alert_reply": ReplyForm(formdata=None), "alert_hand": HandForm(formdata=None),
    }

