"""The administrator's pages: services that deliver, and messages that they refused."""

import json

import pytest
from sqlalchemy import select, update

from portal.core.audit import AuditEntry
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.reminders.models import Dispatch, Gateway
from portal.reminders.rules import PAUSES
from portal.reminders.sending import send_messages

SECRET = "mailtos://portal:pa55w0rd-x@smtp.example.com?from=p@example.com&to={address}"


def gateway(medium="mail"):
    db.session.rollback()
    return db.session.get(Gateway, medium)


def form(**changes):
    return {"url": SECRET, "label": "", "hint": "", "active": "y", **changes}


def test_nothing_is_set_up_at_first(browser, admin):
    assert browser(admin).get("/manage/channels").text.count("Not set up") == 3


def test_a_service_is_set_up_and_its_secret_never_shown(browser, admin, caplog):
    page = browser(admin)
    answer = page.post("/manage/channels/mail", data=form())
    assert (answer.status_code, answer.location) == (303, "/manage/channels/mail")
    assert gateway().url == SECRET
    for url in ("/manage/channels", "/manage/channels/mail", "/manage/audit"):
        shown = page.get(url).text
        assert "pa55w0rd" not in shown
    assert "smtp.example.com" in page.get("/manage/channels").text
    entries = db.session.scalars(select(AuditEntry)).all()
    assert "gateway.set_up" in {entry.action for entry in entries}
    assert "pa55w0rd" not in json.dumps([entry.detail for entry in entries]) + caplog.text


def test_an_empty_address_keeps_the_present_one(browser, admin):
    page = browser(admin)
    page.post("/manage/channels/mail", data=form())
    page.post("/manage/channels/mail", data={"url": "", "label": "Post", "hint": ""})
    assert (gateway().url, gateway().label, gateway().active) == (SECRET, "Post", False)
    assert "Switched off" in page.get("/manage/channels").text


@pytest.mark.parametrize(("url", "words"), [
    ("", "Write the address of the service"),
    ("mailtos://u:p@smtp.example.com", "{address}"),
    ("pigeon://x/{address}", "does not understand"),
    ("json://{address}/hook", "cannot be the name of the server"),
])
def test_a_wrong_address_is_explained(browser, admin, url, words):
    answer = browser(admin).post("/manage/channels/chat", data=form(url=url))
    assert answer.status_code == 422 and words in answer.text
    assert gateway("chat") is None


def test_what_was_typed_wrong_is_still_there(browser, admin):
    url = "pigeon://x/{address}"
    assert url in browser(admin).post("/manage/channels/chat", data=form(url=url)).text


def test_a_test_message_arrives(browser, admin, mail_works):
    page = browser(admin)
    answer = page.post("/manage/channels/mail/test", data={"to": "else@example.com"})
    assert answer.status_code == 303
    assert [letter.to for letter in mail_works.letters] == ["else@example.com"]


def test_the_service_s_refusal_is_shown_without_secrets(browser, admin, mail_works):
    mail_works.refuse = True
    answer = browser(admin).post("/manage/channels/mail/test", data={"to": "else@example.com"})
    assert answer.status_code == 422
    assert "554" in answer.text and "s3cretword" not in answer.text


@pytest.mark.parametrize("to", ["", "nobody", "a@example.com,b@example.com"])
def test_a_test_needs_an_address(browser, admin, mail_works, to):
    answer = browser(admin).post("/manage/channels/mail/test", data={"to": to})
    assert answer.status_code == 422 and mail_works.letters == []


def test_a_test_needs_a_service(browser, admin):
    answer = browser(admin).post("/manage/channels/chat/test", data={"to": "bob"})
    assert answer.status_code == 404


def test_removing_forgets_the_secret(browser, admin, mail_works):
    page = browser(admin)
    assert page.post("/manage/channels/mail/remove").status_code == 303
    assert gateway() is None
    assert page.post("/manage/channels/mail/remove").status_code == 303


class TestFailed:
    @pytest.fixture
    def given_up(self, record, alice, bob, tell, mail_works, clock):
        mail_works.refuse = True
        tell(bob, record(alice, title="Secret plans"), kind="test.alarm", by=alice)
        for minutes in PAUSES:
            clock.move(minutes=minutes)
            send_messages()
        mail_works.refuse = False
        return db.session.scalars(select(Dispatch.id)).one()

    def test_they_are_listed_with_the_reason_and_without_the_title(
        self, browser, admin, given_up
    ):
        page = browser(admin).get("/manage/channels/failed").text
        assert "张博" in page and "554" in page
        assert "Secret plans" not in page and "bob@example.com" not in page
        assert "Messages that failed" in browser(admin).get("/manage/channels").text

    def test_one_is_sent_again(self, browser, admin, given_up, mail_works):
        page = browser(admin)
        assert page.post(f"/manage/channels/failed/{given_up}/again").status_code == 303
        assert len(mail_works.letters) == 1
        assert "Every message was delivered" in page.get("/manage/channels/failed").text
        page.post(f"/manage/channels/failed/{given_up}/again")
        assert "does not wait for another attempt" in page.get("/manage/channels/failed").text
        assert len(mail_works.letters) == 1

    def test_an_unknown_one(self, browser, admin):
        assert browser(admin).post("/manage/channels/failed/99999/again").status_code == 404

    def test_many_are_paged(self, browser, admin, given_up, bob, clock):
        with transaction():
            for number in range(40):
                db.session.add(Dispatch(key=str(number), person_id=bob.id, medium="mail",
                                        due_at=clock(), created_at=clock(), outcome="failed",
                                        ended_at=clock(), error="x"))
        page = browser(admin).get("/manage/channels/failed").text
        assert page.count("Try again") == 25


ADDRESSES = [
    ("GET", "/manage/channels"), ("GET", "/manage/channels/mail"),
    ("POST", "/manage/channels/mail"), ("POST", "/manage/channels/mail/remove"),
    ("POST", "/manage/channels/mail/test"), ("GET", "/manage/channels/failed"),
    ("POST", "/manage/channels/failed/1/again"),
]


@pytest.mark.parametrize(("method", "url"), ADDRESSES)
def test_administrators_alone(browser, mei, hr, bob, method, url):
    for person in (mei, hr, bob):
        page = browser(person)
        answer = page.get(url) if method == "GET" else page.post(url)
        assert answer.status_code == 403


def test_methods_and_unknown_channels(browser, admin):
    page = browser(admin)
    assert page.get("/manage/channels/mail/remove").status_code == 405
    assert page.post("/manage/channels").status_code == 405
    assert page.get("/manage/channels/pigeon").status_code == 404
    assert page.post("/manage/channels/pigeon", data=form()).status_code == 404


def test_a_gateway_that_is_damaged_breaks_no_page(browser, admin, mail_works):
    with transaction():
        db.session.execute(update(Gateway).values(url="gone://{address}"))
    assert browser(admin).get("/manage/channels").status_code == 200
