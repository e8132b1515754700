"""The pages of money: lists, forms, and who may use them."""

from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from portal.core.today import rows as today_rows
from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.money.models import Payment, Receivable
from tests.counting import statements as statements_inside


def new_one(lead):
    return f"/leads/{lead.id}/receivables/new"


FORM = {"amount": "12万", "billed_on": "2026-06-01", "due_on": "2026-07-31", "label": "首付款"}


def test_a_receivable_is_entered_and_paid(browser, alice, lead):
    me = browser(alice)
    assert me.post(new_one(lead), data=FORM).status_code == 303
    receivable = db.session.query(Receivable).one()
    assert receivable.amount == 120_000
    page = me.get(f"/receivables/{receivable.id}/payments/new")
    assert 'value="120000"' in page.text
    answer = me.post(f"/receivables/{receivable.id}/payments/new",
                     data={"amount": "20000", "paid_on": "2026-06-01"})
    assert answer.status_code == 303
    shown = me.get(f"/leads/{lead.id}/money").text
    assert "¥100,000" in shown and "paid on" in shown


@pytest.mark.parametrize("wrong", [
    {"amount": "-5"}, {"amount": ""}, {"amount": "0"}, {"amount": "lots"}, {"due_on": "tomorrow"},
    {"due_on": ""}, {"billed_on": "2027-01-01"}, {"due_on": "2026-05-01"}, {"label": "x" * 61},
])
def test_what_cannot_be_is_told_and_kept(wrong, browser, alice, lead):
    answer = browser(alice).post(new_one(lead), data={**FORM, "label": "down", **wrong})
    assert answer.status_code == 422
    assert "Not saved yet" in answer.text
    if "label" not in wrong:
        assert 'value="down"' in answer.text
    assert db.session.query(Receivable).count() == 0


def test_more_than_is_open_is_told(browser, alice, lead, owed):
    receivable = owed(lead, 100)
    answer = browser(alice).post(f"/receivables/{receivable.id}/payments/new",
                                 data={"amount": "100.01", "paid_on": "2026-06-01"})
    assert answer.status_code == 422
    assert "still open here" in answer.text and 'value="100.01"' in answer.text
    assert db.session.query(Payment).count() == 0


def test_a_correction_over_another_one_is_told_and_may_be_sent_again(browser, alice, lead, owed):
    receivable = owed(lead, 100)
    me, there = browser(alice), f"/receivables/{receivable.id}/edit"
    form = {**FORM, "reason": "Tax", "version": "1"}
    assert me.post(there, data=form).status_code == 303
    stale = me.post(there, data={**form, "amount": "90"})
    assert stale.status_code == 409
    assert "Somebody else has changed this" in stale.text
    assert 'value="90"' in stale.text and 'value="2"' in stale.text
    assert me.post(there, data={**form, "amount": "90", "version": "2"}).status_code == 303
    assert db.session.get(Receivable, receivable.id).amount == 90


def test_voiding_asks_for_a_reason(browser, alice, lead, owed):
    receivable = owed(lead, 100)
    me, there = browser(alice), f"/receivables/{receivable.id}/void"
    assert me.post(there, data={"reason": " "}).status_code == 422
    assert me.post(there, data={"reason": "Wrong deal"}).status_code == 303
    assert "Void: Wrong deal" in me.get(f"/leads/{lead.id}/money").text


def test_the_contract_is_written_down(browser, alice, lead):
    me = browser(alice)
    form = {"amount": "50万", "margin": "9万", "signed_on": "2026-05-30", "version": "1"}
    version = db.session.get(Lead, lead.id).version
    answer = me.post(f"/leads/{lead.id}/contract", data={**form, "version": str(version)})
    assert answer.status_code == 303
    assert db.session.get(Lead, lead.id).contract_amount == Decimal(500_000)
    # What the contract still lacks is proposed as the next receivable.
    assert 'value="500000"' in me.get(new_one(lead)).text
    late = me.post(f"/leads/{lead.id}/contract", data={**form, "signed_on": "2027-05-30"})
    assert late.status_code in (409, 422)


def test_the_list_shows_the_longest_overdue_first(browser, alice, mei, carol, deal, owed):
    first, second = deal(alice), deal(alice, "无锡北辰软件有限公司", title="数据平台")
    owed(first, 100, due=-3)
    owed(second, 200, due=-30)
    owed(second, 777, due=30)
    shown = browser(mei).get("/receivables").text
    assert shown.index("无锡北辰") < shown.index("苏州恒通")
    assert "¥777</td>" not in shown
    assert "¥777</td>" in browser(alice).get("/receivables?list=open&owner=me").text
    assert "苏州恒通" not in browser(carol).get("/receivables?list=open").text


def test_the_list_as_a_workbook(browser, alice, lead, owed):
    owed(lead, "1234.50", due=-3)
    answer = browser(alice).get("/receivables.xlsx?list=overdue")
    rows = list(load_workbook(BytesIO(answer.data)).active.values)
    assert rows[1][0] == "苏州恒通机电有限公司" and rows[1][6] == 1234.5


def test_overdue_money_stands_on_today(browser, alice, mei, lead, owed):
    owed(lead, 100, due=-3)
    assert "Overdue payment" in browser(alice).get("/").text
    assert "1 receivable is overdue" in browser(mei).get("/").text


def test_what_is_overdue_is_said_once(app, alice, lead, owed, clock):
    owed(lead, 100, due=2)
    clock.move(days=4)
    with app.test_request_context():
        said = [row.title for row in today_rows(alice.actor, clock()) if "100" in row.title]
    assert len(said) == 1


def test_others_find_nothing(browser, carol, bob, lead, owed):
    receivable = owed(lead, 100)
    for address in (f"/leads/{lead.id}/money", new_one(lead), f"/receivables/{receivable.id}/edit",
                    f"/customers/{lead.customer_id}/money"):
        assert browser(carol).get(address).status_code == 404
        assert browser(bob).get(address).status_code == 404


def test_who_leads_reads_and_does_not_enter(browser, mei, lead, owed):
    owed(lead, 100)
    assert browser(mei).get(f"/leads/{lead.id}/money").status_code == 200
    assert browser(mei).post(new_one(lead), data=FORM).status_code == 403


def test_the_list_does_not_ask_more_for_more(app, browser, alice, deal, owed):
    me = browser(alice)
    first = deal(alice)
    owed(first, 100, due=-3)
    me.get("/receivables")
    with statements_inside(app) as few:
        me.get("/receivables")
    for number in range(8):
        owed(deal(alice, f"常州第{number + 3}精工有限公司"), 100, due=-3)
    with statements_inside(app) as many:
        me.get("/receivables")
    assert len(many) == len(few)
