"""How an alert ends: answered, solved or withdrawn; and how it comes back."""

from datetime import datetime

from portal.cases.alerts import queries, rules
from portal.cases.alerts.actions.steps import hold_alert, later, note, refuse_settled, stand
from portal.cases.alerts.models import Alert
from portal.cases.events import AlertAnswered, AlertEnded, AlertRaised
from portal.core.errors import Refused
from portal.core.events import publish
from portal.core.i18n import lazy_gettext as _l
from portal.people.rules import Actor, TeamTree


def answer_alert(alert: Alert, person_id: int, now: datetime, text: str = "") -> None:
    """A manager replied, or whoever it was with, by this `text` ("comment:9") or without one: the
    clock stops. Publishes `AlertAnswered`."""
    hold_alert(alert)
    if alert.is_open:
        alert.answered_at, alert.answered_by_id = now, person_id
        alert.case.urgent = False
        step = note(alert, rules.ANSWERED, now, person_id=person_id)
        publish(AlertAnswered(alert.id, alert.case_id, person_id, step.id, text))


def solve_alert(alert: Alert, person_id: int, now: datetime, why: str = rules.SOLVED) -> None:
    """The problem is solved, or went into another one (`why`): there is nothing left to answer,
    though no manager did. Publishes `AlertEnded`."""
    hold_alert(alert)
    if alert.is_open:
        alert.solved_at = now
        alert.case.urgent = False
        note(alert, why, now, person_id=person_id)
        publish(AlertEnded(alert.id, alert.case_id))


def reopen_alert(alert: Alert, person_id: int, tree: TeamTree, now: datetime) -> None:
    """Not solved after all: the alert waits again, with a new clock. Publishes `AlertRaised`."""
    hold_alert(alert)
    if alert.solved_at is not None and alert.answered_at is None:
        alert.solved_at = None
        alert.case.urgent = True
        people = queries.chain_of(alert.case, tree)
        stand(alert, rules.first_standing(people, now, later))
        step = note(alert, rules.REOPENED, now, person_id=person_id, to_id=alert.manager_id)
        publish(AlertRaised(alert.id, alert.case_id, alert.asker.id, step.id))


def withdraw_alert(actor: Actor, alert: Alert, now: datetime) -> None:
    """The asker no longer needs a manager; `put_back_alert` undoes it. Publishes `AlertEnded`."""
    hold_alert(alert)
    if alert.withdrawn_at is not None:
        return
    if not alert.is_open:
        raise Refused(_l("This alert is answered already."))
    alert.withdrawn_at = now
    alert.case.urgent = False
    note(alert, rules.WITHDRAWN, now, person_id=actor.id)
    publish(AlertEnded(alert.id, alert.case_id))


def put_back_alert(actor: Actor, alert: Alert, now: datetime) -> None:
    """As if it had not been withdrawn: with whom it was, and with the clock it had.

    Publishes `AlertRaised`.
    """
    hold_alert(alert)
    if alert.withdrawn_at is not None:
        refuse_settled(alert.case)
        alert.withdrawn_at = None
        alert.case.urgent = True
        step = note(alert, rules.PUT_BACK, now, person_id=actor.id, to_id=alert.manager_id)
        publish(AlertRaised(alert.id, alert.case_id, actor.id, step.id))
