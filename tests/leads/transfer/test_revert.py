"""An import taken back: what it made, as far as nobody worked on it since."""

from datetime import timedelta

from portal.core.unit_of_work import transaction
from portal.customers.actions.customers import correct_customer
from portal.customers.content import ContactFacts, CustomerFacts
from portal.customers.models import Contact, Customer, IdentityKey, TimelineEntry
from portal.extensions import db
from portal.leads.actions.leads import give_lead, set_next_step
from portal.leads.models import Lead
from portal.leads.transfer import rules
from tests.leads.transfer.test_import import TABLE, count


def reverted(up):
    return [row.reverted for row in up.rows]


def test_everything_becomes_void_and_its_keys_are_free(importer, alice):
    up = importer(alice)
    up.rehearse(TABLE)
    up.commit()
    up.revert()
    assert reverted(up) == ["reverted", "reverted"]
    assert count(IdentityKey) == 0
    assert {lead.status for lead in db.session.query(Lead)} == {"void"}
    found = db.session.query(Customer).all()
    assert all(each.voided_at and each.void_reason == "Import taken back" for each in found)
    page = up.page()
    assert "as if they had never been" in page
    assert "Take it back" not in page
    # The same table goes in again.
    again = importer(alice)
    again.rehearse(TABLE)
    assert again.verdicts == ["new", "new"]


def test_what_somebody_worked_on_is_kept_and_told(importer, alice, mei, clock):
    up = importer(alice)
    up.rehearse(TABLE)
    up.commit()
    clock.move(hours=1)
    with transaction():
        lead = db.session.get_one(Lead, up.rows[0].lead_id)
        set_next_step(alice.actor, lead, "Call", clock() + timedelta(days=1), clock())
    up.revert()
    assert reverted(up) == ["kept", "reverted"]
    assert "worked on it" in up.rows[0].kept_because
    page = up.page(group="kept")
    assert "worked on it since" in page
    assert db.session.get_one(Lead, up.rows[0].lead_id).status == "open"


def test_what_the_clock_did_counts_as_nothing(importer, alice, bob, clock):
    up = importer(alice)
    up.rehearse(TABLE)
    up.commit()
    with transaction():
        lead = db.session.get_one(Lead, up.rows[1].lead_id)
        give_lead(None, lead, bob.id, clock(), why="allocated")
    up.revert()
    assert reverted(up) == ["reverted", "reverted"]


def test_what_was_filled_in_is_blank_again(importer, alice, customer, clock):
    made = customer(alice, "江南精密机械有限公司", contact=ContactFacts("周文"))
    up = importer(alice)
    up.rehearse("公司,行业,简称,联系人,手机\n江南精密机械有限公司,制造业,江南精机,周文,13800138000\n")
    up.commit()
    assert db.session.get_one(Customer, made.id).industry == "manufacturing"
    up.revert()
    assert reverted(up) == ["reverted"]
    db.session.rollback()
    found = db.session.get_one(Customer, made.id)
    assert (found.industry, found.aliases, found.voided_at) == (None, [], None)
    assert db.session.query(Contact).one().phone == ""
    corrections = db.session.query(TimelineEntry).filter_by(kind="customer.corrected").all()
    assert [entry.reason for entry in corrections] == ["", "Import taken back"]


def test_what_was_corrected_since_is_left(importer, alice, customer, clock):
    made = customer(alice, "江南精密机械有限公司")
    up = importer(alice)
    up.rehearse("公司,行业,联系人\n江南精密机械有限公司,制造业,周文\n")
    up.commit()
    with transaction():
        row = db.session.get_one(Customer, made.id)
        correct_customer(alice.actor, row, CustomerFacts(row.name, industry="finance"), "wrong",
                         clock(), version=row.version)
    up.revert()
    assert reverted(up) == ["kept"]
    assert db.session.get_one(Customer, made.id).industry == "finance"


def test_deals_and_contacts_that_were_added_go(importer, alice, customer):
    made = customer(alice, "江南精密机械有限公司")
    up = importer(alice)
    up.rehearse("公司,联系人,需求\n江南精密机械有限公司,周文,MES\n")
    up.commit(group_update="deal")
    up.revert()
    assert reverted(up) == ["reverted"]
    states = {lead.title: lead.status for lead in db.session.query(Lead)}
    assert states == {"Offer": "open", "MES": "void"}
    assert db.session.query(Contact).one().voided_at is not None
    assert db.session.get_one(Customer, made.id).voided_at is None


def test_rows_of_one_company_go_together(importer, alice):
    up = importer(alice)
    up.rehearse("公司,联系人,需求\n江南精密机械有限公司,周文,ERP\n江南精密机械有限公司,吴敏,MES\n")
    up.commit(group_same="deal")
    assert count(Lead) == 2
    up.revert()
    assert reverted(up) == ["reverted", "reverted"]
    assert {lead.status for lead in db.session.query(Lead)} == {"void"}


def test_after_thirty_days_it_stays(importer, alice, clock):
    up = importer(alice)
    up.rehearse(TABLE)
    up.commit()
    number = up.number
    clock.move(days=rules.REVERT_DAYS, seconds=1)
    late = importer(alice)
    late.number = number
    assert "Take it back" not in late.page()
    answer = late.revert()
    assert answer.status_code == 422
    assert "30 days" in answer.text
    assert reverted(late) == [None, None]


def test_two_clicks_take_it_back_once(importer, alice):
    up = importer(alice)
    up.rehearse(TABLE)
    up.commit()
    assert up.revert().status_code == 303
    assert up.revert().status_code == 409
