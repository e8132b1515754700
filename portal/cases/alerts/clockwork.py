"""The clock of difficulty alerts: who is silent too long loses the alert to the next leader."""

from datetime import datetime

from sqlalchemy import select

from portal.cases.alerts import queries, rules
from portal.cases.alerts.actions.steps import hold_alert, later, note, stand, standing_of
from portal.cases.alerts.models import Alert, AlertStep
from portal.cases.events import AlertEscalated
from portal.cases.rules import LIVE
from portal.core import clock, jobs
from portal.core.events import publish
from portal.core.unit_of_work import reading_only, transaction
from portal.extensions import db
from portal.people.models import User
from portal.people.queries import team_tree
from portal.people.rules import TeamTree
from portal.reminders.actions import notify
from portal.workdays.queries import calendar


@jobs.job("alerts", every_minutes=2)
def move_alerts() -> None:
    """What a clock asks for: look at every open alert, and move those that are due."""
    now = clock.now()
    with reading_only():
        tree = team_tree()
        due = [alert.id for alert in db.session.scalars(queries.open_alerts())
               if _has_work(alert, tree, now)]
    for alert_id in due:
        with transaction():
            move_alert(alert_id, now)


def move_alert(alert_id: int, now: datetime) -> None:
    """Bring one alert up to date. Looks again under a lock: whoever comes second finds nothing
    left to do. Publishes `AlertEscalated`."""
    alert = db.session.get(Alert, alert_id)
    if alert is None:
        return
    hold_alert(alert)
    if not alert.is_open or alert.case.confidence not in LIVE:
        return
    tree = team_tree()
    people = queries.chain_of(alert.case, tree)
    _return_to_manager(alert, now)
    step = _move(alert, people, now)
    if step is not None:
        publish(AlertEscalated(alert.id, alert.case_id, alert.manager_id, step.id))
    if people and alert.manager_id in people:
        alert.level = people.index(alert.manager_id) + 1
    # The calendar or the time to answer may have changed since.
    alert.due_at = later(alert.level_since)
    if _reminds(alert, people, now):
        _remind_top(alert, now)


def _has_work(alert: Alert, tree: TeamTree, now: datetime) -> bool:
    """Whether anything about this alert is to be written."""
    people = queries.chain_of(alert.case, tree)
    if rules.moves(standing_of(alert), people, now, later):
        return True
    return (
        alert.due_at != later(alert.level_since)
        or _handed_in_vain(alert) or _reminds(alert, people, now)
    )


def _move(alert: Alert, people: tuple[int, ...], now: datetime) -> AlertStep | None:
    """Change hands as often as the clock says; the last step, if there was one."""
    step = None
    for move in rules.moves(standing_of(alert), people, now, later):
        stand(alert, move.standing)
        step = note(alert, move.why, now, to_id=move.standing.manager_id,
                    since=move.standing.since)
    return step


def _handed_in_vain(alert: Alert) -> bool:
    """Whether who was to answer has left, or asks it themselves by now."""
    if alert.handed_to_id in (None, alert.case.owner_id):
        return alert.handed_to_id is not None
    left = select(User.id).where(User.id == alert.handed_to_id, User.deactivated_at.is_not(None))
    return db.session.scalar(left) is not None


def _return_to_manager(alert: Alert, now: datetime) -> None:
    """The colleague cannot answer any more: the manager has it again."""
    if _handed_in_vain(alert):
        alert.handed_to_id = None
        note(alert, rules.RETURNED, now, to_id=alert.manager_id)


def _reminds(alert: Alert, people: tuple[int, ...], now: datetime) -> bool:
    work, local = calendar(), now.astimezone(clock.zone())
    return rules.reminds_today(
        later(alert.level_since), bool(people) and alert.manager_id == people[-1],
        alert.reminded_on, local, work.is_working(local.date()), work.opens_at,
    )


def _remind_top(alert: Alert, now: datetime) -> None:
    """There is nobody above: say it again, once each working day."""
    today = clock.local_day(now)
    alert.reminded_on = today
    people = {person for person in (alert.manager_id, alert.handed_to_id) if person is not None}
    notify(people, "alerts.waiting", f"case:{alert.case_id}", now,
           key=f"alert:{alert.id}:{alert.level_since:%Y%m%d%H%M}:{today}",
           detail={"anchor": "alert"})
