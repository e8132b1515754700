"""A line manager hands a lead to somebody they lead."""

import pytest

from portal.extensions import db
from portal.leads.models import Lead


def row(lead):
    return db.session.get_one(Lead, lead.id, populate_existing=True)


def test_handed_over_both_are_told(browser, deal, alice, bob, mei):
    lead = deal(alice)
    assert browser(mei).get(f"/leads/{lead.id}/hand-over").status_code == 200
    answer = browser(mei).post(f"/leads/{lead.id}/hand-over",
                               data={"asked": bob.name, "reason": "Closer to the site"})
    assert answer.status_code == 303 and row(lead).owner_id == bob.id
    assert "gave you a lead" in browser(bob).get("/notifications").text
    told = browser(alice).get("/notifications").text
    assert "gave your lead to a colleague" in told and "换一套仓储系统" in told
    page = browser(bob).get(f"/leads/{lead.id}").text
    assert f"Handed over from {alice.name} to {bob.name}" in page and "Closer to the site" in page
    assert browser(alice).get(f"/leads/{lead.id}").status_code == 404


@pytest.mark.parametrize("typed", [
    {"asked": "", "reason": "x"}, {"asked": "Nobody", "reason": "x"},
    {"asked": "张博", "reason": " "}, {"asked": "张博", "reason": "x" * 501},
    {"asked": "陈可", "reason": "x"}, {"asked": "何任", "reason": "x"},
    {"asked": "李爱丽", "reason": "She has it"},
])
def test_what_cannot_be_is_said_and_kept(browser, deal, alice, mei, typed):
    lead = deal(alice)
    answer = browser(mei).post(f"/leads/{lead.id}/hand-over", data=typed)
    assert answer.status_code == 422
    assert typed["asked"] in answer.text
    assert row(lead).owner_id == alice.id


def test_who_may(browser, deal, alice, bob, wang, carol):
    lead = deal(alice)
    for person, status in ((alice, 403), (wang, 403), (bob, 404), (carol, 404)):
        assert browser(person).get(f"/leads/{lead.id}/hand-over").status_code == status
    assert browser(alice).delete(f"/leads/{lead.id}/hand-over").status_code == 405
