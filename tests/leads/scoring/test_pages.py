"""The score on the page of a lead, and the page on which scoring is decided."""

from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.scoring.models import ScoringVersion
from portal.leads.scoring.rules import SHIPPED


def url(lead):
    return f"/leads/{lead.id}/score"


def settings(**change):
    """What the page sends when nothing is changed but this."""
    return {
        "base": "0", **{f"weight-{name}": str(value) for name, value in SHIPPED.weights.items()},
        "industry-manufacturing": "100", "region-east": "100",
        "size-0": "1", "size-0-fit": "0", "size-1": "200", "size-1-fit": "100", **change,
    }


def test_parts_are_shown_and_answered_in_place(lead, browser, alice):
    page = browser(alice).get(f"/leads/{lead.id}")
    assert page.status_code == 200 and "15% × 100" in page.text
    part = browser(alice).fragment(url(lead), {"budget": "2"})
    assert part.status_code == 200 and part.text.lstrip().startswith("<section")
    answer = browser(alice).post(url(lead), data={"budget": "2", "chain": "", "urgency": "1"})
    assert answer.status_code == 303
    # 17.5 for the budget, 6 for the urgency.
    assert db.session.get(Lead, lead.id, populate_existing=True).score == 59


def test_who_may_not_answers_nothing(lead, browser, bob, carol, mei, hr):
    assert browser(mei).post(url(lead), data={"budget": "2"}).status_code == 403
    for person in (bob, carol, hr):
        assert browser(person).post(url(lead), data={"budget": "2"}).status_code == 404


def test_an_unknown_level_is_refused(lead, browser, alice):
    assert browser(alice).post(url(lead), data={"budget": "7"}).status_code == 422
    assert db.session.get(Lead, lead.id, populate_existing=True).score == 35


def test_the_page_of_scoring_saves_and_undoes(browser, admin):
    client = browser(admin)
    assert client.get("/manage/scoring").status_code == 200
    saved = client.post("/manage/scoring", data=settings(**{
        "weight-budget": "30", "weight-chain": "15", "industry-it": "0"}))
    assert saved.status_code == 303
    row = db.session.query(ScoringVersion).one()
    assert row.content["weights"]["budget"] == 30 and row.content["industry"]["it"] == 0
    assert row.content["sizes"] == [[1, 0], [200, 100]]
    assert client.post("/manage/scoring/restore/0").status_code == 303
    assert db.session.query(ScoringVersion).count() == 2


def test_what_does_not_add_up_keeps_what_was_typed(browser, admin):
    page = browser(admin).post("/manage/scoring", data=settings(**{"weight-budget": "31"}))
    assert page.status_code == 422 and 'value="31"' in page.text
    assert "must add up to 100" in page.text
    assert db.session.query(ScoringVersion).count() == 0


def test_a_stale_form_is_told(browser, admin):
    client = browser(admin)
    client.post("/manage/scoring", data=settings(**{"weight-budget": "30", "weight-chain": "15"}))
    assert client.post("/manage/scoring", data=settings()).status_code == 409


def test_only_the_administrator_decides(browser, mei, alice, hr):
    for person in (mei, alice, hr):
        assert browser(person).get("/manage/scoring").status_code == 403
        assert browser(person).post("/manage/scoring", data=settings()).status_code == 403
