"""“Used it” inside a deal: counted, told, reviewed, taken back."""

import pytest
from sqlalchemy import select

from portal.cases.models import Case, Reuse
from portal.customers.models import TimelineEntry
from portal.extensions import db


def kinds(lead):
    query = select(TimelineEntry.kind).where(TimelineEntry.lead_id == lead.id,
                                             TimelineEntry.kind.like("case.%"))
    return db.session.scalars(query.order_by(TimelineEntry.id)).all()


def the_use():
    db.session.expire_all()
    query = select(TimelineEntry).where(TimelineEntry.kind == "case.used")
    return db.session.scalars(query.order_by(TimelineEntry.id.desc())).first()


def count(case):
    db.session.expire_all()
    fresh = db.session.get_one(Case, case.id)
    return fresh.reused, fresh.helped, fresh.not_helped


@pytest.fixture
def used(browser, alice, lead, case):
    """Alice used Bob's case for her deal."""
    found = case()
    person = browser(alice)
    answer = person.post(f"/leads/{lead.id}/cases/{found.id}/use", data={"words": "价格"})
    assert answer.status_code == 303
    return person, found


def test_used_counts_and_stands_in_the_timeline(used, lead):
    person, case = used
    assert count(case)[0] == 1
    [reuse] = db.session.scalars(select(Reuse))
    assert (reuse.occasion, reuse.source_ref) == ("lead", lead.ref)
    assert kinds(lead) == ["case.used"]
    page = person.get(f"/leads/{lead.id}/cases").text
    assert case.title in page and "Did it help?" in page


def test_used_twice_it_stands_there_once(used, lead):
    person, case = used
    person.post(f"/leads/{lead.id}/cases/{case.id}/use")
    assert kinds(lead) == ["case.used"] and count(case)[0] == 1


def test_for_another_deal_it_stands_there_too_but_counts_once(used, deal, alice):
    person, case = used
    other = deal(alice, "无锡新科精密机械有限公司")
    person.post(f"/leads/{other.id}/cases/{case.id}/use")
    assert kinds(other) == ["case.used"] and count(case)[0] == 1


@pytest.mark.parametrize(("outcome", "counts"), [("helped", (1, 1, 0)), ("not_helped", (1, 0, 1))])
def test_it_helped_or_it_did_not(used, lead, outcome, counts):
    person, case = used
    url = f"/case-uses/{the_use().id}/outcome"
    assert person.post(url, data={"outcome": outcome}).status_code == 303
    assert count(case) == counts
    assert person.post(url, data={"outcome": ""}).status_code == 303
    assert count(case) == (1, 0, 0)
    assert person.post(url, data={"outcome": "maybe"}).status_code == 422


def test_taken_back_it_is_as_if_it_had_not_been(used, lead):
    person, case = used
    url = f"/case-uses/{the_use().id}/take-back"
    for _ in range(2):
        assert person.post(url).status_code == 303
    assert count(case)[0] == 0
    assert kinds(lead) == ["case.used", "case.use_undone"]
    assert case.title not in person.get(f"/leads/{lead.id}/cases").text.split("Similar")[0]
    again = person.post(f"/case-uses/{the_use().id}/outcome", data={"outcome": "helped"})
    assert again.status_code == 422


def test_ones_own_case_is_noted_and_not_counted(browser, alice, lead, case):
    own = case(alice)
    person = browser(alice)
    person.post(f"/leads/{lead.id}/cases/{own.id}/use")
    assert kinds(lead) == ["case.used"] and count(own)[0] == 0
    assert "Did it help?" not in person.get(f"/leads/{lead.id}/cases").text


def test_a_part_of_a_page_gets_the_panel_again(browser, alice, lead, case):
    found = case()
    answer = browser(alice).fragment(f"/leads/{lead.id}/cases/{found.id}/use",
                                     {"panel": "yes", "words": "客户嫌报价太高"}, method="POST")
    assert answer.status_code == 200 and 'id="lead_alike"' in answer.text
    assert "It helped" in answer.text and "<html" not in answer.text


def test_strangers_find_nothing_and_others_change_nothing(used, browser, lead, carol, mei):
    _person, case = used
    assert browser(carol).post(f"/leads/{lead.id}/cases/{case.id}/use").status_code == 404
    for url in (f"/case-uses/{the_use().id}/outcome", f"/case-uses/{the_use().id}/take-back"):
        assert browser(mei).post(url, data={"outcome": "helped"}).status_code == 404
        assert browser(mei).get(url).status_code == 405


def test_a_case_one_may_not_read_is_not_used(browser, alice, lead, carol, case):
    secret = case(carol, audience="team", title="南区的价格底线")
    answer = browser(alice).post(f"/leads/{lead.id}/cases/{secret.id}/use")
    assert answer.status_code == 404
    assert the_use() is None


def test_a_draft_is_not_used(browser, alice, lead, case):
    draft = case(alice, draft=True)
    assert browser(alice).post(f"/leads/{lead.id}/cases/{draft.id}/use").status_code == 403


def test_for_a_customer_without_a_deal(browser, alice, lead, case):
    found = case()
    person = browser(alice)
    url = f"/customers/{lead.customer_id}/cases/{found.id}/use"
    assert person.post(url).status_code == 303
    assert the_use().lead_id is None
    assert found.title in person.get(f"/customers/{lead.customer_id}/cases").text
