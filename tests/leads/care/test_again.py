"""Deals that end, begin again and end once more: care follows."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.leads.actions.leads import restore_lead, void_lead
from portal.leads.care.models import CareTask
from portal.leads.closing.actions import close_lead, reopen_lead
from portal.leads.closing.content import Ending
from portal.leads.models import Lead

pytestmark = pytest.mark.usefixtures("english")
TODAY = date(2026, 6, 1)
WON = Ending("won", contract_amount=Decimal(500), margin=Decimal(90), signed_on=TODAY)
LOST = Ending("lost", reason="price")


@pytest.fixture
def act(app, mei, clock):
    def one(action, lead, *given, **more):
        with transaction():
            action(mei.actor, db.session.get_one(Lead, lead.id), *given, clock(), **more)
    return one


def waiting():
    db.session.expire_all()
    return [task.kind for task in db.session.scalars(
        select(CareTask).where(CareTask.done_at.is_(None)).order_by(CareTask.id))]


@pytest.mark.parametrize(("ending", "kind"), [(WON, "training"), (LOST, "win_back")])
def test_closed_once_more_it_waits_again(deal, alice, act, ending, kind):
    lead = deal(alice)
    more = {"pass_reason": "Urgent"} if ending is WON else {}
    act(close_lead, lead, ending, **more)
    assert waiting() == [kind]
    act(reopen_lead, lead, "They called")
    assert waiting() == []
    act(close_lead, lead, ending, **more)
    assert waiting() == [kind]
    act(void_lead, lead, "Entered twice")
    assert waiting() == []
    act(restore_lead, lead)
    assert waiting() == [kind]


def test_another_won_deal_keeps_the_training(deal, alice, act):
    first, second = deal(alice), deal(alice, "杭州海纳物流有限公司")
    with transaction():
        db.session.get_one(Lead, second.id).customer_id = first.customer_id
    for lead in (first, second):
        act(close_lead, lead, WON, pass_reason="Urgent")
    act(reopen_lead, first, "They called")
    assert waiting() == ["training"]


def test_a_task_that_somebody_did_stays_done(deal, alice, act, mei, clock):
    lead = deal(alice)
    act(close_lead, lead, WON, pass_reason="Urgent")
    with transaction():
        task = db.session.scalars(select(CareTask)).one()
        task.done_at, task.done_by_id = clock(), mei.id
    act(reopen_lead, lead, "They called")
    act(close_lead, lead, WON, pass_reason="Urgent")
    assert waiting() == []
