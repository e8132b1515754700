"""`portal rekey`: keys of customers computed anew, and who blocks whom by then."""

import pytest
from sqlalchemy import select

from portal.core.unit_of_work import transaction
from portal.customers.actions.customers import add_contact, record_customer, void_customer
from portal.customers.content import ContactFacts, CustomerFacts
from portal.customers.models import Customer, IdentityKey
from portal.extensions import db
from portal.options.actions import change_option


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)


@pytest.fixture
def customer(app, clock, alice):
    def enter(name, **facts):
        with transaction():
            return record_customer(alice.actor, CustomerFacts(name, **facts), clock(),
                                   owner_id=alice.id).id

    return enter


@pytest.fixture
def area_code(app, clock, admin):
    def change(code):
        with transaction():
            change_option(admin.actor, "identity.area_code", code, clock())

    return change


def keys(kind=None):
    db.session.rollback()
    query = select(IdentityKey.customer_id, IdentityKey.kind, IdentityKey.value)
    return sorted(tuple(row) for row in db.session.execute(query)
                  if kind in (None, row.kind))


def test_numbers_follow_the_area_code_of_the_office(portal, customer, area_code):
    area_code("021")
    first = customer("江南精密机械有限公司", phone="62345678")
    second = customer("北岭食品股份有限公司", phone="010-62345678")
    area_code("0571")
    before = keys()
    told = portal("rekey", "--dry-run").output
    assert "Of 2 customers 1 would have other keys: 1 new, 1 gone" in told
    assert keys() == before
    result = portal("rekey")
    assert result.exit_code == 0, result.output
    assert "Of 2 customers 1 have other keys now" in result.output
    assert "No two customers are the same" in result.output
    assert keys("phone") == [(first, "phone", "+8657162345678"),
                             (second, "phone", "+861062345678")]
    assert "0 have other keys now: 0 new, 0 gone" in portal("rekey").output


def test_those_that_are_the_same_by_now_are_told_and_stay(portal, customer, area_code):
    first = customer("江南精密机械有限公司", phone="62345678")
    second = customer("北岭食品股份有限公司", phone="0571-62345678")
    area_code("0571")
    for option in (("--dry-run",), ()):
        result = portal("rekey", *option)
        assert result.exit_code == 0, result.output
        assert (f"江南精密机械有限公司 (customer {first}) and 北岭食品股份有限公司 (customer "
                f"{second}): same phone +8657162345678") in result.output
    # One of them holds it, so that a third one is still recognised.
    assert keys("phone") == [(second, "phone", "+8657162345678")]
    assert {row.voided_at for row in db.session.scalars(select(Customer))} == {None}


def test_an_old_key_of_somebody_whose_turn_comes_later_is_no_obstacle(
    portal, customer, area_code
):
    area_code("010")
    first = customer("江南精密机械有限公司", phone="0571-62345678")
    second = customer("北岭食品股份有限公司", phone="62345678")
    with transaction():
        # As if older rules had read both otherwise.
        rows = {row.customer_id: row for row in db.session.scalars(
            select(IdentityKey).where(IdentityKey.kind == "phone"))}
        rows[first].value = "+8600000001"
        db.session.flush()
        rows[second].value = "+8657162345678"
    assert "1 more" not in portal("rekey").output
    assert (first, "phone", "+8657162345678") in keys("phone")
    assert all(value != "+8600000001" for _id, _kind, value in keys("phone"))


def test_lost_keys_come_back_and_void_customers_get_none(portal, customer, clock, alice):
    kept, gone = customer("江南精密机械有限公司"), customer("北岭食品股份有限公司")
    with transaction():
        add_contact(alice.actor, db.session.get_one(Customer, kept),
                    ContactFacts("周文", phone="13800138000"), clock())
        void_customer(alice.actor, db.session.get_one(Customer, gone), "entered twice", clock())
        db.session.query(IdentityKey).delete()
    assert "Of 1 customers 1 have other keys now" in portal("rekey").output
    assert {(each[0], each[1]) for each in keys()} == {(kept, "name"), (kept, "phone")}
    assert (kept, "phone", "+8613800138000") in keys()


def test_many_batches(portal, customer, monkeypatch):
    monkeypatch.setattr("portal.customers.identity.rekeying.BATCH", 2)
    numbers = [customer(f"江南{sign}精密机械有限公司") for sign in "甲乙丙丁戊"]
    with transaction():
        db.session.query(IdentityKey).delete()
    assert "Of 5 customers 5 have other keys now" in portal("rekey").output
    assert [each[0] for each in keys("name")] == numbers


def test_a_portal_without_customers(app, portal):
    assert "Of 0 customers 0 have other keys now" in portal("rekey").output
