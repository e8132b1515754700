"""Two processes look at the same moment, which only PostgreSQL allows: an alert moves once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from portal.cases.actions.talk import add_comment
from portal.cases.alerts.actions import raise_alert
from portal.cases.alerts.clockwork import move_alert, move_alerts
from portal.cases.alerts.models import Alert
from portal.cases.models import Case
from portal.core.unit_of_work import transaction
from portal.extensions import db
from tests.cases.alerts.conftest import at


def run_together(app, *actions):
    together = Barrier(len(actions))
    db.session.rollback()

    def one(action):
        with app.app_context():
            together.wait(10)
            return action()

    with ThreadPoolExecutor(len(actions)) as threads:
        return list(threads.map(one, actions))


def test_two_processes_escalate_once(app, raised, way, told, wang, clock):
    clock.now = at("2026-06-04 12:00")
    run_together(app, move_alerts, move_alerts)
    assert way(raised) == [("raised", "mei"), ("silent", "wang")]
    assert told(wang) == ["alerts.escalated"]


def test_the_reply_and_the_clock_meet(app, raised, problem, way, mei, clock):
    clock.now = at("2026-06-04 12:00")
    actor, case_id, alert_id = mei.actor, problem.id, raised.id

    def reply():
        with transaction():
            add_comment(actor, db.session.get_one(Case, case_id), "I call them.", clock())

    def escalate():
        with transaction():
            move_alert(alert_id, clock())

    run_together(app, reply, escalate)
    # Whichever came first: it is answered, and nobody is asked after that.
    steps = [what for what, _ in way(raised)]
    assert steps in (["raised", "answered"], ["raised", "silent", "answered"])
    assert db.session.get_one(Alert, alert_id).answered_by_id == mei.id


@pytest.mark.parametrize("times", [2])
def test_a_double_tap_raises_one_alert(app, problem, alice, clock, times):
    actor, case_id = alice.actor, problem.id

    def tap():
        with transaction():
            return raise_alert(actor, db.session.get_one(Case, case_id), clock()).id

    assert len(set(run_together(app, *[tap] * times))) == 1
    assert db.session.query(Alert).count() == 1
