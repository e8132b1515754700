"""Many leads to one person at once."""

import pytest

from portal.core.errors import Refused
from portal.core.unit_of_work import transaction
from portal.leads.pool.actions import assign_many
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
