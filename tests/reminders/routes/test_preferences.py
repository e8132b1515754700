"""How a person wants to be told."""

import pytest
from sqlalchemy import select

from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.people.models import User
from portal.reminders import queries
from portal.reminders.kinds import CATEGORIES
from portal.reminders.models import Address, Choice, Dispatch
from portal.reminders.rules import Times, Wishes

URL = "/preferences/notifications"
USUAL = {
    **{f"{name}_first": "" for name in CATEGORIES},
    **{f"{name}_second": "none" for name in CATEGORIES},
    "quiet_from": "20:00", "quiet_until": "08:00", "digest_at": "08:30", "digest_day": "",
    "chat": "", "sms": "",
}


def choices(person):
    db.session.rollback()
    return dict(queries.choices_of(person.id))


def test_the_page_starts_with_what_is_usual(browser, bob):
    page = browser(bob).get(URL).text
    assert 'value="20:00"' in page and 'value="08:30"' in page
    assert "bob@example.com" in page
    assert "not set up yet" in page


def test_choices_hours_and_addresses_are_kept(browser, bob, chat_works):
    form = {**USUAL, "alerts_first": "chat", "alerts_second": "mail", "talk_first": "none",
            "quiet_from": "22:00", "quiet_until": "06:30", "digest_at": "09:15",
            "digest_day": "4", "chat": " bob-at-work "}
    page = browser(bob)
    assert page.post(URL, data=form).status_code == 303
    assert choices(bob) == {"alerts": Wishes("chat", "mail"), "talk": Wishes("none")}
    from datetime import time

    assert queries.times_of(bob.id) == Times(time(22), time(6, 30), time(9, 15), 4)
    assert queries.own_addresses(bob.id) == {"chat": "bob-at-work"}
    shown = page.get(URL).text
    assert 'value="bob-at-work"' in shown and 'value="22:00"' in shown


def test_back_to_the_usual(browser, bob, chat_works):
    page = browser(bob)
    page.post(URL, data={**USUAL, "alerts_first": "mail", "chat": "bob"})
    assert page.post(URL, data=USUAL).status_code == 303
    assert choices(bob) == {} and queries.own_addresses(bob.id) == {}


def test_no_quiet_hours(browser, bob):
    assert browser(bob).post(URL, data={**USUAL, "quiet_from": "", "quiet_until": ""}
                             ).status_code == 303
    assert queries.times_of(bob.id).quiet_from is None


@pytest.mark.parametrize(("wrong", "words"), [
    ({"quiet_from": ""}, "Give both times"),
    ({"digest_at": ""}, "This is needed"),
    ({"digest_at": "25:00"}, "valid time"),
    ({"alerts_first": "digest", "alerts_second": "mail"}, "needs a first one"),
    ({"alerts_first": "mail", "alerts_second": "mail"}, "two different"),
    ({"alerts_first": "pigeon"}, "valid choice"),
    ({"sms": "+86 138 0013 8000"}, "not set up this channel"),
    ({"chat": "x" * 300}, "longer than 200"),
])
def test_what_is_wrong_is_said_and_nothing_is_kept(browser, bob, chat_works, wrong, words):
    answer = browser(bob).post(URL, data={**USUAL, "talk_first": "chat", **wrong})
    assert answer.status_code == 422
    assert words in answer.text
    assert choices(bob) == {}
    assert queries.times_of(bob.id) == Times()


def test_people_give_addresses_never_services(browser, bob, chat_works):
    page = browser(bob)
    page.post(URL, data={**USUAL, "chat": "json://evil.example.com/x", "alerts_first": "chat"})
    assert page.post(f"{URL}/test", data={"medium": "chat"}).status_code == 303
    [letter] = chat_works.letters
    assert letter.to == "/hook-s3cret/json:%2F%2Fevil.example.com%2Fx"


def test_a_waiting_digest_moves_with_its_time(browser, bob, alice, record, tell, mail_works):
    tell(bob, record(alice), by=alice)
    before = db.session.scalars(select(Dispatch.due_at)).one()
    browser(bob).post(URL, data={**USUAL, "digest_at": "17:00"})
    db.session.rollback()
    after = db.session.scalars(select(Dispatch.due_at)).one()
    assert before != after and (after.hour, after.minute) == (9, 0)


class TestTestMessage:
    def test_it_arrives(self, browser, bob, mail_works):
        page = browser(bob)
        assert page.post(f"{URL}/test", data={"medium": "mail"}).status_code == 303
        assert [letter.to for letter in mail_works.letters] == ["bob@example.com"]
        assert "handed over" in page.get(URL).text

    def test_a_refusal_is_told_without_details(self, browser, bob, mail_works):
        mail_works.refuse = True
        page = browser(bob)
        page.post(f"{URL}/test", data={"medium": "mail"})
        shown = page.get(URL).text
        assert "could not be delivered" in shown and "127.0.0.1" not in shown

    def test_without_address_or_service_it_says_so(self, browser, bob, mail_works):
        with transaction():
            db.session.get(User, bob.id).email = None
        page = browser(bob)
        for medium in ("mail", "chat"):
            page.post(f"{URL}/test", data={"medium": medium})
            assert "does not reach you yet" in page.get(URL).text
        assert mail_works.letters == []

    @pytest.mark.parametrize("medium", ["", "pigeon"])
    def test_an_unknown_channel(self, browser, bob, medium):
        assert browser(bob).post(f"{URL}/test", data={"medium": medium}).status_code == 422

    def test_nobody_sends_many(self, browser, bob, mail_works):
        page = browser(bob)
        answers = [page.post(f"{URL}/test", data={"medium": "mail"}).status_code
                   for _ in range(8)]
        assert answers[-1] == 429 and len(mail_works.letters) == 6


def test_methods_and_strangers(browser, bob):
    assert browser(bob).get(f"{URL}/test").status_code == 405
    assert browser().get(URL).status_code == 302
    assert browser().post(URL, data=USUAL).status_code == 401


def test_one_s_own_page_changes_nobody_else_s(browser, bob, carol, chat_works, chats):
    chats(carol, "carol")
    browser(bob).post(URL, data={**USUAL, "alerts_first": "mail", "chat": "bob"})
    rows = db.session.execute(select(Address.person_id, Address.address)).all()
    assert set(rows) == {(bob.id, "bob"), (carol.id, "carol")}
    assert db.session.scalars(select(Choice.person_id)).all() == [bob.id]
