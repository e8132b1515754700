"""Who is told about a difficulty alert; after the transaction, each fact once."""

from portal.cases.alerts.models import Alert, AlertStep
from portal.cases.events import (
    AlertAnswered,
    AlertEnded,
    AlertEscalated,
    AlertHanded,
    AlertRaised,
)
from portal.cases.following.queries import followers_of
from portal.core import clock
from portal.extensions import db
from portal.reminders.actions import notify, settle

WORK = ("alerts.raised", "alerts.escalated", "alerts.waiting", "alerts.handed")
ANCHOR = {"anchor": "alert"}


def tell_of_raised(event: AlertRaised) -> None:
    """The one who is to answer, and those who follow its tags."""
    alert = db.session.get(Alert, event.alert_id)
    if alert is None or not alert.is_open:
        return
    people = followers_of(alert.case) | {alert.manager_id} - {None}
    notify({person for person in people if person}, "alerts.raised", _subject(event.case_id),
           clock.now(), key=_key(event.alert_id, event.step_id), actor_id=event.actor_id,
           detail=ANCHOR)


def tell_of_escalated(event: AlertEscalated) -> None:
    """Whoever has it now, and the asker; who had it before has nothing left to do here."""
    alert, step = db.session.get(Alert, event.alert_id), db.session.get(AlertStep, event.step_id)
    if alert is None or step is None or not alert.is_open or alert.manager_id != event.manager_id:
        return
    subject, now = _subject(event.case_id), clock.now()
    settle(subject, now, kinds=WORK)
    key = _key(event.alert_id, event.step_id)
    if event.manager_id is not None:
        notify({event.manager_id}, "alerts.escalated", subject, now, key=key, detail=ANCHOR)
    notify({alert.asker.id}, "alerts.moved", subject, now, key=key, detail=ANCHOR)


def tell_of_handed(event: AlertHanded) -> None:
    """The colleague who is to answer."""
    notify({event.person_id}, "alerts.handed", _subject(event.case_id), clock.now(),
           key=_key(event.alert_id, event.step_id), actor_id=event.actor_id, detail=ANCHOR)


def tell_of_answered(event: AlertAnswered) -> None:
    """The asker; for all others the work is done."""
    alert = db.session.get(Alert, event.alert_id)
    if alert is None:
        return
    subject, now = _subject(event.case_id), clock.now()
    settle(subject, now, kinds=(*WORK, "alerts.moved"))
    # By the name of the reply: of that text the asker hears once.
    key = event.text or _key(event.alert_id, event.step_id)
    anchor = event.text.replace(":", "-") or "alert"
    notify({alert.asker.id}, "alerts.answered", subject, now, key=key, actor_id=event.actor_id,
           detail={"anchor": anchor})


def forget_the_work(event: AlertEnded) -> None:
    """Withdrawn or solved: nobody needs to answer."""
    alert = db.session.get(Alert, event.alert_id)
    if alert is not None and not alert.is_open:
        settle(_subject(event.case_id), clock.now(), kinds=(*WORK, "alerts.moved"))


def _subject(case_id: int) -> str:
    return f"case:{case_id}"


def _key(alert_id: int, step_id: int) -> str:
    return f"alert:{alert_id}:{step_id}"
