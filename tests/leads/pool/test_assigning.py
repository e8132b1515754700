"""Many leads to one person at once."""

import pytest

from portal.core.errors import Refused
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.leads.actions.leads import restore_lead, void_lead
from portal.leads.closing.actions import close_lead, reopen_lead
from portal.leads.closing.content import Ending
from portal.leads.pool.actions import assign_many, claim_lead, put_back_lead, return_lead
from portal.leads.pool.models import PoolStep
from tests.counting import statements as counted

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def assign(app, clock):
    def give(actor, leads, to, **more):
        with transaction():
            return assign_many(actor.actor, [getattr(each, "id", each) for each in leads],
                               to.row, clock(), **more)

    return give


def test_what_may_be_goes_and_the_rest_says_why(assign, deal, alice, bob, carol, mei, now_row):
    own, hers, pooled = deal(bob, "甲子科技有限公司"), deal(alice, "乙丑科技有限公司"), deal(
        None, "丙寅科技有限公司")
    elsewhere = deal(carol, "丁卯科技有限公司")
    found = assign(mei, [own, hers, pooled, elsewhere, 99999, hers], bob)
    assert found.given == (hers.id, pooled.id)
    refused = {number: str(why) for number, why in found.refused}
    assert f"{bob.name} has it already" in refused[own.id]
    assert "no such lead" in refused[elsewhere.id] and "no such lead" in refused[99999]
    assert now_row(hers).owner_id == bob.id and now_row(elsewhere).owner_id == carol.id


def test_above_the_line_manager_one_reads_only(assign, deal, alice, bob, wang):
    lead = deal(alice)
    found = assign(wang, [lead], bob)
    assert found.given == () and "line manager" in str(found.refused[0][1])


def test_the_cap_holds(assign, deal, bob, mei, set_option, now_row):
    set_option("pool.cap", 2)
    leads = [deal(None, f"第{n}号机械制造有限公司") for n in range(3)]
    found = assign(mei, leads, bob)
    assert found.given == (leads[0].id, leads[1].id)
    assert "2 open leads" in str(found.refused[0][1])


def test_who_cannot_be_given_leads(assign, deal, mei, hr):
    with pytest.raises(Refused):
        assign(mei, [deal(None)], hr)


def test_a_hundred_ask_the_database_no_more_about_each(app, assign, deal, bob, mei):
    with counted(app) as few:
        assign(mei, [deal(None, "甲子科技有限公司").id], bob)
    leads = [deal(bob, f"第{n}号机械制造有限公司") for n in range(20)]
    with counted(app) as many:
        found = assign(mei, leads, bob)
    assert len(found.refused) == 20
    assert len(many) <= len(few)


def test_who_gave_it_back_waits_whoever_gives_it(assign, deal, alice, mei, clock, now_row):
    lead = deal(alice)
    with transaction():
        return_lead(alice.actor, now_row(lead), "No time", clock())
    found = assign(mei, [lead], alice)
    assert found.given == () and "may have it again from" in str(found.refused[0][1])
    clock.move(days=7)
    assert assign(mei, [lead], alice).given == (lead.id,)


def test_what_was_returned_comes_back_within_the_cap_alone(deal, alice, mei, clock, now_row,
                                                           set_option):
    lead, other = deal(alice, "甲子科技有限公司"), deal(None, "乙丑科技有限公司")
    set_option("pool.cap", 1)
    with transaction():
        step = return_lead(mei.actor, now_row(lead), "No time", clock()).id
    with transaction():
        claim_lead(alice.actor, now_row(other), clock())
    with pytest.raises(Refused, match="1 open leads"), transaction():
        put_back_lead(mei.actor, db.session.get_one(PoolStep, step), clock())


@pytest.mark.parametrize("away", ["closed", "voided"])
def test_what_is_open_again_counts(deal, alice, clock, now_row, set_option, away):
    lead, other = deal(alice, "甲子科技有限公司"), deal(None, "乙丑科技有限公司")
    set_option("pool.cap", 1)
    back = reopen_lead if away == "closed" else restore_lead
    reason = ("Again",) if away == "closed" else ()
    with transaction():
        if away == "closed":
            close_lead(alice.actor, now_row(lead), Ending("lost", "", "price"), clock())
        else:
            void_lead(alice.actor, now_row(lead), "Twice", clock())
    with transaction():
        claim_lead(alice.actor, now_row(other), clock())
    clock.move(hours=1)
    with pytest.raises(Refused, match="1 open leads"), transaction():
        back(alice.actor, now_row(lead), *reason, clock())
    set_option("pool.cap", 2)
    with transaction():
        back(alice.actor, now_row(lead), *reason, clock())
    assert now_row(lead).is_open
