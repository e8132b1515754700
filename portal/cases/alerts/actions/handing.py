"""Handing an alert to a colleague who knows the answer."""

from datetime import datetime

from portal.cases.alerts import rules
from portal.cases.alerts.actions.steps import hold_alert, note
from portal.cases.alerts.models import Alert
from portal.cases.events import AlertHanded
from portal.cases.queries.cases import reads
from portal.core.errors import Refused
from portal.core.events import publish
from portal.core.i18n import lazy_gettext as _l
from portal.people.models import User
from portal.people.rules import Actor


def hand_alert(actor: Actor, alert: Alert, person: User | None, now: datetime) -> None:
    """This colleague is to answer; without one the manager takes it back. The clock runs on.

    Raises `Refused` for an alert that is no longer open, and for somebody who asks, has left or
    may not read the problem. Publishes `AlertHanded`.
    """
    hold_alert(alert)
    if not alert.is_open:
        raise Refused(_l("This alert is answered or withdrawn already."))
    if person is None or person.id == alert.manager_id:
        if alert.handed_to_id is not None:
            alert.handed_to_id = None
            note(alert, rules.RETURNED, now, person_id=actor.id, to_id=alert.manager_id)
        return
    _check(actor, alert, person)
    if person.id == alert.handed_to_id:
        return
    alert.handed_to_id = person.id
    step = note(alert, rules.HANDED, now, person_id=actor.id, to_id=person.id)
    publish(AlertHanded(alert.id, alert.case_id, actor.id, person.id, step.id))


def _check(actor: Actor, alert: Alert, person: User) -> None:
    case = alert.case
    if person.id == case.owner_id:
        raise Refused(_l("It is %(name)s who asks; choose somebody else.", name=person.name))
    if person.deactivated_at is not None:
        raise Refused(_l("%(name)s no longer works here; choose somebody else.",
                         name=person.name))
    reader = Actor(person.id, person.role, person.team_id, actor.tree)
    if not reads(reader, case):
        raise Refused(_l("%(name)s may not read this problem; choose somebody else, or change "
                         "who may read it.", name=person.name))
