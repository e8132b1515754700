"""Evidence, sending, answering and withdrawing."""

from datetime import date

import pytest
from sqlalchemy import func, select

from portal.core.today import rows
from portal.extensions import db
from portal.leads.claims.clockwork import remind_deciders
from portal.leads.claims.models import ClaimPhoto
from portal.reminders.models import Notification
from tests.leads.claims.conftest import NAME, photo

SAID = {"reaches": "王总, 总经理", "decision_role": "decision_maker", "met_on": "2026-05-28",
        "note": "报价已经给了"}


def send(browser, person, claim, path="send", **changes):
    return browser(person).post(f"/claims/{claim.id}/{path}", data={**SAID, **changes},
                                content_type="multipart/form-data")


def test_sent_with_evidence(browser, claim, again, bob, alice, mei, clock, app):
    answer = send(browser, bob, claim, photos=[photo(), photo("chat.png", 3)])
    assert answer.status_code == 303
    row = again(claim)
    assert row.state == "sent" and row.decider_id == mei.id and row.due_at > clock()
    (evidence,) = row.evidence
    assert evidence.met_on == date(2026, 5, 28) and len(evidence.photos) == 2
    assert "asks you to decide" in browser(mei).get("/notifications").text
    assert "claims a customer of yours" in browser(alice).get("/notifications").text
    with app.test_request_context():
        (mine,) = [row for row in rows(mei.actor, clock()) if row.key == f"claim:{claim.id}"]
        (hers,) = [row for row in rows(alice.actor, clock()) if row.key == f"claim:{claim.id}"]
    assert mine.icon == hers.icon == "gavel" and "/claims/" in mine.target


@pytest.mark.parametrize(("typed", "said"), [
    ({"reaches": ""}, "This is needed."),
    ({"met_on": "2026-06-02"}, "still to come"),
    ({"met_on": "yesterday"}, "Not a valid date"),
    ({"note": "x" * 2001}, "At most 2,000"),
    ({"photos": [photo(f"{n}.png") for n in range(7)]}, "At most 6 photos"),
])
def test_what_cannot_be_is_said_and_kept(browser, claim, again, bob, typed, said):
    answer = send(browser, bob, claim, **typed)
    assert answer.status_code == 422 and said in answer.text and "总经理" in answer.text
    assert again(claim).state == "typed" and again(claim).evidence == []


def test_what_is_no_photo(browser, claim, again, bob):
    from io import BytesIO

    for name, content in (("plan.pdf", b"%PDF-1.4 x"), ("fake.png", b"no picture"),
                          ("page.html", b"<script>"), ("empty.png", b"")):
        answer = send(browser, bob, claim, photos=[(BytesIO(content), name)])
        assert answer.status_code == 422 and name in answer.text
    assert again(claim).state == "typed"
    assert db.session.scalar(select(ClaimPhoto)) is None


def test_photos_are_for_the_two_sides_and_who_decides(
    browser, sent, again, bob, alice, carol, mei, wang, chen, hr
):
    number = again(sent).evidence[0].photos[0].id
    for person, status in ((bob, 200), (alice, 200), (mei, 200), (wang, 200), (carol, 404),
                           (chen, 404), (hr, 404)):
        assert browser(person).get(f"/claims/photos/{number}").status_code == status
    answer = browser(bob).get(f"/claims/photos/{number}")
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer.mimetype == "image/png"


def test_the_owner_answers_and_the_claimant_reads_it_later(
    browser, sent, again, bob, alice, carol, mei
):
    answer = send(browser, alice, sent, "evidence", reaches="李工", note="合同快签了",
                  photos=[photo("mine.png")])
    assert answer.status_code == 303
    theirs = again(sent).evidence[1].photos[0].id
    assert "合同快签了" in browser(mei).get(f"/claims/{sent.id}").text
    assert "合同快签了" in browser(alice).get(f"/claims/{sent.id}").text
    assert "合同快签了" not in browser(bob).get(f"/claims/{sent.id}").text
    assert browser(bob).get(f"/claims/photos/{theirs}").status_code == 404
    # The owner sees what speaks for the claimant, not whom the claimant typed.
    page = browser(alice).get(f"/claims/{sent.id}").text
    assert "上周见过" in page and "他们要换 WMS" not in page
    assert send(browser, mei, sent, "evidence").status_code == 403
    assert send(browser, carol, sent, "evidence").status_code == 404
    browser(mei).post(f"/claims/{sent.id}/decide", data={"outcome": "stays", "reason": "早一年"})
    assert "合同快签了" in browser(bob).get(f"/claims/{sent.id}").text
    assert browser(bob).get(f"/claims/photos/{theirs}").status_code == 200
    assert send(browser, alice, sent, "evidence").status_code == 403


def test_withdrawn_and_put_back(browser, sent, again, bob, alice, mei, type_it):
    assert browser(alice).post(f"/claims/{sent.id}/withdraw").status_code == 403
    assert browser(bob).post(f"/claims/{sent.id}/withdraw").status_code == 303
    assert again(sent).state == "withdrawn"
    assert NAME not in browser(mei).get("/claims?tab=decide").text
    answer = browser(mei).post(f"/claims/{sent.id}/decide",
                               data={"outcome": "stays", "reason": "x"})
    assert answer.status_code == 422
    browser(bob).post(f"/claims/{sent.id}/put-back")
    assert again(sent).state == "sent"
    browser(bob).post(f"/claims/{sent.id}/withdraw")
    type_it(bob)
    assert browser(bob).post(f"/claims/{sent.id}/put-back").status_code == 422


def test_whoever_does_not_decide_is_reminded(browser, sent, mei, clock, again):
    clock.move(days=4)
    remind_deciders()
    remind_deciders()
    assert told(mei) == 1
    assert "still waits for your decision" in browser(mei).get("/notifications").text
    clock.move(days=3)
    remind_deciders()
    assert again(sent).reminded_on is not None and told(mei) == 2


def told(person):
    return db.session.scalar(select(func.count()).where(
        Notification.person_id == person.id, Notification.kind == "claim.waiting"))


def test_only_the_claimant_sends(browser, claim, mei, carol):
    assert send(browser, mei, claim).status_code == 403
    assert send(browser, carol, claim).status_code == 404
    assert browser(mei).get(f"/claims/{claim.id}/send").status_code == 405
