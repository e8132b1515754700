"""Rules of allocation: written, tried and carried out."""

import pytest
from sqlalchemy import select

from portal.core.audit import AuditEntry
from portal.core.unit_of_work import transaction
from portal.customers.actions.customers import record_customer
from portal.customers.content import CustomerFacts
from portal.extensions import db
from portal.leads.actions.leads import record_lead
from portal.leads.content import LeadFacts
from portal.leads.models import Lead
from portal.leads.pool.models import AllocationRule, PoolStep
from portal.people.actions import deactivate_person
from portal.tasks.models import Task

FORM = {"team": "", "people": ""}


@pytest.fixture
def new_lead(app, clock, mei):
    """A lead without owner, of a customer in this region."""

    def make(name="苏州恒通机电有限公司", region="east", **facts):
        with transaction():
            customer = record_customer(mei.actor, CustomerFacts(name=name, region=region), clock(),
                                       owner_id=None)
            return record_lead(mei.actor, customer, LeadFacts(title="ERP", **facts), clock(),
                               owner_id=None)

    return make


def rules_now():
    db.session.rollback()
    return db.session.scalars(select(AllocationRule).where(
        AllocationRule.removed_at.is_(None)).order_by(AllocationRule.position)).all()


def test_new_leads_go_round_at_once(new_lead, now_row, rule, alice, bob, app):
    rule(alice, bob, regions=("east",))
    owners = [now_row(new_lead(f"第{n}号机械制造有限公司")).owner_id for n in range(3)]
    assert owners == [alice.id, bob.id, alice.id]
    assert now_row(new_lead("广州云帆软件有限公司", "south")).owner_id is None
    assert db.session.scalars(select(PoolStep).where(PoolStep.what == "new")).all() == []


def test_the_first_rule_that_fits_decides(new_lead, now_row, rule, alice, bob, carol):
    rule(carol, channels=("fair",))
    rule(bob, regions=("east",), products=("erp",))
    rule(alice)
    assert now_row(new_lead("甲子科技有限公司", channel="fair", product="erp")).owner_id == carol.id
    assert now_row(new_lead("乙丑科技有限公司", product="erp")).owner_id == bob.id
    assert now_row(new_lead("丙寅科技有限公司")).owner_id == alice.id


def test_whoever_left_or_is_at_the_cap_is_skipped(
    new_lead, now_row, rule, alice, bob, carol, admin, clock, set_option
):
    rule(alice, bob, carol)
    set_option("pool.cap", 1)
    with transaction():
        deactivate_person(admin.actor, bob.row, clock())
    owners = [now_row(new_lead(f"第{n}号机械制造有限公司")).owner_id for n in range(3)]
    assert owners == [alice.id, carol.id, None]


def test_a_team_takes_turns(new_lead, now_row, rule, alice, bob, mei):
    rule(team_id=alice.team_id)
    owners = {now_row(new_lead(f"第{n}号机械制造有限公司")).owner_id for n in range(3)}
    assert owners == {alice.id, bob.id, mei.id}


def test_written_changed_moved_removed_and_undone(browser, wang, admin, alice, bob):
    for person in (wang, admin):
        answer = browser(person).post("/manage/allocation/new", data={
            **FORM, "regions": ["east"], "people": f"{alice.name}, bob"})
        assert answer.status_code == 303
    first, second = rules_now()
    assert first.people == [alice.id, bob.id] and first.regions == ["east"]
    asks = browser(admin)
    page = asks.get("/manage/allocation").text
    assert alice.name in page and "next:" in page
    asks.post(f"/manage/allocation/{second.id}/move")
    assert [each.id for each in rules_now()] == [second.id, first.id]
    asks.post(f"/manage/allocation/{second.id}/move?down=yes")
    answer = asks.post(f"/manage/allocation/{first.id}", data={**FORM, "people": "bob"})
    assert answer.status_code == 303
    changed = rules_now()[0]
    assert changed.people == [bob.id] and changed.id != first.id
    asks.post(f"/manage/allocation/{first.id}/put-back")
    assert [each.id for each in rules_now()] == [first.id, second.id]
    asks.post(f"/manage/allocation/{second.id}/remove")
    assert [each.id for each in rules_now()] == [first.id]
    asks.post(f"/manage/allocation/{second.id}/put-back")
    assert [each.id for each in rules_now()] == [first.id, second.id]
    said = set(db.session.scalars(select(AuditEntry.action)))
    assert {"allocation.saved", "allocation.moved", "allocation.removed",
            "allocation.put_back"} <= said


@pytest.mark.parametrize("typed", [
    {}, {"people": "Nobody"}, {"people": "何任"}, {"team": "999", "people": ""},
    {"people": "李爱丽", "regions": ["nowhere"]},
])
def test_what_is_wrong_is_said(browser, admin, typed):
    answer = browser(admin).post("/manage/allocation/new", data={**FORM, **typed})
    assert answer.status_code == 422 and rules_now() == []


def test_who_arranges(browser, rule, alice, mei, chen, wang, hr, admin):
    number = rule(alice).id
    for person, status in ((alice, 403), (mei, 403), (hr, 403), (chen, 200), (wang, 200),
                           (admin, 200)):
        for path in ("", "/new", "/try", f"/{number}"):
            assert browser(person).get(f"/manage/allocation{path}").status_code == status
    assert browser(admin).post("/manage/allocation/run").status_code == 403
    assert browser(admin).get("/manage/allocation/999").status_code == 404


def test_trying_writes_nothing_and_hides_names_from_the_administrator(
    browser, new_lead, rule, alice, bob, wang, admin, now_row
):
    leads = [new_lead("甲子科技有限公司"), new_lead("乙丑科技有限公司"),
             new_lead("丙寅科技有限公司", "south")]
    rule(alice, bob, regions=("east",))
    page = browser(wang).get("/manage/allocation/try").text
    assert "甲子科技有限公司" in page and "by rule 1" in page and "no rule fits" in page
    page = browser(admin).get("/manage/allocation/try").text
    assert "甲子科技有限公司" not in page and f"Lead {leads[0].id}" in page
    assert all(now_row(lead).owner_id is None for lead in leads)
    assert rules_now()[0].last_person_id is None
    example = browser(admin).fragment("/manage/allocation/try?region=east").text
    assert alice.name in example
    example = browser(admin).fragment("/manage/allocation/try?region=south").text
    assert "no rule fits" in example


def test_handing_out_the_pool(browser, new_lead, rule, alice, bob, wang, set_option, now_row):
    assert browser(wang).post("/manage/allocation/run").status_code == 303
    assert db.session.scalar(select(Task)) is None
    set_option("pool.cap", 1)
    leads = [new_lead(f"第{n}号机械制造有限公司") for n in range(4)]
    rule(alice, bob)
    answer = browser(wang).post("/manage/allocation/run")
    assert answer.status_code == 303 and "/tasks/" in answer.headers["Location"]
    assert [now_row(lead).owner_id for lead in leads] == [alice.id, bob.id, None, None]
    task = db.session.scalar(select(Task))
    assert task.status == "done" and task.result["given"] == 2
    page = browser(wang).get(answer.headers["Location"]).text
    assert "2 leads were handed out. 2 leads wait in the pool." in page
    assert db.session.scalar(select(Lead).where(Lead.owner_id == alice.id)).response_due_at


def test_who_gave_it_back_does_not_get_it_again(browser, deal, rule, alice, wang, now_row):
    lead = deal(alice)
    browser(alice).post(f"/leads/{lead.id}/return", data={"reason": "No"})
    rule(alice)
    browser(wang).post("/manage/allocation/run")
    assert now_row(lead).owner_id is None
