"""Two people who claim the same lead, and one who claims two, at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from portal.core.errors import Refused
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.pool.actions import allocate, claim_lead
from portal.leads.pool.models import PoolStep


@pytest.fixture
def at_once(app):
    """Run these at the same moment, each in a transaction of its own; what came of each."""

    def run(*works):
        db.session.rollback()
        together = Barrier(len(works))

        def one(work):
            together.wait(10)
            try:
                with app.app_context(), transaction():
                    return work()
            except Refused as refused:
                return refused

        with ThreadPoolExecutor(len(works)) as threads:
            return list(threads.map(one, works))

    return run


def claiming(person, lead, now):
    actor, lead_id = person.actor, lead.id
    return lambda: claim_lead(actor, db.session.get_one(Lead, lead_id), now).person_id


def test_exactly_one_has_it(at_once, deal, alice, bob, carol, clock, now_row):
    lead = deal(None)
    found = at_once(*(claiming(each, lead, clock()) for each in (alice, bob, carol)))
    won = [each for each in found if isinstance(each, int)]
    assert len(won) == 1 and now_row(lead).owner_id == won[0]
    winner = now_row(lead).owner.name
    assert all(winner in str(each) for each in found if isinstance(each, Refused))
    assert db.session.scalar(select(func.count()).select_from(PoolStep)) == 1


def test_nobody_slips_over_the_daily_limit(at_once, deal, alice, clock, set_option, now_row):
    set_option("pool.daily_limit", 1)
    leads = [deal(None), deal(None, "无锡锐力传动有限公司")]
    found = at_once(*(claiming(alice, lead, clock()) for lead in leads))
    assert sorted(type(each).__name__ for each in found) == ["Refused", "int"]
    assert sum(now_row(lead).owner_id == alice.id for lead in leads) == 1


def test_turns_are_not_given_twice(at_once, deal, alice, bob, clock, rule, now_row):
    leads = [deal(None), deal(None, "无锡锐力传动有限公司")]
    rule(alice, bob)
    now = clock()

    def handing(lead_id):
        return lambda: allocate(db.session.get_one(Lead, lead_id), now)

    assert sorted(at_once(*(handing(lead.id) for lead in leads))) == sorted([alice.id, bob.id])
    assert {now_row(lead).owner_id for lead in leads} == {alice.id, bob.id}
