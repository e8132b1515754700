"""The tree of who introduced whom (L8)."""

from dataclasses import replace

import pytest

from portal.core.errors import Refused
from portal.core.unit_of_work import transaction
from portal.customers.actions.customers import correct_customer
from portal.customers.content import facts_of
from portal.customers.models import Customer
from portal.extensions import db
from portal.leads.referrals.queries import tree_around
from tests.counting import statements as statements_inside

NAMES = ("苏州恒通机电有限公司", "无锡北辰软件有限公司", "常州青云精工有限公司",
         "镇江海州物流有限公司")

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def introduce(app, alice, clock):
    """`introduce(a, b)`: a introduced b."""

    def introduce(first, second):
        with transaction():
            customer = db.session.get(Customer, second)
            facts = replace(facts_of(customer), introduced_by_id=first)
            correct_customer(alice.actor, customer, facts, "They told us", clock(),
                             version=customer.version)
    return introduce


@pytest.fixture
def family(deal, alice, introduce):
    """The first introduced the second and the fourth, the second the third."""
    ids = [deal(alice, name).customer_id for name in NAMES]
    introduce(ids[0], ids[1])
    introduce(ids[1], ids[2])
    introduce(ids[0], ids[3])
    return ids


def shape(node):
    return (node.name, [shape(child) for child in node.children])


def test_every_member_sees_the_whole_family(family, alice, app):
    expected = (NAMES[0], [(NAMES[1], [(NAMES[2], [])]), (NAMES[3], [])])
    for customer_id in family:
        tree = tree_around(alice.actor, db.session.get(Customer, customer_id))
        assert shape(tree.root) == expected
        assert tree.root.brought == 3


def test_one_cannot_introduce_ones_own_introducer(family, introduce):
    with pytest.raises(Refused, match="introduced the other one"):
        introduce(family[2], family[0])


def test_customers_of_others_have_no_name(family, deal, introduce, alice, bob, browser, app):
    other = deal(bob, "扬州大江钢构有限公司").customer_id
    introduce(family[2], other)
    page = browser(alice).get(f"/customers/{family[0]}/referrals").text
    assert "扬州大江" not in page and "another customer" in page and "张博" in page
    theirs = browser(bob).get(f"/customers/{other}/referrals").text
    assert "扬州大江" in theirs and "苏州恒通" not in theirs
    assert browser(bob).get(f"/customers/{family[0]}/referrals").status_code == 404


def test_an_empty_family_says_what_to_do(deal, alice, browser):
    lead = deal(alice)
    assert "Nobody was introduced yet" in browser(alice).get(
        f"/customers/{lead.customer_id}/referrals").text


def test_a_larger_family_asks_no_more(family, deal, introduce, alice, browser, app):
    me, there = browser(alice), f"/customers/{family[0]}/referrals"
    me.get(there)
    with statements_inside(app) as few:
        me.get(there)
    for number in range(5):
        introduce(family[2], deal(alice, f"扬州第{number + 3}钢构有限公司").customer_id)
    with statements_inside(app) as many:
        me.get(there)
    assert len(many) == len(few)


def test_nor_itself_nor_over_however_many(deal, alice, introduce, clock):
    first = deal(alice, NAMES[0]).customer_id
    with pytest.raises(Refused, match="introduce itself"):
        introduce(first, first)
    last = first
    with transaction():
        for number in range(33):
            row = Customer(name=f"第{number}号", owned_since=clock(), last_activity_at=clock(),
                           created_by_id=alice.id, created_at=clock(), introduced_by_id=last)
            db.session.add(row)
            db.session.flush()
            last = row.id
    with pytest.raises(Refused, match="introduced the other one"):
        introduce(last, first)
