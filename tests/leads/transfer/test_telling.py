"""Who is told of an import: one notice for each person, whoever named them."""

import pytest
from sqlalchemy import select

from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.pool.actions.ruling import RuleContent, add_rule
from portal.reminders.models import Notification

TABLE = "公司,负责人\n" + "".join(
    f"第{sign}江南精密机械有限公司,\n" for sign in "甲乙丙丁戊己")


@pytest.fixture
def by_turns(app, clock, wang, alice, bob):
    with transaction():
        add_rule(wang.actor, RuleContent(people=(alice.id, bob.id)), clock())


def notices():
    db.session.rollback()
    return sorted((each.person_id, each.kind) for each in db.session.scalars(select(Notification)))


def test_leads_by_the_rules_are_one_notice_for_each(
    importer, browser, mei, alice, bob, by_turns
):
    up = importer(mei)
    up.rehearse(TABLE, name="fair.csv", owner="rules")
    up.commit()
    leads = list(db.session.scalars(select(Lead)))
    assert sorted(lead.owner_id for lead in leads) == [alice.id] * 3 + [bob.id] * 3
    assert all(lead.response_due_at is not None for lead in leads)
    assert notices() == [(alice.id, "leads.imported"), (bob.id, "leads.imported")]
    page = browser(alice).get("/notifications").text
    assert "3 leads from the table “fair.csv”" in page


def test_what_goes_to_the_pool_by_its_row_stays_there(importer, mei, by_turns):
    up = importer(mei)
    up.rehearse("公司,负责人\n江南精密机械有限公司,公海\n", owner="rules")
    up.commit()
    assert db.session.scalars(select(Lead)).one().owner_id is None
    assert notices() == []


def test_a_manager_tells_each_colleague_once(importer, mei, alice):
    up = importer(mei)
    up.rehearse(TABLE, owner=str(alice.id))
    up.commit()
    assert notices() == [(alice.id, "leads.imported")]
