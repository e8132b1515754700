"""One account: added, changed, deactivated, and given a new first password."""

import re

import pytest

from portal.core.audit import AuditEntry
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.people import passwords
from portal.people.actions import change_person, deactivate_person
from portal.people.forms.manage import facts_of
from portal.people.models import User

ADD = "/manage/people/add"
PASSWORD = re.compile(r"\b[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}\b")
FORM = {"name": "新人", "login": "N-001", "role": "rep", "team_id": "", "job_title": "客户经理",
        "email": "new@example.com", "joined_on": "2026-05-01"}


def edit(person):
    return f"/manage/people/{person.id}/edit"


def form_of(person, **changes):
    row = person.row
    return {"name": row.name, "login": row.login, "role": row.role,
            "team_id": row.team_id or "", "job_title": row.job_title or "",
            "email": row.email or "", "joined_on": row.joined_on or "", **changes}


def base_of(text):
    return re.search(r'name="base"[^>]*value="([^"]+)"', text)[1]


def by_login(login):
    return db.session.query(User).filter_by(login=login).one_or_none()


def test_a_person_is_added_and_the_first_password_shown_once(app, browser, admin):
    answer = browser(admin).post(ADD, data=FORM)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    password = PASSWORD.search(answer.text)[0]
    user = by_login("n-001")
    assert (user.name, user.email, str(user.joined_on)) == ("新人", "new@example.com",
                                                            "2026-05-01")
    assert user.must_change_password
    assert passwords.matches(user.password_hash, password)
    visitor = browser()
    entered = visitor.post("/sign-in", data={"login": "n-001", "password": password})
    assert entered.status_code == 303
    assert visitor.get("/").location == "/password"


def test_no_password_enters_the_audit_log(app, browser, admin):
    password = PASSWORD.search(browser(admin).post(ADD, data=FORM).text)[0]
    assert all(password not in str(entry.detail) for entry in db.session.query(AuditEntry))


@pytest.mark.parametrize(("changes", "words"), [
    ({"name": ""}, "This is needed."), ({"login": "x"}, "2 to 64"), ({"login": "本"}, "2 to 64"),
    ({"login": "alice"}, "already in use"), ({"role": "king"}, "Not a valid choice"),
    ({"team_id": "999"}, "Not a valid choice"), ({"email": "nowhere"}, "not an e-mail"),
    ({"joined_on": "yesterday"}, "Not a valid date"),
])
def test_what_is_wrong_is_said_and_what_was_typed_kept(app, browser, admin, changes, words):
    answer = browser(admin).post(ADD, data={**FORM, **changes})
    assert answer.status_code == 422
    assert words in answer.text
    assert "客户经理" in answer.text
    assert by_login("n-001") is None


def test_a_team_in_the_address_is_chosen_already(browser, admin, alice):
    text = browser(admin).get(f"{ADD}?team={alice.team_id}").text
    assert re.search(rf'<option selected value="{alice.team_id}">', text)


def test_facts_change_and_the_change_is_audited(app, browser, admin, alice):
    text = browser(admin).get(edit(alice)).text
    form = form_of(alice, name="李丽", role="manager", base=base_of(text))
    assert browser(admin).post(edit(alice), data=form).status_code == 303
    assert (alice.row.name, alice.row.role) == ("李丽", "manager")
    entry = db.session.query(AuditEntry).filter_by(action="person.changed").one()
    assert entry.detail == {"name": ["李爱丽", "李丽"], "role": ["rep", "manager"]}


def test_a_stale_form_overwrites_nothing_before_it_is_sent_again(
    app, browser, admin, alice, clock
):
    base = base_of(browser(admin).get(edit(alice)).text)
    with transaction():
        facts = facts_of(alice.row)
        change_person(admin.actor, alice.row, facts.__class__(**{**vars(facts), "role": "hr"}),
                      clock())
    answer = browser(admin).post(edit(alice), data=form_of(alice, role="rep", base=base))
    assert answer.status_code == 409
    assert "Somebody else changed this person" in answer.text
    assert alice.row.role == "hr"
    again = form_of(alice, role="rep", base=base_of(answer.text))
    assert browser(admin).post(edit(alice), data=again).status_code == 303
    assert alice.row.role == "rep"


def test_the_last_administrator_stays_one(app, browser, admin):
    answer = browser(admin).post(edit(admin), data=form_of(admin, role="rep"))
    assert answer.status_code == 422
    assert "last administrator" in answer.text
    assert admin.row.role == "admin"
    own = browser(admin).post(f"/manage/people/{admin.id}/deactivate")
    assert own.status_code == 422
    assert admin.row.is_active


def test_deactivating_ends_every_session_and_can_be_undone(app, browser, admin, alice):
    hers = browser(alice)
    boss = browser(admin)
    answer = boss.post(f"/manage/people/{alice.id}/deactivate")
    assert answer.status_code == 303
    undo = f"/manage/people/{alice.id}/reactivate"
    page = boss.get(answer.location).text
    assert f'action="{undo}"' in page
    assert hers.get("/cases").status_code == 302
    assert browser().sign_in(alice).status_code == 422
    assert boss.post(undo).status_code == 303
    assert browser().sign_in(alice).status_code == 303


def test_a_reset_shows_a_new_first_password_and_stops_the_old_one(app, browser, admin, alice):
    hers = browser(alice)
    answer = browser(admin).post(f"/manage/people/{alice.id}/reset-password")
    assert answer.headers["Cache-Control"] == "no-store"
    password = PASSWORD.search(answer.text)[0]
    assert hers.get("/cases").status_code == 302
    assert browser().sign_in(alice).status_code == 422
    form = {"login": "alice", "password": password}
    assert browser().post("/sign-in", data=form).status_code == 303
    # The quick hash of a generated password is replaced at the first sign-in.
    assert not passwords.is_outdated(alice.row.password_hash)


def test_an_account_that_ended_gets_no_password(app, browser, admin, alice, clock):
    with transaction():
        deactivate_person(admin.actor, alice.row, clock())
    answer = browser(admin).post(f"/manage/people/{alice.id}/reset-password")
    assert answer.status_code == 422


ACTS = ("deactivate", "reactivate", "reset-password")


def test_others_may_not(browser, alice, bob, mei, hr):
    for person in (alice, mei, hr):
        visitor = browser(person)
        assert visitor.get(ADD).status_code == 403
        assert visitor.post(ADD, data=FORM).status_code == 403
        assert visitor.get(edit(bob)).status_code == 403
        for act in ACTS:
            assert visitor.post(f"/manage/people/{bob.id}/{act}").status_code == 403


@pytest.mark.parametrize("act", ["edit", *ACTS])
@pytest.mark.parametrize("number", [9999, 2**40])
def test_nobody_is_not_found(browser, admin, act, number):
    assert browser(admin).post(f"/manage/people/{number}/{act}").status_code == 404


@pytest.mark.parametrize("act", ACTS)
def test_what_writes_takes_no_get(browser, admin, alice, act):
    assert browser(admin).get(f"/manage/people/{alice.id}/{act}").status_code == 405
