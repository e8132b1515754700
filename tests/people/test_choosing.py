"""Choosing a colleague: by name, login or sound, among those one may choose."""

import pytest

from portal.core.i18n import force_locale
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.people.choosing import colleague_of, meant
from portal.people.forms.colleague import ColleagueForm
from portal.people.models import User
from portal.people.rules import ANYONE, LED, OTHERS, SELLING, may_be_chosen

EVERYBODY = {"alice", "bob", "carol", "mei", "wang", "chen", "hr", "admin"}
SELLERS = EVERYBODY - {"hr", "admin"}


@pytest.fixture
def choose(app, request):
    """`choose("mei", among, asked=…)`: who is meant by what mei sent, what is
    said about it, and whom she may choose from."""

    def chosen(login, among=ANYONE, **typed):
        actor = request.getfixturevalue(login).actor
        with app.test_request_context(method="POST", data=typed), force_locale("en"):
            form = type("Form", (ColleagueForm,), {"among": among})(meta={"csrf": False})
            found = colleague_of(actor, form)
            assert found is form.colleague
            return found and found.login, [str(each) for each in form.asked.errors], (
                dict(form.asked_id.choices))

    return chosen


@pytest.fixture
def namesake(app, clock):
    """A second person called like bob, in the team of carol."""
    with transaction():
        db.session.add(User(login="bo2", name="张博", role="rep", team_id=3, created_at=clock(),
                            password_hash="!", must_change_password=False, job_title="渠道经理"))


@pytest.mark.parametrize(("login", "among", "may"), [
    ("mei", ANYONE, EVERYBODY), ("mei", OTHERS, EVERYBODY - {"mei"}), ("mei", SELLING, SELLERS),
    ("mei", LED, {"alice", "bob", "mei"}), ("wang", LED, {"alice", "bob", "mei", "wang"}),
    ("alice", LED, {"alice"}), ("mei", "an odd word", EVERYBODY),
])
def test_among_whom_one_may_choose(request, login, among, may):
    people = {name: request.getfixturevalue(name) for name in EVERYBODY}
    actor = people[login].actor
    assert {name for name, person in people.items()
            if may_be_chosen(actor, person.row, among)} == may


@pytest.mark.parametrize("written", ["张博", " 张博 ", "bob", "BOB", "ｂｏｂ"])
@pytest.mark.parametrize("among", [ANYONE, OTHERS, SELLING, LED])
def test_a_whole_name_or_login_says_who(choose, among, written):
    assert choose("mei", among, asked=written)[0] == "bob"


@pytest.mark.parametrize("written", ["张", "zhang", "zhangbo", "zb"])
def test_a_part_or_a_sound_offers_whom_it_may_mean(choose, bob, written):
    found, [said], offered = choose("mei", asked=written)
    assert found is None and "Choose one below" in said
    assert offered[str(bob.id)] == "张博 · Shanghai"
    assert choose("mei", asked=written, asked_id=bob.id)[0] == "bob"


def test_several_of_one_name_are_told_apart(choose, namesake, bob):
    found, [said], offered = choose("mei", asked="张博")
    assert found is None and said == "Several people are called 张博. Choose one below."
    assert {*offered.values()} == {"张博 · Shanghai", "张博 · South · 渠道经理"}
    assert choose("mei", asked="张博", asked_id=bob.id)[0] == "bob"
    # Of those whom mei leads only one is called so.
    assert choose("mei", LED, asked="张博")[0] == "bob"


def test_a_choice_made_for_another_name_is_not_taken(choose, bob):
    assert choose("mei", asked="陈可", asked_id=bob.id)[0] == "carol"


@pytest.mark.parametrize(("among", "written", "says"), [
    (ANYONE, "欧阳无人", "Nobody here is called 欧阳无人."),
    (OTHERS, "x", "Nobody here is called x."),
    (SELLING, "何任", "No rep or manager here is called 何任."),
    (LED, "陈可", "Nobody whom you lead is called 陈可."),
    (LED, "chen", "Nobody whom you lead is called chen."),
    (ANYONE, " ", "Write the name of a colleague."), (ANYONE, "x" * 121, "120"),
])
def test_what_is_not_clear_is_said(choose, among, written, says):
    found, [said], offered = choose("mei", among, asked=written)
    assert found is None and says in said and not offered


def test_those_beyond_the_choice_leave_room_for_the_others(choose, clock):
    """Nine with the same sound stand before the one that may be chosen."""
    with transaction():
        for number in range(9):
            db.session.add(User(login=f"z{number}", name=f"张{number}", role="hr",
                                created_at=clock(), password_hash="!",
                                must_change_password=False))
    assert [*choose("mei", LED, asked="zh")[2].values()] == ["张博 · Shanghai"]


def test_ones_own_name_is_known_and_not_offered(choose):
    assert choose("mei", OTHERS, asked="梅芳")[0] == "mei"
    assert choose("mei", OTHERS, asked="梅")[2] == {}


def test_who_left_is_nobody(choose, bob):
    with transaction():
        db.session.get(User, bob.id).deactivated_at = bob.row.created_at
    assert choose("mei", asked="张博")[0] is None
    assert choose("mei", asked="张博", asked_id=bob.id)[0] is None


def test_the_choice_stands_when_another_field_is_wrong(app, mei, bob):
    """Everything that is open is said at once."""
    with app.test_request_context(method="POST", data={"asked": "zb", "asked_id": str(bob.id)}):
        form = ColleagueForm(meta={"csrf": False})
        assert meant(mei.actor, form).login == "bob" and form.asked_id.data == str(bob.id)


# --- names while typing ------------------------------------------------------------------------


@pytest.mark.parametrize(("written", "name"), [
    ("张", "张博"), ("zhangb", "张博"), ("zb", "张博"), ("zhang bo", "张博"), ("芳", "梅芳"),
])
def test_names_are_offered_by_part_and_by_sound(browser, alice, written, name):
    answer = browser(alice).fragment(f"/people/colleagues?asked={written}")
    assert answer.text.lstrip().startswith('<datalist id="colleagues">')
    assert f'value="{name}"' in answer.text


def test_nobody_is_offered_to_themselves(browser, alice):
    assert alice.name not in browser(alice).fragment("/people/colleagues?asked=李").text


def test_only_those_are_offered_who_may_be_chosen(browser, mei):
    person = browser(mei)
    led = person.fragment("/people/colleagues?asked=chen&among=led").text
    assert "陈" not in led
    assert "陈可" in person.fragment("/people/colleagues?asked=chen&among=selling").text
    assert "何任" not in person.fragment("/people/colleagues?asked=he&among=selling").text
    assert "梅芳" in person.fragment("/people/colleagues?asked=mei&among=led").text


def test_names_are_offered_as_a_page_too(browser, alice, bob):
    page = browser(alice).get("/people/colleagues?asked=张").text
    assert f"/people/{bob.id}" in page
    assert "Nobody found" in browser(alice).get("/people/colleagues?asked=").text


def test_who_has_left_and_the_logins_of_others_are_not_offered(browser, alice, bob):
    with transaction():
        db.session.get(User, bob.id).deactivated_at = bob.row.created_at
    assert "张博" not in browser(alice).fragment("/people/colleagues?asked=张").text
    assert "carol" not in browser(alice).fragment("/people/colleagues?asked=陈").text
