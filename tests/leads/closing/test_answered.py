"""Only a manager's word lets a lead be abandoned (L10), and never one's own."""

import pytest

from portal.cases.actions.talk import add_comment
from portal.cases.alerts import queries as alerts
from portal.cases.alerts.actions import hand_alert
from portal.cases.models import Case
from portal.core.errors import Refused
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.leads.closing.actions import reopen_lead
from portal.leads.models import Lead
from portal.people.models import User
from tests.leads.closing.conftest import ABANDONED

pytestmark = pytest.mark.usefixtures("english")


def test_a_colleague_to_whom_it_was_handed_is_no_manager(lead, alert, close, mei, bob, clock):
    case = alert(lead)
    with transaction():
        found = alerts.alert_of(case.id)
        hand_alert(mei.actor, found, db.session.get_one(User, bob.id), clock())
        add_comment(bob.actor, db.session.get_one(Case, case.id), "I would stop", clock())
    assert alerts.alert_of(case.id).answered_by_id == bob.id
    with pytest.raises(Refused, match="manager must have answered"):
        close(lead, ABANDONED)


def test_nobody_answers_for_their_own_lead(lead, alert, close, mei, clock):
    alert(lead, answered_by=mei)
    with transaction():
        db.session.get_one(Lead, lead.id).owner_id = mei.id
    with pytest.raises(Refused, match="manager must have answered"):
        close(lead, ABANDONED, by=mei)


def test_a_manager_above_lets_it_go(lead, alert, close, mei):
    alert(lead, answered_by=mei)
    assert close(lead, ABANDONED).status == "abandoned"


def test_an_answer_from_before_it_was_opened_again_counts_no_more(lead, alert, close, mei, alice,
                                                                 clock):
    alert(lead, answered_by=mei)
    close(lead, ABANDONED)
    clock.move(days=1)
    with transaction():
        reopen_lead(alice.actor, db.session.get_one(Lead, lead.id), "They called", clock())
    with pytest.raises(Refused, match="since"):
        close(lead, ABANDONED)
    clock.move(days=1)
    alert(lead, answered_by=mei)
    assert close(lead, ABANDONED).status == "abandoned"
