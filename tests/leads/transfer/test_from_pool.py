"""Customers of the pool claimed by an import: within the limits, told before, taken back after."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.core.unit_of_work import transaction
from portal.customers.models import Customer
from portal.extensions import db
from portal.leads.actions.giving import give_lead
from portal.leads.actions.steps import set_next_step
from portal.leads.models import Lead
from portal.leads.pool.models import PoolStep
from portal.leads.pool.queries.limits import claimed_on
from portal.options.actions import change_option

NAMES = ("江南精密机械有限公司", "北岭食品股份有限公司", "湖东化工有限公司")
TABLE = "公司,联系人,网站\n" + "".join(
    f"{name},周文,www.example{n}.com\n" for n, name in enumerate(NAMES))


@pytest.fixture
def set_option(app, clock, admin):
    def change(name, value):
        with transaction():
            change_option(admin.actor, name, str(value), clock())

    return change


@pytest.fixture
def pool(customer, mei):
    return [customer(mei, name, pool=True).id for name in NAMES]


def owners():
    db.session.rollback()
    return [lead.owner_id for lead in db.session.scalars(select(Lead).order_by(Lead.id))]


def test_they_are_left_out_unless_one_wants_them(importer, alice, pool):
    up = importer(alice)
    up.rehearse(TABLE)
    assert up.verdicts == ["pool"] * 3
    page = up.page()
    assert "3 of them can be claimed: for 李爱丽" in page
    assert "Can be claimed for 李爱丽" in page
    up.commit()
    assert up.outcomes == ["left"] * 3
    assert owners() == [None] * 3


def test_claimed_ones_count_and_are_filled_in(importer, alice, pool, clock):
    up = importer(alice)
    up.rehearse(TABLE)
    up.commit(group_pool="fetch")
    assert up.outcomes == ["fetched"] * 3
    assert owners() == [alice.id] * 3
    assert db.session.get_one(Customer, pool[0]).website == "www.example0.com"
    assert db.session.get_one(Customer, pool[0]).owner_id == alice.id
    assert claimed_on(alice.id, clock().date()) == 3
    leads = list(db.session.scalars(select(Lead)))
    # The time for the first contact runs for each, and the list of the import shows them.
    assert all(lead.response_due_at is not None for lead in leads)
    assert {lead.import_id for lead in leads} == {up.number}
    assert "Claimed from the pool 3" in up.page()


def test_the_rehearsal_says_what_would_be_too_many(importer, alice, pool, set_option):
    set_option("pool.daily_limit", 2)
    up = importer(alice)
    up.rehearse(TABLE)
    page = up.page()
    assert "2 of them can be claimed" in page
    assert "李爱丽 has claimed 2 leads today, which is the most." in page
    up.commit(group_pool="fetch")
    assert up.outcomes == ["fetched", "fetched", "failed"]
    assert up.rows[2].reason == "李爱丽 has claimed 2 leads today, which is the most."


def test_new_ones_have_the_first_room(importer, alice, pool, set_option):
    set_option("pool.cap", 2)
    up = importer(alice)
    up.rehearse(TABLE + "南山造纸有限公司,,\n")
    assert "1 of them can be claimed" in up.page()
    up.commit(group_pool="fetch")
    assert up.outcomes == ["fetched", "failed", "failed", "made"]


def test_who_had_it_waits(importer, alice, mei, customer, clock):
    number = customer(alice, NAMES[0]).id
    with transaction():
        lead = db.session.scalars(select(Lead)).one()
        give_lead(mei.id, lead, None, clock(), why="returned")
    assert db.session.get_one(Customer, number).owner_id is None
    up = importer(alice)
    up.rehearse(TABLE)
    assert "who may have it again from" in up.page()
    up.commit(group_pool="fetch")
    assert up.outcomes[0] == "failed"


def test_a_manager_claims_for_whom_the_row_names(importer, mei, alice, bob, pool):
    up = importer(mei)
    up.rehearse(TABLE.replace("网站", "负责人").replace("www.example0.com", "bob")
                .replace("www.example1.com", "公海").replace("www.example2.com", ""),
                owner=str(alice.id))
    page = up.page()
    assert "for whom the row names, otherwise for 李爱丽" in page
    assert "The table says that it belongs in the pool." in page
    up.commit(group_pool="fetch")
    assert up.outcomes == ["fetched", "failed", "fetched"]
    assert owners() == [bob.id, None, alice.id]


def test_a_customer_without_a_deal_in_the_pool_gets_its_first(importer, alice, customer, mei):
    customer(mei, NAMES[0], pool=True, deal=False)
    up = importer(alice)
    up.rehearse(TABLE.splitlines()[0] + "\n" + TABLE.splitlines()[1] + "\n")
    up.commit(group_pool="fetch")
    assert up.outcomes == ["fetched"]
    assert owners() == [alice.id]
    up.revert()
    assert [row.reverted for row in up.rows] == ["reverted"]
    assert db.session.scalars(select(Customer)).one().owner_id is None
    assert db.session.scalars(select(Lead)).one().status == "void"


def test_two_rows_of_one_customer_are_one_claim(importer, alice, pool, clock):
    up = importer(alice)
    up.rehearse(f"公司,联系人\n{NAMES[0]},周文\n{NAMES[0]},吴敏\n")
    up.commit(group_pool="fetch")
    assert up.outcomes == ["fetched", "filled"]
    assert claimed_on(alice.id, clock().date()) == 1


def test_taken_back_they_are_in_the_pool_as_before(importer, alice, pool, clock):
    before = [lead.owned_since for lead in db.session.scalars(select(Lead).order_by(Lead.id))]
    up = importer(alice)
    up.rehearse(TABLE)
    clock.move(hours=1)
    up.commit(group_pool="fetch")
    with transaction():
        set_next_step(alice.actor, db.session.scalars(select(Lead).order_by(Lead.id)).first(),
                      "Call", clock() + timedelta(days=1), clock())
    up.revert()
    assert [row.reverted for row in up.rows] == ["kept", "reverted", "reverted"]
    assert owners() == [alice.id, None, None]
    leads = list(db.session.scalars(select(Lead).order_by(Lead.id)))
    assert [lead.owned_since for lead in leads[1:]] == before[1:]
    assert leads[1].former_owner_id is None and leads[1].import_id is None
    assert db.session.get_one(Customer, pool[1]).website == ""
    assert db.session.scalars(select(PoolStep.undone_at).order_by(PoolStep.id)).all()[0] is None


def test_somebody_was_quicker(importer, alice, bob, mei, pool, clock):
    up = importer(alice)
    up.rehearse(TABLE)
    with transaction():
        lead = db.session.scalars(select(Lead).order_by(Lead.id)).first()
        give_lead(mei.id, lead, bob.id, clock(), why="handed")
    up.commit(group_pool="fetch")
    assert up.outcomes == ["failed", "fetched", "fetched"]
    assert up.rows[0].reason == "Since the rehearsal somebody has claimed this customer."
