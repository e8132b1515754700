"""Raising a difficulty alert."""

from datetime import datetime

from portal.cases import rules as case_rules
from portal.cases.actions.cases import hold
from portal.cases.alerts import queries, rules
from portal.cases.alerts.actions.steps import later, note, stand
from portal.cases.alerts.models import Alert
from portal.cases.events import AlertRaised
from portal.cases.models import Case
from portal.core.errors import Refused
from portal.core.events import publish
from portal.core.i18n import lazy_gettext as _l
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
    _check(case)
    alert = queries.alert_of(case.id)
    if alert is not None and alert.is_open:
        return alert
    people = queries.chain_of(case, actor.tree)
    what = rules.AGAIN if alert else rules.RAISED
    alert = alert or Alert(case=case, raised_by_id=actor.id)
    alert.raised_at, alert.source_ref = now, source_ref or alert.source_ref
    alert.answered_at = alert.withdrawn_at = alert.solved_at = alert.answered_by_id = None
    stand(alert, rules.first_standing(people, now, later))
    case.urgent = True
    db.session.add(alert)
    step = note(alert, what, now, person_id=actor.id, to_id=alert.manager_id)
    publish(AlertRaised(alert.id, case.id, actor.id, step.id))
    return alert


def _check(case: Case) -> None:
    if case.kind != "problem":
        raise Refused(_l("Only a problem can be raised as a difficulty alert."))
    if case.confidence not in case_rules.LIVE:
        raise Refused(_l("Publish the problem first: nobody else can read it yet."))
    if case.accepted_id is not None:
        raise Refused(_l("This problem is solved already. If it is not, open it again first."))
