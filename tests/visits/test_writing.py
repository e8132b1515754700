"""The forms of reviews and follow-ups: drafts, once only, what next, and where they lead."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.core.text import line
from portal.drafts.models import Draft
from portal.extensions import db
from portal.reminders.models import Reminder
from portal.visits.clockwork import look_for_unwritten
from portal.visits.models import Visit

KEY = "a-key-of-a-form-1"
REVIEW = {"result": "reached", "words": "They like it.", "next_step": "Send the offer",
          "next_when": "three"}


def visits():
    db.session.rollback()
    return db.session.scalars(select(Visit).order_by(Visit.id)).all()


def test_plan_check_in_review(browser, alice, customer, lead, planned):
    hengda = customer(alice, contacts=["Wang Jianguo"])
    deal = lead(alice, hengda)
    visit = planned(alice, hengda, lead_id=deal.id, goal="Settle the scope")
    alices = browser(alice)
    assert "I am here" in alices.get("/").text
    assert alices.post(f"/visits/{visit.id}/arrive").location == f"/visits/{visit.id}"
    assert "Write the review" in alices.get("/").text
    page = alices.get(f"/visits/{visit.id}/review").text
    assert "Goal: Settle the scope" in page
    answer = alices.post(f"/visits/{visit.id}/review", data={
        **REVIEW, "contacts": str(hengda.contacts[0].id)})
    assert answer.location == f"/visits/{visit.id}#use-it"
    done = visits()[0]
    assert (done.status, done.review.next_on) == ("reviewed", date(2026, 6, 4))
    page = alices.get(f"/visits/{visit.id}").text
    for kind in ("lesson", "problem", "alert"):
        assert f"/cases/new/{kind}?from=visit:{visit.id}" in page.replace("%3A", ":")
    assert alices.get(f"/visits/{visit.id}/review").status_code == 303


@pytest.mark.parametrize(("wrong", "said"), [
    ({"result": ""}, "Choose one."), ({"words": " "}, "Write at least one of the three"),
    ({"next_when": ""}, "Say when"), ({"next_step": ""}, "Say what the next step is"),
    ({"next_when": "date"}, "Say when"),
    ({"next_when": "date", "next_on": "2026-05-01"}, "This day has passed"),
    ({"result": "great"}, "valid choice"), ({"contacts": "99"}, "valid"),
])
def test_what_is_not_whole_is_shown_again(browser, alice, customer, planned, wrong, said):
    visit = planned(alice, customer(alice))
    answer = browser(alice).post(f"/visits/{visit.id}/review", data={**REVIEW, **wrong})
    assert answer.status_code == 422
    assert said in answer.text
    assert wrong.get("next_step", "Send the offer") in answer.text
    assert visits()[0].status == "planned"


def test_sent_twice_it_is_one(browser, alice, customer):
    hengda = customer(alice)
    alices = browser(alice)
    data = {"words": "They call back.", "channel": "call", "day": "2026-06-01", "draft_key": KEY}
    first = alices.post(f"/customers/{hengda.id}/follow-ups/new", data=data)
    again = alices.post(f"/customers/{hengda.id}/follow-ups/new", data=data)
    assert first.location == again.location == "/visits/1"
    assert len(visits()) == 1


def test_a_draft_goes_on_where_it_was_left(browser, alice, bob, customer, planned):
    hengda = customer(alice)
    visit = planned(alice, hengda)
    alices = browser(alice)
    for form, url in ((f"visit-review:{visit.id}", f"/visits/{visit.id}/review"),
                      (f"visit-at:{hengda.id}", f"/customers/{hengda.id}/visits/new"),
                      (f"follow-up:{hengda.id}", f"/customers/{hengda.id}/follow-ups/new")):
        key = form.replace(":", "-key-")
        kept = alices.post(f"/drafts/{key}", data={
            "draft_form": form, "title": hengda.name, "words": "Half a thought"})
        assert kept.json["state"] == "saved"
        page = alices.get("/drafts").text
        assert f"{url}?draft_key={key}" in page
        assert "Half a thought" in alices.get(f"{url}?draft_key={key}").text
    # The review goes on by itself; the others are offered.
    assert "Half a thought" in alices.get(f"/visits/{visit.id}/review").text
    assert "You began this" in alices.get(f"/customers/{hengda.id}/follow-ups/new").text
    blank = alices.post("/drafts/empty-key-1", data={
        "draft_form": f"follow-up:{hengda.id}", "title": hengda.name, "channel": "call"})
    assert blank.json["state"] == "blank"


def test_a_draft_of_a_customer_that_is_no_longer_ones_own_keeps_its_words(
    browser, alice, bob, customer
):
    hengda = customer(bob)
    alices = browser(alice)
    alices.post(f"/drafts/{KEY}", data={"draft_form": f"follow-up:{hengda.id}",
                                        "words": "Half a thought"})
    page = alices.get("/drafts").text
    assert "Hengda" not in page
    assert f"/drafts/{KEY}/text" in page


def test_an_unplanned_visit_by_its_day(browser, alice, customer, today):
    hengda = customer(alice)
    alices = browser(alice)
    address = f"/customers/{hengda.id}/visits/new"
    assert alices.get(f"/visits/new?customer={hengda.id}").location == address
    for day in ("2026-06-02", "2025-01-01", "", "x"):
        assert alices.post(address, data={**REVIEW, "day": day}).status_code == 422, day
    assert alices.post(address, data={**REVIEW, "day": "2026-05-28"}).status_code == 303
    assert [each.day for each in visits()] == [date(2026, 5, 28)]


def test_a_follow_up_shows_what_it_closes(browser, alice, customer, lead):
    hengda = customer(alice)
    deal = lead(alice, hengda)
    alices = browser(alice)
    address = f"/customers/{hengda.id}/follow-ups/new"
    data = {"words": "They ask for an offer.", "channel": "mail", "day": "2026-06-01",
            "lead": str(deal.id), "next_step": "Send the offer", "next_when": "tomorrow"}
    assert alices.post(address, data=data).status_code == 303
    page = alices.get(alices.get(f"/follow-ups/new?lead={deal.id}").location).text
    assert "Saving closes what was to be done" in page
    assert "Send the offer" in page
    assert alices.post(address, data={**data, "words": "Sent.", "next_step": "", "next_when": ""}
                       ).status_code == 303
    assert "Saving closes" not in alices.get(address).text


def test_correcting_and_voiding(browser, alice, mei, chen, customer, planned):
    visit = planned(alice, customer(alice))
    alices = browser(alice)
    alices.post(f"/visits/{visit.id}/review", data=REVIEW)
    address = f"/visits/{visit.id}/correct"
    page = alices.get(address).text
    assert "They like it." in page
    data = {"result": "missed", "words": "They like it not.", "number": "1"}
    assert alices.post(address, data=data).status_code == 422
    assert alices.post(address, data={**data, "reason": "Misheard"}).status_code == 303
    stale = alices.post(address, data={**data, "words": "Other", "reason": "Late"})
    assert stale.status_code == 409
    assert "Other" in stale.text
    page = alices.get(f"/visits/{visit.id}").text
    assert "corrected: Misheard" in page
    assert "Earlier versions" in page
    assert browser(mei).get(address).status_code == 403
    assert browser(chen).get(address).status_code == 404
    assert browser(mei).post(f"/visits/{visit.id}/void", data={"reason": "It was not so"}
                             ).status_code == 303
    assert visits()[0].status == "void"
    assert alices.get(address).status_code == 403


def test_who_has_not_written_is_reminded_in_the_evening(browser, alice, customer, planned, clock):
    visit = planned(alice, customer(alice))
    look_for_unwritten()
    assert "Write down what came of your visit" not in browser(alice).get("/notifications").text
    clock.move(hours=9)
    for _time in range(2):
        look_for_unwritten()
    clock.move(days=1)
    page = browser(alice).get("/").text
    assert page.count("Review not written") == 1
    assert f"/visits/{visit.id}/review" in page
    assert line(page).count("Hengda Machinery") == 1
    browser(alice).post(f"/visits/{visit.id}/review", data=REVIEW)
    assert "Review not written" not in browser(alice).get("/").text


def test_a_next_step_without_a_deal_waits_on_the_start_page(browser, alice, customer, clock):
    hengda = customer(alice)
    alices = browser(alice)
    alices.post(f"/customers/{hengda.id}/follow-ups/new", data={
        "words": "Call again.", "channel": "call", "day": "2026-06-01",
        "next_step": "Ask for the budget", "next_when": "tomorrow"})
    assert "Ask for the budget" not in alices.get("/").text
    clock.move(days=1)
    page = browser(alice).get("/").text
    assert page.count("Ask for the budget") == 1
    assert f"/follow-ups/new?customer={hengda.id}" in page


def test_the_review_becomes_a_lesson_without_the_customers_name(browser, alice, customer, planned):
    hengda = customer(alice, "杭州恒达精密机械有限公司", contacts=["王建国"], industry="it")
    visit = planned(alice, hengda)
    alices = browser(alice)
    alices.post(f"/visits/{visit.id}/review", data={
        **REVIEW, "words": "王建国说恒达最担心停产。", "worked": "照片"})
    page = alices.get(f"/cases/new/lesson?from=visit:{visit.id}").text
    assert "最担心停产" in page
    body = page[page.index("<textarea"):page.index("</textarea>")]
    for name in ("恒达", "王建国"):
        assert name not in body
    assert db.session.scalars(select(Draft)).all() == []


def test_a_next_step_is_spoken_of_only_where_one_was_agreed(browser, alice, customer):
    address = f"/customers/{customer(alice).id}/follow-ups/new"
    alices = browser(alice)
    plain = {"words": "They called.", "channel": "call", "day": "2026-06-01"}
    for more, agreed in (({}, False), ({"next_step": "Ask", "next_when": "week"}, True)):
        page = alices.get(alices.post(address, data=plain | more).location).text
        assert "Saved." in page
        assert ("What was agreed next is noted" in page) == agreed


def test_visits_of_this_evening_do_not_keep_older_ones_waiting(
    alice, customer, planned, clock, monkeypatch
):
    monkeypatch.setattr("portal.visits.clockwork.AT_ONCE", 1)
    planned(alice, customer(alice), days=1)
    planned(alice, customer(alice, "Haina Logistics"))
    clock.move(days=1)
    look_for_unwritten()
    [reminder] = db.session.scalars(select(Reminder)).all()
    assert reminder.subject == "visit:2"
