"""An import of leads from the upload to the leads."""

from decimal import Decimal

from sqlalchemy import func, select

from portal.core.audit import AuditEntry
from portal.customers.content import ContactFacts
from portal.customers.models import Contact, Customer, IdentityKey, TimelineEntry
from portal.extensions import db
from portal.leads.claims.models import Claim
from portal.leads.models import Lead, LeadMove

TABLE = (
    "公司名称,联系人,手机号,职务,需求,产品,预计金额,预计成交日期,负责人,备注\n"
    "江南精密机械有限公司,周文,13800138000,采购经理,ERP 升级,ERP系统,120万,2027-03-31,,展会认识\n"
    "北岭食品股份有限公司,吴敏,021-62345678,,,CRM系统,,,公海,\n"
)


def count(model):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model))


def test_rows_become_customers_contacts_and_leads(importer, alice):
    up = importer(alice)
    up.send("客户.csv", TABLE)
    assert up.found.mapping == ["company", "contact", "mobile", "job_title", "title", "product",
                                "amount", "expected_close", "owner", "note"]
    assert "江南精密" in up.page()
    up.columns()
    assert up.verdicts == ["new", "new"]
    assert count(Customer) == 0
    assert "Nobody has them yet" in up.page()
    up.commit()
    assert up.outcomes == ["made", "made"]
    first = db.session.query(Customer).filter_by(name="江南精密机械有限公司").one()
    assert first.owner_id == alice.id
    person = db.session.query(Contact).filter_by(customer_id=first.id).one()
    assert (person.name, person.phone, person.job_title) == ("周文", "13800138000", "采购经理")
    lead = db.session.query(Lead).filter_by(customer_id=first.id).one()
    assert (lead.title, lead.product, lead.amount) == ("ERP 升级", "erp", Decimal("1200000.00"))
    assert (lead.owner_id, lead.channel, lead.import_id) == (alice.id, "import", up.number)
    assert lead.contact_id == person.id
    assert lead.note == "展会认识"
    second = db.session.query(Lead).join(Customer).filter(Customer.name.startswith("北岭")).one()
    assert second.owner_id is None
    assert second.customer.owner_id is None
    assert second.title == "CRM"
    assert "Imported 2" in up.page()


def test_everything_is_kept_as_if_it_had_been_typed(importer, alice):
    up = importer(alice)
    up.rehearse(TABLE)
    up.commit()
    kinds = {kind for (kind,) in db.session.query(TimelineEntry.kind)}
    assert {"customer.recorded", "contact.recorded", "lead.recorded"} <= kinds
    actions = {action for (action,) in db.session.query(AuditEntry.action)}
    assert {"lead_import.uploaded", "lead_import.committed", "customer.recorded",
            "lead.recorded"} <= actions
    assert count(LeadMove) == 2
    keys = {(kind, value) for kind, value in db.session.query(IdentityKey.kind, IdentityKey.value)}
    assert ("phone", "+8613800138000") in keys


def test_a_table_imported_twice_makes_nothing_twice(importer, alice):
    up = importer(alice)
    up.rehearse(TABLE)
    up.commit()
    again = importer(alice)
    again.rehearse(TABLE)
    assert again.verdicts == ["update", "pool"]
    again.commit()
    assert again.outcomes == ["unchanged", "left"]
    assert count(Customer) == 2
    assert count(Lead) == 2


def test_of_whom_a_row_is_a_duplicate(importer, alice, bob, customer):
    customer(bob, "江南精密机械有限公司")
    up = importer(alice)
    up.rehearse("公司,联系人,手机\n江南精密机械,周文,13800138000\n")
    assert up.verdicts == ["duplicate"]
    page = up.page()
    assert bob.name in page
    assert "Acquired" in page
    # No link to a file that alice may not read.
    assert f"/customers/{up.rows[0].match_id}" not in page
    up.commit()
    assert up.outcomes == ["left"]
    assert count(Customer) == 1
    assert "A colleague has this customer" in up.browser.get(f"{up.url}/left.csv").text


def test_a_duplicate_may_be_kept_as_a_claim(importer, alice, bob, customer):
    made = customer(bob, "江南精密机械有限公司")
    up = importer(alice)
    up.rehearse("公司,联系人,手机,需求\n江南精密机械有限公司,周文,13800138000,MES\n")
    up.commit(group_duplicate="claim")
    assert up.outcomes == ["claimed"]
    claim = db.session.query(Claim).one()
    assert (claim.customer_id, claim.claimant_id) == (made.id, alice.id)
    assert claim.typed["lead"]["title"] == "MES"
    up.revert()
    db.session.rollback()
    assert db.session.query(Claim).one().state == "withdrawn"


def test_ones_own_customer_is_filled_in_where_it_is_blank(importer, alice, customer):
    made = customer(alice, "江南精密机械有限公司", region="south",
                    contact=ContactFacts("周文", job_title="厂长"))
    up = importer(alice)
    up.rehearse("公司,区域,行业,联系人,职务,手机\n"
                "江南精密机械有限公司,华东,制造业,周文,采购经理,13800138000\n")
    assert up.verdicts == ["update"]
    up.commit()
    assert up.outcomes == ["filled"]
    db.session.rollback()
    found = db.session.get_one(Customer, made.id)
    assert (found.region, found.industry) == ("south", "manufacturing")
    person = db.session.query(Contact).one()
    assert (person.job_title, person.phone) == ("厂长", "13800138000")
    assert count(Lead) == 1


def test_a_deal_is_added_to_ones_own_customer(importer, alice, customer):
    customer(alice, "江南精密机械有限公司")
    up = importer(alice)
    up.rehearse("公司,需求\n江南精密机械有限公司,第二条产线\n")
    up.commit(group_update="deal")
    assert up.outcomes == ["made"]
    titles = {title for (title,) in db.session.query(Lead.title)}
    assert titles == {"Offer", "第二条产线"}


def test_the_same_company_twice_in_one_table(importer, alice):
    up = importer(alice)
    up.rehearse("公司,联系人,手机,需求\n江南精密机械有限公司,周文,13800138000,ERP\n"
                "江南精密机械,吴敏,13900139000,MES\n另一家科技有限公司,郑丽,13800138000,CRM\n")
    assert up.verdicts == ["new", "same", "same"]
    assert [row.same_as for row in up.rows] == [None, 2, 2]
    assert "Same as line 2" in up.page()
    up.decide(line3="deal")
    up.commit()
    assert up.outcomes == ["made", "made", "left"]
    assert count(Customer) == 1
    assert count(Contact) == 2
    assert count(Lead) == 2


def test_close_names_are_left_out_unless_one_says_otherwise(importer, alice, bob, customer):
    customer(bob, "江南精密机械有限公司上海分公司")
    text = "公司\n江南精密机械有限公司\n"
    up = importer(alice)
    up.rehearse(text)
    assert up.verdicts == ["close"]
    up.commit()
    assert up.outcomes == ["left"]
    again = importer(alice)
    again.rehearse(text)
    again.commit(group_close="take")
    assert again.outcomes == ["made"]


def test_what_somebody_entered_meanwhile_is_told(importer, alice, bob, customer):
    up = importer(alice)
    up.rehearse(TABLE)
    customer(bob, "江南精密机械有限公司")
    up.commit()
    assert up.outcomes == ["failed", "made"]
    assert "Since the rehearsal" in up.page()
    assert "Since the rehearsal" in up.browser.get(f"{up.url}/left.csv").text
    assert count(Customer) == 2


def test_two_imports_at_once(importer, alice, bob):
    one, two = importer(alice), importer(bob)
    one.rehearse(TABLE)
    two.rehearse(TABLE)
    one.commit()
    two.commit()
    assert one.outcomes == ["made", "made"]
    assert two.outcomes == ["failed", "failed"]
    assert count(Customer) == 2


def test_words_that_no_list_knows_are_matched(importer, alice):
    up = importer(alice)
    up.rehearse("公司,产品,渠道\n甲骨机械有限公司,大模型,朋友圈\n乙木食品有限公司,CRM系统,展会\n")
    assert up.found.rehearsal.result["unknown"] == [["channel", "朋友圈", 1],
                                                    ["product", "大模型", 1]] or \
        up.found.rehearsal.result["unknown"] == [["product", "大模型", 1], ["channel", "朋友圈", 1]]
    unknown = [each[1] for each in up.found.rehearsal.result["unknown"]]
    up.commit(**{f"word_{unknown.index('大模型')}": "data", f"word_{unknown.index('朋友圈')}": "-"})
    assert up.outcomes == ["made", "made"]
    leads = {(lead.product, lead.channel) for lead in db.session.query(Lead)}
    assert leads == {("data", "import"), ("crm", "fair")}


def test_undecided_words_leave_their_rows_out(importer, alice):
    up = importer(alice)
    up.rehearse("公司,产品\n甲骨机械有限公司,大模型\n")
    up.commit()
    assert up.outcomes == ["failed"]
    assert "in no list" in up.rows[0].reason
