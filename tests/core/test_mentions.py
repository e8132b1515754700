"""“@login” in a text: who is called, how it is shown, and where nobody is called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core import markdown


def calls(text):
    return [candidates[0] for candidates in markdown.called_in(text)]


@pytest.mark.parametrize(("text", "called"), [
    ("@bob please", ["bob"]),
    ("请@bob看一下", ["bob"]),
    ("(@bob) **@alice**", ["bob", "alice"]),
    ("@Bob", ["bob"]),
    ("- @bob\n- @alice\n\n| a |\n|-|\n| @mei |", ["bob", "alice", "mei"]),
    ("@zhang_san", ["zhang_san"]),
    ("write to bob@example.com", []),
    ("see https://x.com/@bob and //host/@bob", []),
    ("`@bob` and\n\n```\n@bob\n```\n\n    @bob", []),
    ("[@bob](http://x.com) <a href='http://x.com'>@bob</a> <code>@bob</code>", []),
    ("@ bob, @b, @", []),
])
def test_who_is_called(text, called):
    assert calls(text) == called


def test_what_follows_a_name_is_no_part_of_it_unless_somebody_is_called_so():
    assert markdown.called_in("@bob.thanks, @carol.") == [["bob.thanks", "bob"], ["carol"]]


@given(st.text(alphabet="@ab.-_`[]()<> \n请", max_size=60))
def test_no_text_breaks_the_page(text):
    html = str(markdown.render(text))
    assert "<script" not in html and html.count("<a class") == 0
    for candidates in markdown.called_in(text):
        assert all("@" not in each or each.count("@") < len(each) for each in candidates)


def test_people_are_linked_by_name(app, browser, alice, bob, record):
    case = record(alice, body="请@bob看一下，@nobody 也看。<span class='mention'>@bob</span>")
    page = browser(alice).get(f"/cases/{case.id}").text
    link = f'<a class="mention" href="/people/{bob.id}" title="bob">@{bob.name}</a>'
    assert page.count(link) == 2
    assert "@nobody" in page and 'class="mention">@nobody' not in page


def test_a_hostile_name_stays_a_name(app, browser, alice, bob, record):
    from portal.core.unit_of_work import transaction

    with transaction():
        bob.row.name = '<img src=x onerror=alert(1)> "quoted"'
    case = record(alice, body="@bob")
    assert "<img src=x" not in browser(alice).get(f"/cases/{case.id}").text


def test_names_take_one_statement_however_many_texts_call_people(
    app, browser, alice, bob, mei, record
):
    from portal.cases.actions.talk import add_comment
    from portal.core import clock
    from portal.core.unit_of_work import transaction
    from portal.extensions import db
    from tests.counting import statements_of

    case = record(alice, body="@bob")
    url = f"/cases/{case.id}"
    few = len(statements_of(app, browser(alice), url))
    with transaction():
        for login in ("alice", "mei", "wang", "chen", "carol"):
            add_comment(alice.actor, db.session.merge(case), f"@{login}", clock.now())
    assert len(statements_of(app, browser(alice), url)) <= few + 1
