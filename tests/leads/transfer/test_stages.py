"""The stage of a deal in a table: taken over as history, never won by an import."""

from sqlalchemy import select

from portal.customers.models import TimelineEntry
from portal.extensions import db
from portal.leads.models import Lead, LeadMove

TABLE = """公司名称,需求,阶段
江南精密机械有限公司,ERP,方案
北岭食品股份有限公司,WMS,Needs
湖东化工有限公司,MES,acquired
"""


def leads():
    db.session.rollback()
    return list(db.session.scalars(select(Lead).order_by(Lead.id)))


def test_a_deal_is_taken_over_where_it_stands(importer, alice):
    up = importer(alice)
    up.rehearse(TABLE)
    assert up.found.mapping == ["company", "title", "stage"]
    up.commit()
    assert [lead.stage for lead in leads()] == ["proposal", "needs", "acquired"]
    moves = list(db.session.scalars(select(LeadMove).order_by(LeadMove.id)))
    assert [(move.from_stage, move.to_stage) for move in moves] == [
        (None, "proposal"), (None, "needs"), (None, "acquired")]
    assert [move.passed_reason for move in moves] == ["Imported", "Imported", ""]
    assert moves[0].lacked and not moves[2].lacked
    entries = list(db.session.scalars(select(TimelineEntry).where(
        TimelineEntry.kind == "lead.taken_over")))
    assert [entry.detail["to"] for entry in entries] == ["proposal", "needs"]
    page = alice_page(up, leads()[0])
    assert "Taken over at the stage Proposal; not checked here:" in page
    assert "let it pass to “Proposal”: Imported" in page


def alice_page(up, lead):
    answer = up.browser.get(f"/leads/{lead.id}")
    assert answer.status_code == 200
    return answer.text


def test_nothing_is_won_by_an_import(importer, alice):
    up = importer(alice)
    up.rehearse("公司,阶段\n江南精密机械有限公司,回款\n北岭食品股份有限公司,paid\n")
    assert up.verdicts == ["error", "error"]
    assert "Only deals that were won are at the stage “回款”" in up.page()


def test_an_unknown_stage_is_told_and_may_be_given_a_meaning(importer, alice):
    up = importer(alice)
    up.rehearse("公司,阶段\n江南精密机械有限公司,报价中\n北岭食品股份有限公司,谈妥了\n")
    page = up.page()
    assert "no list knows “报价中”" in page
    # The last stage is not among what it may mean.
    assert '<option value="proposal">' in page and '<option value="paid">' not in page
    up.commit(word_0="proposal", word_1="paid")
    assert up.outcomes == ["made", "failed"]
    assert [lead.stage for lead in leads()] == ["proposal"]
    assert "“谈妥了” is in no list." in up.rows[1].reason


def test_what_is_taken_over_can_be_taken_back(importer, alice):
    up = importer(alice)
    up.rehearse(TABLE)
    up.commit()
    up.revert()
    assert [row.reverted for row in up.rows] == ["reverted"] * 3
    assert {lead.status for lead in leads()} == {"void"}
