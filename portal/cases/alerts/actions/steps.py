"""What all actions on an alert share: the lock, the clock, and the steps of its way."""

from datetime import datetime

from portal.cases.actions.cases import hold
from portal.cases.alerts import rules
from portal.cases.alerts.models import Alert, AlertStep
from portal.cases.models import Case
from portal.cases.rules import LIVE
from portal.core import audit
from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.extensions import db
from portal.options.queries import value
from portal.workdays.queries import calendar


def hold_alert(alert: Alert) -> None:
    """Let nobody else change the alert, or the problem it belongs to, until the end."""
    hold(alert.case)
    db.session.refresh(alert, with_for_update=True)


def refuse_settled(case: Case) -> None:
    """Raises `Refused` for what is no published, unsolved problem: nobody could answer it."""
    if case.kind != "problem":
        raise Refused(_l("Only a problem can be raised as a difficulty alert."))
    if case.confidence not in LIVE:
        raise Refused(_l("Publish the problem first: nobody else can read it yet."))
    if case.accepted_id is not None:
        raise Refused(_l("This problem is solved already. If it is not, open it again first."))


def later(moment: datetime) -> datetime:
    """When the time to answer has passed that began at this moment."""
    return calendar().after(moment, float(value("alerts.hours")))


def stand(alert: Alert, standing: rules.Standing) -> None:
    """The alert waits for this person from now on."""
    alert.level, alert.manager_id = standing.level, standing.manager_id
    alert.level_since, alert.due_at = standing.since, standing.due_at
    alert.handed_to_id, alert.reminded_on = None, None


def standing_of(alert: Alert) -> rules.Standing:
    return rules.Standing(alert.level, alert.manager_id, alert.level_since, alert.due_at)


def note(
    alert: Alert, what: str, now: datetime, *, person_id: int | None = None,
    to_id: int | None = None, since: datetime | None = None,
) -> AlertStep:
    """Write down a step of the alert's way, also in the audit log. `since` is when it really
    happened, where nobody looked at that moment."""
    step = AlertStep(alert=alert, what=what, at=since or now, person_id=person_id, to_id=to_id)
    db.session.add(step)
    # Events and the audit entry name the new id.
    db.session.flush()
    audit.record(person_id, f"alert.{what}", f"alert:{alert.id}", now, case=alert.case_id,
                 **({"to": to_id} if to_id else {}))
    return step
