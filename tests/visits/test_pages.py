"""The pages of visits: who sees what, what is typed, what is refused."""


import io

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from portal.extensions import db
from portal.visits.models import Visit

FIRST = "2026-W23"


def visits():
    db.session.rollback()
    return db.session.scalars(select(Visit).order_by(Visit.id)).all()


def test_the_week_shows_ones_own_visits_day_by_day(browser, alice, customer, planned):
    planned(alice, customer(alice), 2, goal="Settle the scope", purpose="quote")
    page = browser(alice).get("/visits").text
    assert "Hengda Machinery" in page
    assert "Settle the scope" in page
    assert "Price quotation" in page
    assert FIRST in page
    assert "Hengda Machinery" not in browser(alice).get("/visits?week=2026-W24").text
    assert browser(alice).get("/visits?week=nonsense").status_code == 200


def test_the_dragon_boat_festival_is_named(browser, alice):
    assert "Dragon Boat Festival" in browser(alice).get("/visits?week=2026-W25").text


def test_a_manager_reads_the_weeks_of_the_people_they_lead(
    browser, alice, bob, mei, wang, chen, customer, planned
):
    visit = planned(alice, customer(alice))
    for person in (mei, wang):
        page = browser(person).get(f"/visits?person={alice.id}").text
        assert "Hengda Machinery" in page
        assert "I am here" not in page
        assert "Hengda Machinery" in browser(person).get("/visits/team").text
        assert browser(person).post(f"/visits/{visit.id}/cancel", data={"reason": "x"}
                                    ).status_code == 403
    assert "Hengda Machinery" not in browser(mei).get("/visits/team?q=nobody").text
    fragment = browser(mei).fragment("/visits/team?q=" + alice.login).text
    assert "Hengda Machinery" in fragment
    assert "<html" not in fragment
    for person in (bob, chen):
        assert browser(person).get(f"/visits?person={alice.id}").status_code == 404
    assert browser(alice).get("/visits/team").status_code == 403


@pytest.mark.parametrize("address", [
    "/visits", "/visits/team", "/visits/plan", "/visits/new", "/follow-ups/new", "/visits/export",
    "/visits/customers", "/visits/copy",
])
def test_hr_and_administrators_have_no_visits(browser, hr, admin, address):
    for person in (hr, admin):
        assert browser(person).get(address).status_code == 403


def test_whom_one_saw_last_stands_first_and_others_are_found_by_sound(
    browser, alice, customer, planned
):
    planned(alice, customer(alice, "杭州恒达精密机械有限公司"))
    customer(alice, "宁波海纳供应链管理有限公司")
    page = browser(alice).get("/visits/plan").text
    assert page.index("恒达") < page.index("海纳")
    for text in ("海纳", "ningbo", "nbhn"):
        found = browser(alice).fragment(f"/visits/customers?q={text}&purpose=follow-up").text
        assert "海纳" in found, text
        assert "恒达" not in found
        assert "/follow-ups/new" in found


def test_others_customers_are_not_offered(browser, bob, alice, customer):
    hengda = customer(alice)
    assert "Machinery" not in browser(bob).fragment("/visits/customers?q=Hengda").text
    for address in (f"/visits/plan?customer={hengda.id}", f"/customers/{hengda.id}/visits/new",
                    f"/customers/{hengda.id}/follow-ups/new", f"/customers/{hengda.id}/visits",
                    f"/visits/new?customer={hengda.id}", "/visits/plan?customer=999"):
        assert browser(bob).get(address).status_code == 404, address


def test_planning_in_a_form_and_in_place(browser, alice, customer, today):
    hengda = customer(alice, contacts=["Wang Jianguo"])
    alices = browser(alice)
    page = alices.get(f"/visits/plan?customer={hengda.id}&day=2026-06-03").text
    assert 'value="2026-06-03"' in page
    data = {"customer": hengda.id, "day": "2026-06-03", "purpose": "demo", "goal": "Show it",
            "starts_at": "14:30", "contacts": str(hengda.contacts[0].id)}
    answer = alices.post("/visits/plan", data=data)
    assert answer.status_code == 303
    assert answer.location == "/visits?week=2026-W23#visit-1"
    fragment = alices.fragment(f"/visits/plan?customer={hengda.id}").text
    assert "<html" not in fragment
    wrong = alices.fragment("/visits/plan", {**data, "day": "2026-05-03"}, method="POST")
    assert wrong.status_code == 422
    assert "Show it" in wrong.text
    assert "This day has passed" in wrong.text
    for bad in ({"day": ""}, {"day": "someday"}, {"purpose": "x"}, {"lead": "99"},
                {"starts_at": "25:00"}):
        assert alices.post("/visits/plan", data={**data, **bad}).status_code == 422, bad
    assert len(visits()) == 1


def test_moving_cancelling_and_their_undo(browser, alice, bob, customer, planned):
    visit = planned(alice, customer(alice), 1)
    alices = browser(alice)
    assert alices.post(f"/visits/{visit.id}/move", data={"day": "2026-06-04"}).status_code == 303
    assert visits()[0].day.isoformat() == "2026-06-04"
    assert "/move-back/2026-06-02" in alices.get("/visits").text
    assert alices.post(f"/visits/{visit.id}/move-back/2026-06-02").status_code == 303
    for day in ("", "2026-05-01", "x"):
        assert alices.post(f"/visits/{visit.id}/move", data={"day": day}).status_code == 422
    assert alices.post(f"/visits/{visit.id}/cancel", data={"reason": " "}).status_code == 422
    assert alices.post(f"/visits/{visit.id}/cancel", data={"reason": "Ill"}).status_code == 303
    assert "Because: Ill" in alices.get("/visits").text
    assert alices.post(f"/visits/{visit.id}/restore").status_code == 303
    assert visits()[0].status == "planned"
    assert browser(bob).post(f"/visits/{visit.id}/move", data={"day": "2026-06-04"}
                             ).status_code == 404
    assert alices.get(f"/visits/{visit.id}/move").status_code == 405


def test_a_proposal_is_planned_with_one_tap(browser, alice, customer, today):
    hengda = customer(alice)
    alices = browser(alice)
    with_due = db.session.get_one(type(hengda), hengda.id)
    assert with_due.next_contact_on is not None
    page = alices.get(f"/visits?week={with_due.next_contact_on.strftime('%G-W%V')}").text
    assert "Due this week" in page
    day = max(today, with_due.next_contact_on)
    answer = alices.post("/visits/plan/at-once", data={"customer": hengda.id,
                                                       "day": day.isoformat()})
    assert answer.status_code == 303
    assert [visit.customer_id for visit in visits()] == [hengda.id]
    again = alices.get(f"/visits?week={with_due.next_contact_on.strftime('%G-W%V')}").text
    assert "Due this week" not in again
    assert alices.post("/visits/plan/at-once", data={"day": "2026-06-03"}).status_code == 422


def test_copying_last_week(browser, alice, customer, planned, clock):
    visit = planned(alice, customer(alice), 2, goal="Settle it")
    clock.move(days=7)
    alices = browser(alice)
    page = alices.get("/visits/copy").text
    assert "Settle it" in page
    assert alices.post("/visits/copy?week=2026-W24", data={"visit": visit.id}).status_code == 303
    assert [each.day.isoformat() for each in visits()] == ["2026-06-03", "2026-06-10"]
    alices.post("/visits/copy?week=2026-W24", data={"visit": visit.id})
    assert len(visits()) == 2
    assert "is in this week already" in alices.get("/visits/copy?week=2026-W24").text


def test_the_export_is_a_workbook_of_ones_own(browser, alice, bob, customer, planned):
    planned(alice, customer(alice), goal="=1+1")
    planned(bob, customer(bob, "Haina Logistics"))
    answer = browser(alice).get("/visits/export?first=2026-06-01&last=2026-06-30")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.data[:2] == b"PK"
    rows = list(load_workbook(io.BytesIO(answer.data)).active.values)
    assert [row[3] for row in rows[1:]] == ["Hengda Machinery"]
    assert rows[1][6] == "=1+1"
    for wrong in ("first=2026-06-30&last=2026-06-01", "first=x&last=y"):
        assert browser(alice).get(f"/visits/export?{wrong}").status_code == 422


def test_the_page_of_a_visit_asks_no_more_for_more_comments(
    browser, app, alice, mei, customer, planned, statements
):
    visit = planned(alice, customer(alice, contacts=["One", "Two"]))
    alices = browser(alice)

    def asked():
        alices.get(f"/visits/{visit.id}")
        before = len(statements)
        alices.get(f"/visits/{visit.id}")
        return len(statements) - before

    few = asked()
    for number in range(5):
        for person in (alice, mei):
            browser(person).post(f"/visits/{visit.id}/comments", data={"body": f"Say {number}"})
    assert asked() <= few


def test_lists_and_weeks_ask_no_more_for_more_visits(
    browser, alice, mei, customer, planned, statements
):
    hengda = customer(alice, contacts=["One", "Two"])
    alices, meis = browser(alice), browser(mei)
    pages = ((alices, "/visits"), (alices, f"/customers/{hengda.id}/visits"),
             (meis, "/visits/team"), (alices, "/"))

    def asked(someone, address):
        someone.get(address)
        before = len(statements)
        assert someone.get(address).status_code == 200
        return len(statements) - before

    planned(alice, hengda, contact_ids=(hengda.contacts[0].id,))
    few = [asked(*page) for page in pages]
    for days in range(6):
        planned(alice, customer(alice, f"Company {days}"), days % 3)
        planned(alice, hengda, days % 3, contact_ids=(hengda.contacts[1].id,))
    assert [asked(*page) for page in pages] == few


def test_visits_of_a_customer_and_of_a_deal(browser, alice, chen, customer, lead, planned, today):
    hengda = customer(alice)
    deal = lead(alice, hengda)
    planned(alice, hengda, 2, lead_id=deal.id, goal="About the deal")
    planned(alice, hengda, 3, goal="About nothing in particular")
    alices = browser(alice)
    page = alices.get(f"/customers/{hengda.id}/visits").text
    assert "About the deal" in page
    assert "About nothing in particular" in page
    page = alices.get(f"/leads/{deal.id}/visits").text
    assert "About the deal" in page
    assert "About nothing in particular" not in page
    assert browser(chen).get(f"/leads/{deal.id}/visits").status_code == 404
