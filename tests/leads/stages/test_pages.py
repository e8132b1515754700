"""The pages of a move, of a review and of a lead's stages."""

import pytest

from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.stages.actions import ask_review
from portal.leads.stages.models import StageAnswer, StageReview
from tests.counting import statements_of


@pytest.fixture
def review(at_needs, alice, clock):
    with transaction():
        return ask_review(alice.actor, db.session.get(Lead, at_needs.id), "proposal",
                          "product_review", clock(), text="请看报价")


def move_url(lead, stage):
    return f"/leads/{lead.id}/move/{stage}"


def stage_of(lead):
    return db.session.get(Lead, lead.id, populate_existing=True).stage


def sent(answers, **more):
    return {**{f"a:{key}": value for key, value in answers.items()}, **more}


def test_the_page_shows_only_what_is_missing(lead, browser, alice):
    page = browser(alice).get(move_url(lead, "screened"))
    assert page.status_code == 200
    assert "The customer was reached" in page.text and "Main contact" not in page.text
    assert "The customer has a real need" not in page.text


def test_a_move_by_the_page(lead, browser, alice):
    answer = browser(alice).post(move_url(lead, "screened"), data=sent(
        {"acquired.reached": "yes"}, seen="acquired"))
    assert answer.status_code == 303 and stage_of(lead) == "screened"
    page = browser(alice).get(f"/leads/{lead.id}/stages")
    assert page.status_code == 200 and "Acquired → Screened" in page.text


@pytest.mark.parametrize("stage", ["signed", "paid", "negotiation", "needs"])
def test_a_jump_by_address_is_refused_with_what_lacks(lead, browser, alice, stage):
    page = browser(alice).post(move_url(lead, stage), data={"seen": "acquired"})
    assert page.status_code == 422 and stage_of(lead) == "acquired"
    if stage != "paid":
        assert "The customer was reached" in page.text


def test_what_was_typed_is_kept_and_the_wrong_part_marked(lead, browser, alice, move,
                                                          answers_until):
    move(alice, lead, "needs", answers=answers_until("screened"))
    page = browser(alice).post(move_url(lead, "proposal"), data=sent(
        {"needs.problem": "月结太慢", "needs.amount": "很多", "needs.expected_close": "2026-09-01"},
        seen="needs", note="看看"))
    assert page.status_code == 422
    assert "月结太慢" in page.text and 'value="很多"' in page.text and "such as 120000" in page.text
    assert 'value="2026-09-01"' in page.text and "看看" in page.text
    assert db.session.query(StageAnswer).filter_by(item="problem").count() == 0


def test_answers_are_saved_without_moving(lead, browser, alice):
    answer = browser(alice).post(f"/leads/{lead.id}/answers/screened",
                                 data=sent({"acquired.reached": "yes"}))
    assert answer.status_code == 303 and stage_of(lead) == "acquired"
    assert "Nothing is missing" in browser(alice).get(move_url(lead, "screened")).text


def test_a_review_is_asked_for_with_the_answers_beside_it(lead, browser, alice, mei, move,
                                                          answers_until):
    move(alice, lead, "needs", answers=answers_until("screened"))
    asked = browser(alice).post(f"/leads/{lead.id}/review/proposal", data=sent(
        {"needs.problem": "账对不上"}, gate="proposal.product_review", note="看看", link=""))
    assert asked.status_code == 303
    row = db.session.query(StageReview).one()
    assert (row.reviewer_id, row.note) == (mei.id, "看看")
    assert db.session.query(StageAnswer).filter_by(item="problem").one().value == "账对不上"
    wrong = browser(alice).post(f"/leads/{lead.id}/review/proposal",
                                data={"gate": "proposal.product_review"})
    assert wrong.status_code == 422


def test_the_reviewer_decides(review, at_needs, browser, mei, alice):
    url = f"/leads/reviews/{review.id}"
    page = browser(mei).get(url)
    assert page.status_code == 200 and "请看报价" in page.text and "账对不上" in page.text
    assert browser(mei).post(url, data={}).status_code == 422
    assert browser(mei).post(url, data={"decision": "refused"}).status_code == 422
    decided = browser(mei).post(url, data={"decision": "refused", "reason": "少了实施费"})
    assert decided.status_code == 303
    page = browser(alice).get(move_url(at_needs, "proposal"))
    assert "少了实施费" in page.text and "Ask again" in page.text
    assert browser(mei).post(url, data={"decision": "passed"}).status_code == 422


def test_a_review_is_withdrawn_by_the_page(review, browser, alice, mei):
    url = f"/leads/reviews/{review.id}/withdraw"
    assert browser(mei).post(url).status_code == 403
    assert browser(alice).post(url).status_code == 303
    assert db.session.get(StageReview, review.id, populate_existing=True).status == "withdrawn"


def test_a_manager_lets_it_pass(lead, browser, mei, alice):
    page = browser(mei).get(move_url(lead, "screened"))
    assert "Let it pass" in page.text
    assert "Let it pass" not in browser(alice).get(move_url(lead, "screened")).text
    answer = browser(mei).post(move_url(lead, "screened"),
                               data={"seen": "acquired", "pass_reason": "客户很急"})
    assert answer.status_code == 303 and stage_of(lead) == "screened"
    for url in (f"/leads/{lead.id}", f"/leads/{lead.id}/stages"):
        assert "客户很急" in browser(alice).get(url).text


def test_strangers_see_nothing(lead, review, browser, bob, carol, hr, admin):
    for person in (bob, carol, hr, admin):
        for url in (move_url(lead, "screened"), f"/leads/{lead.id}/stages",
                    f"/leads/reviews/{review.id}"):
            assert browser(person).get(url).status_code == 404
        assert browser(person).post(move_url(lead, "screened")).status_code == 404


def test_other_addresses(lead, browser, alice):
    assert browser(alice).get(move_url(lead, "nowhere")).status_code == 404
    assert browser(alice).get(move_url(lead, "acquired")).status_code == 200
    assert browser(alice).post(move_url(lead, "acquired")).status_code == 422
    assert browser(alice).post(f"/leads/{lead.id}/stages").status_code == 405


def test_a_move_somebody_else_made_first_is_told(lead, browser, alice, move):
    move(alice, lead, "screened", answers={"acquired.reached": "yes"})
    page = browser(alice).post(move_url(lead, "needs"), data={"seen": "acquired"})
    assert page.status_code == 409 and stage_of(lead) == "screened"


def test_pages_ask_as_often_whatever_a_lead_has_seen(app, lead, browser, alice, move):
    client = browser(alice)
    urls = (move_url(lead, "screened"), f"/leads/{lead.id}/stages")
    before = [len(statements_of(app, client, url)) for url in urls]
    for _turn in range(3):
        move(alice, lead, "screened", answers={"acquired.reached": "yes"})
        move(alice, lead, "acquired", reason="又回来")
    after = [len(statements_of(app, client, url)) for url in urls]
    # The second of two pages also reads who did it, once for all.
    assert all(now <= then + 2 for now, then in zip(after, before, strict=True))
