"""Keeping, sending once, discarding: on either database, and at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from portal.cases.models import Case
from portal.core.errors import Refused
from portal.core.unit_of_work import transaction
from portal.drafts import actions, queries, rules
from portal.drafts.models import Draft
from portal.drafts.rules import Typed
from portal.drafts.upkeep import forget_discarded
from portal.extensions import db

KEY = "a-key-of-a-form"


@pytest.fixture
def keep(alice, clock):
    def keep_one(title, *, key=KEY, version=0, tab="one", form="case:lesson", who=alice):
        with transaction():
            return actions.save(who.actor, key, Typed(form, {"title": [title]}, version, tab),
                                clock())

    return keep_one


@pytest.fixture
def claim(alice, clock):
    def claim_one(title, *, key=KEY, version=0, tab="one", ref=None):
        with transaction():
            typed = Typed("case:lesson", {"title": [title]}, version, tab)
            before = actions.claim(alice.actor, key, typed, clock())
            if before is None and ref:
                actions.end(alice.actor, key, ref, clock())
            return before

    return claim_one


def titles():
    db.session.rollback()
    return sorted(db.session.scalars(select(Draft.title).where(Draft.ended_at.is_(None))))


def test_the_same_window_saves_over_itself_though_it_missed_an_answer(app, keep):
    assert keep("a").version == 1
    assert keep("a").version == 1
    assert keep("b", version=0).version == 2
    assert titles() == ["b"]


def test_another_window_that_saw_the_newest_version_goes_on(app, keep):
    keep("a")
    assert keep("b", version=1, tab="two").key == KEY
    assert titles() == ["b"]


def test_another_window_that_did_not_see_it_gets_a_draft_beside_it(app, keep):
    keep("a")
    beside = keep("b", tab="two")
    assert beside.key != KEY
    assert keep("c", tab="two").key == beside.key
    assert titles() == ["a", "c"]


def test_drafts_of_two_people_with_one_key_have_nothing_to_do_with_each_other(
    app, keep, alice, bob
):
    keep("a")
    keep("b", who=bob)
    assert queries.by_key(alice.actor, KEY).title == "a"
    assert queries.by_key(bob.actor, KEY).title == "b"
    assert [each.title for each in queries.of_forms(bob.actor, ["case:lesson"])] == ["b"]


def test_sent_twice_is_sent_once(app, keep, claim, alice):
    keep("a")
    assert claim("a", version=1, ref="case:7") is None
    again = claim("a", version=1, ref="case:8")
    assert (again.ref, again.kept) == ("case:7", None)
    assert queries.sent(alice.actor, KEY) == "case:7"
    assert titles() == []


def test_what_differs_from_what_was_sent_stays(app, claim):
    claim("a", ref="case:7")
    again = claim("a and more", tab="two", ref="case:8")
    assert again.ref == "case:7"
    assert again.kept.title == "a and more"
    assert titles() == ["a and more"]


def test_what_was_changed_in_the_same_window_after_the_answer_was_lost_stays(app, claim):
    claim("a", ref="case:7")
    for title in ("a and more", "a and even more", "a and even more"):
        again = claim(title, ref="case:8")
        assert (again.ref, again.kept.title, again.kept.sent_ref) == ("case:7", title, None)
        assert titles() == [title]


def test_the_same_words_in_another_form_are_another_text(app, keep, alice, clock):
    keep("a")
    assert keep("a", version=1, form="case:problem").form == "case:problem"
    typed = Typed("case:problem", {"title": ["a"]}, 2, "one")
    with transaction():
        actions.claim(alice.actor, KEY, typed, clock())
        actions.end(alice.actor, KEY, "case:7", clock())
    with transaction():
        other = Typed("case:lesson", {"title": ["a"]}, 2, "one")
        again = actions.claim(alice.actor, KEY, other, clock())
        assert (again.ref, again.kept.form, again.kept.sent_ref) == ("case:7", "case:lesson", None)
    assert titles() == ["a"]


def test_a_save_that_the_sending_overtook_makes_no_draft(app, keep, claim):
    keep("a")
    claim("ab", version=1, ref="case:7")
    assert keep("a", version=1).sent_ref == "case:7"
    assert titles() == []


def test_sending_from_one_window_keeps_the_text_of_the_other(app, keep, claim):
    keep("of the other", tab="two")
    assert claim("mine", tab="one", version=0, ref="case:7") is None
    assert titles() == ["of the other"]


def test_a_sending_that_is_refused_leaves_the_draft_as_it_was(app, keep, alice, clock):
    keep("a")
    with pytest.raises(Refused), transaction():
        actions.claim(alice.actor, KEY, Typed("case:lesson", {"title": ["b"]}, 1, "one"), clock())
        raise Refused("no title")
    assert titles() == ["a"]


def test_discarded_and_brought_back_and_typed_on(app, keep, alice, clock):
    keep("a")
    with transaction():
        actions.discard(queries.by_key(alice.actor, KEY), clock())
    assert titles() == []
    assert keep("a").ended_at is not None
    with transaction():
        actions.bring_back(queries.by_key(alice.actor, KEY))
    assert titles() == ["a"]
    with transaction():
        actions.discard(queries.by_key(alice.actor, KEY), clock())
    keep("ab", version=1)
    assert titles() == ["ab"]


def test_what_was_discarded_is_forgotten_after_a_month_and_what_waits_is_not(
    app, keep, alice, clock
):
    keep("thrown away")
    keep("waits", key="another-key-here")
    with transaction():
        actions.discard(queries.by_key(alice.actor, KEY), clock())
    for days, left in ((29, "thrown away"), (2, "")):
        clock.move(days=days)
        forget_discarded()
        db.session.rollback()
        assert queries.by_key(alice.actor, KEY).title == left
    assert titles() == ["waits"]


def test_what_was_discarded_without_a_title_is_forgotten_too(app, alice, clock):
    with transaction():
        typed = Typed("case:lesson", {"tags": ["for nobody's eyes"]}, 0, "one")
        actions.discard(actions.save(alice.actor, KEY, typed, clock()), clock())
    clock.move(days=31)
    forget_discarded()
    db.session.rollback()
    assert queries.by_key(alice.actor, KEY).fields == {}


def test_too_large_too_many_and_misnamed_are_refused(app, keep, monkeypatch):
    with pytest.raises(Refused, match="600 KB"):
        keep("字" * (rules.LARGEST // 3 + 1))
    for key, form in (("short", "case:lesson"), (KEY, "nonsense"), (KEY, "case:" + "x" * 99)):
        with pytest.raises(Refused):
            keep("a", key=key, form=form)
    monkeypatch.setattr(rules, "MOST_OPEN", 2)
    for number in range(2):
        keep("a", key=f"{KEY}-{number}")
    with pytest.raises(Refused, match="200"):
        keep("a")
    keep("b", key=f"{KEY}-1")
    assert titles() == ["a", "b"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.lists(st.tuples(st.sampled_from(["one", "two", "three"]), st.booleans()), max_size=8))
def test_whatever_windows_do_the_last_words_of_each_are_kept(app, alice, clock, steps):
    """Each window saves what it typed, having looked at the newest version or not."""
    with transaction():
        db.session.query(Draft).delete()
    windows = {}
    for number, (tab, looks) in enumerate(steps):
        key, version = windows.get(tab, (KEY, 0))
        words = f"{tab} {number}"
        if looks and tab not in windows:
            newest = queries.by_key(alice.actor, KEY)
            version = newest.version if newest else 0
        with transaction():
            row = actions.save(alice.actor, key, Typed("case:lesson", {"title": [words]}, version,
                                                       tab), clock())
        assert row.title == words
        assert row.version > version or row.key != key
        # Whoever looked and then wrote has replaced what was there, knowingly.
        gone = [other for other, (held, _v) in windows.items() if held == row.key and other != tab]
        for other in gone:
            windows.pop(other)
        windows[tab] = (row.key, row.version)
    kept = titles()
    for tab in windows:
        last = max(number for number, (name, _looks) in enumerate(steps) if name == tab)
        assert f"{tab} {last}" in kept


def test_two_sendings_at_once_make_one_case_and_both_get_its_address(app, browser, alice):
    form = {"title": "Sent from the lift", "body": "No reception there.", "audience": "everyone",
            "source": "none", "as": "published", "draft_key": KEY, "draft_form": "case:lesson"}
    people = [browser(alice), browser(alice), browser(alice)]
    start = Barrier(len(people))

    def send(person):
        start.wait(10)
        with app.app_context():
            answer = person.post("/cases/new/lesson", data=form)
            return answer.status_code, answer.headers["Location"]

    db.session.rollback()
    with ThreadPoolExecutor(len(people)) as threads:
        answers = set(threads.map(send, people))
    db.session.rollback()
    case = db.session.scalars(select(Case)).one()
    assert answers == {(303, f"/cases/{case.id}")}


def test_two_windows_that_save_at_once_keep_both_texts(app, browser, alice):
    people = [browser(alice), browser(alice)]
    start = Barrier(len(people))

    def save(number):
        start.wait(10)
        with app.app_context():
            return people[number].post(f"/drafts/{KEY}", data={
                "draft_form": "case:lesson", "draft_tab": f"tab {number}",
                "title": f"Text {number}"}).json["state"]

    db.session.rollback()
    with ThreadPoolExecutor(2) as threads:
        states = sorted(threads.map(save, range(2)))
    assert states == ["beside", "saved"]
    assert titles() == ["Text 0", "Text 1"]
