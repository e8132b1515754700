"""Which leads somebody reads: the list, the page and what news says must agree; the filters."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.core import access
from portal.core.unit_of_work import transaction
from portal.customers.actions.customers import void_customer
from portal.customers.actions.ownership import join
from portal.extensions import db
from portal.leads.actions.leads import give_lead, set_next_step, void_lead
from portal.leads.models import Lead
from portal.leads.queries import reading
from portal.leads.queries.leads import LeadFilters, visible_to
from portal.reminders import subjects


def row(lead):
    return db.session.get_one(Lead, lead.id, populate_existing=True)


@pytest.fixture
def leads(deal, alice, bob, carol, chen, clock):
    """Alice's, Carol's with Bob in the team, one in the pool, a void one, Chen's, and a customer
    that was void in the pool."""
    made = [deal(alice, "苏州恒通机电有限公司"), deal(carol, "无锡华光电子有限公司"),
            deal(None, "上海博远数据有限公司"), deal(alice, "杭州天成软件有限公司"),
            deal(chen, "深圳新科医疗有限公司"), deal(alice, "南京金桥物流有限公司")]
    with transaction():
        join(row(made[1]).customer, bob.id, "backup", clock())
        void_lead(alice.actor, row(made[3]), "Twice", clock())
        void_lead(alice.actor, row(made[5]), "Twice", clock())
        void_customer(alice.actor, row(made[5]).customer, "Twice", clock())
    return made


@pytest.mark.parametrize("many", [10_000, 0])
@pytest.mark.parametrize("login", ["alice", "bob", "carol", "mei", "wang", "chen", "hr", "admin"])
def test_list_page_and_news_agree(app, leads, login, many, monkeypatch):
    """Also where the person reads so many that databases are asked in another way."""
    monkeypatch.setattr(reading, "MANY", many)
    from tests.characters import character

    actor = character(login).actor
    listed = set(db.session.scalars(visible_to(actor).with_only_columns(Lead.id)))
    first = select(Lead.id).join(Lead.customer).where(reading.readable_by(actor, first=True))
    assert set(db.session.scalars(first)) == listed
    carried = reading.readable_of(actor, Lead.customer_id, Lead.id)
    assert set(db.session.scalars(select(Lead.id).where(carried))) == listed
    assert listed == {lead.id for lead in leads if access.allows(actor, "lead:read", row(lead))}
    with app.test_request_context():
        told = subjects.about(actor, [f"lead:{lead.id}" for lead in leads])
    assert set(told) == {f"lead:{number}" for number in listed}


def shown(person, clock, **args):
    filters = LeadFilters.from_args(args)
    query = filters.where(visible_to(person.actor), person.actor, clock())
    return {lead.title for lead in db.session.scalars(query)}


@pytest.mark.parametrize(("args", "titles"), [
    ({}, {"ERP", "MES", "Pool"}), ({"owner": "me"}, set()), ({"owner": "pool"}, {"Pool"}),
    ({"channel": "fair"}, {"ERP"}), ({"product": "mes"}, {"MES"}), ({"text": "恒通"}, {"ERP"}),
    ({"text": "me"}, {"MES"}), ({"text": "62345678"}, {"MES"}), ({"due": "1"}, {"ERP"}),
    ({"score_from": "101"}, set()), ({"status": "void"}, {"Old"}),
    ({"status": "all"}, {"ERP", "MES", "Pool"}), ({"stage": "acquired"}, {"ERP", "MES", "Pool"}),
    ({"stage": "nowhere"}, set()), ({"idle": "1"}, {"ERP", "MES", "Pool"}), ({"idle": "30"}, set()),
    ({"owner": "x", "team": "y", "score_from": "-1", "status": "?"}, {"ERP", "MES", "Pool"}),
    ({"text": "%"}, set()),
])
def test_filters(deal, alice, bob, mei, clock, args, titles):
    first = deal(alice, "苏州恒通机电有限公司", title="ERP", channel="fair")
    deal(bob, "无锡华光电子有限公司", title="MES", product="mes", phone="0512-62345678")
    deal(None, "上海博远数据有限公司", title="Pool")
    old = deal(alice, "杭州天成软件有限公司", title="Old")
    with transaction():
        set_next_step(alice.actor, row(first), "Call", clock() + timedelta(hours=1), clock())
        void_lead(alice.actor, row(old), "Twice", clock())
    clock.move(days=2)
    assert shown(mei, clock, **args) == titles


def test_by_team_and_by_owner(deal, alice, bob, carol, wang, mei, clock):
    deal(alice, "苏州恒通机电有限公司", title="ERP")
    deal(carol, "无锡华光电子有限公司", title="MES")
    team = mei.row.team_id
    assert shown(wang, clock, team=str(team)) == {"ERP"}
    assert shown(wang, clock, owner=str(alice.id)) == {"ERP"}
    assert shown(wang, clock, owner=str(carol.id)) == set()


def test_an_address_and_back():
    args = {"owner": "me", "status": "won", "score_from": "70", "due": "1", "text": "恒通",
            "team": "3", "idle": "14", "imported": "2", "stage": "needs"}
    assert LeadFilters.from_args(args).as_args() == args
    assert LeadFilters.from_args({}).as_args() == {} and not LeadFilters().is_narrow


def test_the_former_owner_is_told_its_name_alone(app, deal, alice, bob, mei, carol, clock):
    lead = deal(alice)
    with transaction():
        give_lead(mei.id, row(lead), bob.id, clock(), why="handed")
    with app.test_request_context():
        told = subjects.about(alice.actor, [f"former-lead:{lead.id}", f"lead:{lead.id}"])
        assert set(told) == {f"former-lead:{lead.id}"}
        assert f"/leads/{lead.id}" not in told[f"former-lead:{lead.id}"].url
        assert not subjects.about(carol.actor, [f"former-lead:{lead.id}"])
