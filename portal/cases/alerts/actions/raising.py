"""Raising a difficulty alert."""

from datetime import datetime

from portal.cases.actions.cases import hold
from portal.cases.alerts import queries, rules
from portal.cases.alerts.actions.steps import later, note, refuse_settled, stand
from portal.cases.alerts.models import Alert
from portal.cases.events import AlertRaised
from portal.cases.models import Case
from portal.core.events import publish
from portal.extensions import db
from portal.people.rules import Actor


def raise_alert(
    actor: Actor, case: Case, now: datetime, source_ref: str | None = None
) -> Alert:
    """The problem must get a manager's reply; from whom and until when stands in the alert.

    Of an alert that is open already nothing changes; one that was answered or withdrawn begins
    anew. Raises `Refused` for what is no published, unsolved problem. Publishes `AlertRaised`.
    """
    hold(case)
    refuse_settled(case)
    alert = queries.alert_of(case.id)
    if alert is not None and alert.is_open:
        return alert
    people = queries.chain_of(case, actor.tree)
    what = rules.AGAIN if alert else rules.RAISED
    alert = alert or Alert(case=case)
    alert.raised_by_id, alert.raised_at = actor.id, now
    alert.source_ref = source_ref or alert.source_ref
    alert.answered_at = alert.withdrawn_at = alert.solved_at = alert.answered_by_id = None
    stand(alert, rules.first_standing(people, now, later))
    case.urgent = True
    db.session.add(alert)
    step = note(alert, what, now, person_id=actor.id, to_id=alert.manager_id)
    publish(AlertRaised(alert.id, case.id, actor.id, step.id))
    return alert
