"""The people offered after "@", and the warning for whom it does not reach."""

import re

import pytest

from portal.core.unit_of_work import transaction


def offered(answer):
    return re.findall(r'data-value="@([^"]+)"', answer.text)


@pytest.mark.parametrize(("text", "logins"), [
    ("bo", ["bob"]), ("张", ["bob"]), ("zhangbo", ["bob"]), ("zb", ["bob"]), ("ZHANG", ["bob"]),
    ("ch", ["chen", "carol"]), ("zzz", []), ("梅芳", ["mei"]), ("%", []), ("\x00", []),
])
def test_people_by_name_login_and_sound(browser, alice, text, logins):
    answer = browser(alice).fragment(f"/mentions?q={text.replace('%', '%25')}")
    assert answer.status_code == 200
    assert sorted(offered(answer)) == sorted(logins)
    assert "<html" not in answer.text and 'role="listbox"' in answer.text


def test_at_alone_offers_the_discussion_then_the_team(browser, problem, remark, bob, carol):
    remark(carol, problem)
    found = offered(browser(bob).fragment(f"/mentions?q=&case={problem.id}"))
    assert set(found) == {"alice", "carol", "mei"} and found[-1] == "mei"
    assert set(offered(browser(bob).fragment("/mentions?q="))) == {"alice", "mei"}


def test_who_left_and_oneself_are_not_offered(browser, clock, alice, bob):
    with transaction():
        bob.row.deactivated_at = clock()
    assert offered(browser(alice).fragment("/mentions?q=bob")) == []
    assert offered(browser(alice).fragment("/mentions?q=alice")) == []


def test_who_cannot_read_the_case_is_marked(browser, record, alice):
    case = record(alice, audience="team")
    text = browser(alice).fragment(f"/mentions?q=carol&case={case.id}").text
    assert "cannot read this case" in text
    # A case that one may not read oneself says nothing about anybody.
    for number in ("999", "x", "-1"):
        assert browser(alice).fragment(f"/mentions?q=carol&case={number}").status_code == 200


def test_a_page_and_strangers(browser, alice):
    assert "<html" in browser(alice).get("/mentions?q=bo").text
    assert browser().get("/mentions?q=bo").status_code == 302
    assert browser(alice).post("/mentions").status_code == 405


def test_the_writer_is_warned_of_whom_it_does_not_reach(browser, record, told, alice, carol, bob):
    case = record(alice, audience="team")
    writer = browser(alice)
    writer.post(f"/cases/{case.id}/comments", data={"body": "@carol and @bob"})
    page = writer.get(f"/cases/{case.id}").text
    assert f"{carol.name} cannot read this case, so nobody told them." in page
    assert told(carol) == [] and told(bob) == ["case.mentioned"]


def test_an_edit_warns_of_new_names_alone(browser, record, clock, alice, carol, bob):
    from portal.extensions import db

    case = record(alice, audience="team", body="@carol")
    with transaction():
        bob.row.deactivated_at = clock()
    writer = browser(alice)
    row = db.session.merge(case)
    form = {"title": row.title, "body": "@carol and @bob", "audience": "team", "source": "none",
            "base": "1"}
    db.session.rollback()
    assert writer.post(f"/cases/{case.id}/edit", data=form).status_code == 303
    page = writer.get(f"/cases/{case.id}").text
    assert "cannot read this case" not in page
    assert f"{bob.name} no longer works here, so nobody told them." in page


def test_boxes_complete_names(browser, problem, alice):
    page = browser(alice).get(f"/cases/{problem.id}").text
    assert page.count(f'data-url="/mentions?case={problem.id}"') == 2
    assert 'data-url="/mentions"' in browser(alice).get("/cases/new/problem").text
