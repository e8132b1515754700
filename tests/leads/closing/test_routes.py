"""The page on which a lead is closed: the standing questions, each ending, each refusal."""

import pytest

from portal.extensions import db
from portal.leads.models import Lead

CONTRACT = {"status": "won", "contract_amount": "80万", "margin": "160,000",
            "signed_on": "2026-06-01", "note": ""}
LOSS = {"status": "lost", "reason": "price", "competitors": "金蝶，用友", "note": "太贵"}


def status_of(lead):
    db.session.expire_all()
    return db.session.get_one(Lead, lead.id).status


@pytest.fixture
def url(lead):
    return f"/leads/{lead.id}/close"


@pytest.mark.parametrize("ending", ["", "won", "lost", "abandoned", "nonsense"])
def test_the_page_of_each_ending(browser, alice, url, ending):
    assert browser(alice).get(f"{url}?status={ending}").status_code == 200


def test_what_is_known_is_filled_in(browser, alice, url):
    page = browser(alice).get(f"{url}?status=won").text
    assert 'value="750000' in page and 'value="2026-06-01"' in page
    assert "Yonyou" in browser(alice).get(f"{url}?status=lost").text


def test_strangers_and_others(browser, carol, bob, hr, mei, wang, url):
    for person in (carol, hr):
        assert browser(person).get(url).status_code == 404
    assert browser(bob).get(url).status_code == 404
    assert browser(mei).get(url).status_code == 200
    assert browser(wang).get(url).status_code == 403
    assert browser(mei).get(url.replace("close", "reopen")).status_code == 405
    assert browser().get(url).status_code == 302


def test_lost_leads_to_the_retrospective(browser, alice, lead, url):
    answer = browser(alice).post(url, data=LOSS)
    assert answer.status_code == 303
    assert answer.location.startswith("/cases/new/loss?from=lead")
    assert status_of(lead) == "lost"
    page = browser(alice).get(answer.location).text
    assert "金蝶" in page and "Yonyou" in page and "Lost because of" in page


def test_a_manager_who_closes_leaves_the_writing_to_the_owner(browser, alice, mei, lead, url):
    answer = browser(mei).post(url, data={**CONTRACT, "pass_reason": "Signed by phone"})
    assert answer.status_code == 303 and answer.location == f"/leads/{lead.id}"
    assert status_of(lead) == "won"
    assert "/cases/new/win?from=lead" in browser(alice).get("/").text


def test_what_lacks_is_listed_and_what_was_typed_stays(browser, alice, lead, url):
    answer = browser(alice).post(url, data={**CONTRACT, "note": "Kept words"})
    assert answer.status_code == 422
    assert "this is missing" in answer.text and "Kept words" in answer.text
    assert "80万" in answer.text or "800000" in answer.text
    assert status_of(lead) == "open"


@pytest.mark.parametrize("change", [
    {"contract_amount": "-5"}, {"contract_amount": "lots"}, {"contract_amount": ""},
    {"margin": "900000"}, {"margin": "-1"}, {"signed_on": "2026-06-02"}, {"signed_on": "soon"},
    {"contract_amount": "9" * 14}, {"contract_amount": "NaN"}, {"note": "x" * 501},
])
def test_wrong_contracts(browser, mei, lead, url, change):
    answer = browser(mei).post(url, data={**CONTRACT, "pass_reason": "Yes", **change})
    assert answer.status_code == 422 and "Not saved yet" in answer.text
    assert status_of(lead) == "open"


@pytest.mark.parametrize("change", [
    {"reason": ""}, {"reason": "weather"}, {"status": "void"}, {"status": "open"}, {"status": ""},
    {"competitors": ",".join("abcdefghijk")},
])
def test_wrong_losses(browser, alice, lead, url, change):
    assert browser(alice).post(url, data={**LOSS, **change}).status_code == 422
    assert status_of(lead) == "open"


def test_abandoning_asks_for_an_alert_first(browser, alice, mei, lead, url, alert):
    person = browser(alice)
    page = person.get(f"{url}?status=abandoned").text
    assert "/cases/new/alert?from=lead" in page and 'name="note"' not in page
    abandoned = {"status": "abandoned", "note": "Plant closed"}
    assert person.post(url, data=abandoned).status_code == 422
    alert(lead)
    page = person.get(f"{url}?status=abandoned").text
    assert "They do not call back" in page and "Waits for 梅芳" in page
    alert(lead, answered_by=mei)
    assert 'name="note"' in person.get(f"{url}?status=abandoned").text
    assert person.post(url, data=abandoned).status_code == 303
    assert status_of(lead) == "abandoned"


def test_too_late_is_said_clearly(browser, alice, mei, lead, url):
    browser(alice).post(url, data=LOSS)
    late = browser(mei)
    answer = late.post(url, data={**CONTRACT, "pass_reason": "Yes"})
    assert answer.status_code == 303
    assert "李爱丽 closed this lead already: Lost" in late.get(answer.location).text
    assert status_of(lead) == "lost"


def test_reopened_with_a_reason_alone(browser, alice, lead, url):
    person = browser(alice)
    person.post(url, data=LOSS)
    again = f"/leads/{lead.id}/reopen"
    assert person.post(again, data={"reason": " "}).status_code == 422
    assert person.post(again, data={"reason": "They called"}).status_code == 303
    assert status_of(lead) == "open"


def test_nothing_to_learn_needs_a_reason_and_can_be_taken_back(browser, alice, lead, url):
    person = browser(alice)
    person.post(url, data=LOSS)
    waive = f"/leads/{lead.id}/no-retrospective"
    assert "write the retrospective" in person.get("/").text
    assert person.get(waive).status_code == 200
    assert person.post(waive, data={"reason": ""}).status_code == 422
    assert person.post(waive, data={"reason": "Entered by mistake"}).status_code == 303
    assert "write the retrospective" not in person.get("/").text
    assert "Entered by mistake" in person.get(f"/leads/{lead.id}").text
    assert person.post(f"/leads/{lead.id}/retrospective-wanted").status_code == 303
    assert "write the retrospective" in person.get("/").text


def test_the_timeline_says_how_it_ended(browser, alice, lead, url):
    person = browser(alice)
    person.post(url, data=LOSS)
    page = person.get(f"/leads/{lead.id}").text
    assert "Lost: Price, 金蝶, 用友" in page and "How it ended" in page
