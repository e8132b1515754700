"""Who is told what: once for each fact, nothing of one's own doing, nothing unreadable."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from portal.cases.actions import talk
from portal.cases.actions.asking import ask_colleague
from portal.cases.actions.cases import edit_case, record_case
from portal.cases.content import CaseContent
from portal.cases.following import actions
from portal.cases.following.queries import may_read
from portal.cases.models import Case
from portal.core import clock as present
from portal.core.events import deliver
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.reminders.models import Notification


def edit(person, case, **changes):
    with transaction():
        case = db.session.get_one(Case, case.id)
        content = CaseContent(**{**vars(case.content), **changes})
        edit_case(person.actor, case, content, case.revision, "", present.now())


def test_a_new_case_reaches_the_followers_of_its_subjects_once(
    record, follow, told, alice, bob, carol, mei
):
    record(alice, tags=("价格",))
    follow(bob, "tag:价格")
    follow(bob, "product:erp")
    follow(carol, "stage:needs")
    record(alice, tags=("价格",), product="erp", stage="needs")
    assert told(bob) == ["follow.recorded"]
    assert told(carol) == ["follow.recorded"]
    assert told(mei) == told(alice) == []


def test_a_draft_is_told_to_nobody_until_it_is_published(record, follow, told, alice, bob):
    follow(bob, "product:erp")
    case = record(alice, product="erp", body="@bob", draft=True)
    assert told(bob) == []
    with transaction():
        row = db.session.merge(case)
        edit_case(alice.actor, row, row.content, row.revision, "", present.now(), draft=False)
    assert told(bob) == ["case.mentioned"]


def test_a_mention_wins_over_following(record, follow, told, alice, bob):
    follow(bob, "product:erp")
    record(alice, product="erp", body="请@bob看")
    assert told(bob) == ["case.mentioned"]


def test_the_one_who_is_asked_is_told_that_and_nothing_else(record, follow, told, act, alice, bob):
    follow(bob, "product:erp")
    with transaction():
        content = CaseContent("problem", "Who knows?", "@bob", product="erp")
        case = record_case(alice.actor, content, present.now())
        ask_colleague(alice.actor, case, bob.row, present.now())
    assert told(bob) == ["case.asked"]


def test_an_answer_reaches_who_asked_who_was_asked_and_followers(
    problem, propose, follow, told, alice, bob, carol, mei
):
    follow(carol, f"case:{problem.id}")
    propose(bob, problem, "@mei knows more, @alice")
    assert told(alice) == ["solution.proposed"]
    assert told(mei) == ["case.mentioned"]
    assert told(carol) == ["follow.solution"]
    assert told(bob) == []


def test_answering_settles_the_question(record, propose, told, alice, bob):
    case = record(alice)
    with transaction():
        ask_colleague(alice.actor, db.session.merge(case), bob.row, present.now())
    assert told(bob, unhandled=True) == ["case.asked"]
    propose(bob, case)
    assert told(bob, unhandled=True) == []


def test_an_accepted_answer_reaches_its_author_and_followers_of_the_tags(
    record, propose, follow, told, alice, bob, carol
):
    case = record(alice, tags=("价格",))
    follow(carol, "tag:价格")
    answer = propose(bob, case)
    with transaction():
        talk.accept_solution(alice.actor, db.session.merge(answer), present.now())
    assert told(bob) == ["solution.accepted"]
    assert told(carol) == ["follow.solved"]
    assert told(alice, unhandled=True) == []


def test_a_comment_reaches_owner_discussion_and_followers(
    problem, remark, follow, told, alice, bob, carol, mei, wang
):
    remark(bob, problem)
    follow(carol, f"case:{problem.id}")
    remark(mei, problem, "@wang look")
    assert told(alice) == ["comment.added", "comment.added"]
    assert told(bob) == ["comment.added"]
    assert told(carol) == ["follow.comment"]
    assert told(wang) == ["case.mentioned"]


def test_who_stopped_following_hears_of_mentions_alone(problem, remark, told, bob, mei):
    remark(bob, problem)
    with transaction():
        actions.stop(bob.id, f"case:{problem.id}", present.now())
    remark(mei, problem, "one")
    assert told(bob) == []
    remark(mei, problem, "@bob two")
    assert told(bob) == ["case.mentioned"]


def test_commenting_settles_what_one_heard_of_the_discussion(problem, remark, told, alice, bob):
    remark(bob, problem)
    assert told(alice, unhandled=True) == ["comment.added"]
    remark(alice, problem, "Thanks")
    assert told(alice, unhandled=True) == []


def test_edits_of_a_day_are_told_once(record, follow, told, clock, alice, bob):
    case = record(alice)
    follow(bob, f"case:{case.id}")
    for number in range(3):
        edit(alice, case, body=f"Version {number}")
    assert told(bob) == ["follow.edited"]
    clock.move(days=1)
    edit(alice, case, body="The next day")
    assert told(bob) == ["follow.edited"] * 2


def test_an_edit_tells_only_whom_it_mentions_anew(record, told, alice, bob, mei):
    case = record(alice, body="@bob")
    edit(alice, case, body="@bob and @mei")
    edit(alice, case, body="@mei and @bob again")
    assert told(bob) == told(mei) == ["case.mentioned"]


def test_a_new_wording_of_a_comment_tells_whom_it_mentions_anew(
    problem, remark, told, clock, bob, mei, wang
):
    text = remark(bob, problem, "@mei")
    for body in ("@mei and @wang", "@wang"):
        with transaction():
            row = db.session.merge(text)
            talk.edit_contribution(bob.actor, row, body, row.revision, clock())
    assert told(mei) == told(wang) == ["case.mentioned"]


def test_delivering_twice_tells_once(app, monkeypatch, problem, remark, told, alice, bob):
    from portal.cases.events import CommentAdded
    from portal.cases.following import telling_talk

    text = remark(bob, problem)
    with transaction():
        telling_talk.of_comment(CommentAdded(text.id, problem.id, bob.id))
    assert told(alice) == ["comment.added"]


def test_who_left_is_not_told(app, record, follow, told, alice, bob):
    follow(bob, "product:erp")
    with transaction():
        bob.row.deactivated_at = present.now()
    record(alice, product="erp", body="@bob")
    assert told(bob) == []


def test_what_is_replayed_from_long_ago_is_told_to_nobody(record, follow, told, alice, bob):
    from portal.core.events import long_ago

    follow(bob, "product:erp")
    with long_ago():
        record(alice, product="erp")
    deliver()
    assert told(bob) == []


@pytest.mark.parametrize("audience", ["everyone", "team", "managers"])
def test_who_may_not_read_it_is_told_nothing(
    record, follow, told, propose, remark, alice, bob, carol, chen, mei, audience
):
    for person in (bob, carol, chen, mei):
        follow(person, "product:erp")
    case = record(alice, audience=audience, product="erp", body="@carol @bob @chen")
    remark(alice, case, "@carol @bob")
    readers = {"everyone": {"bob", "carol", "chen", "mei"}, "team": {"bob", "mei"},
               "managers": {"chen", "mei"}}[audience]
    assert {p.login for p in (bob, carol, chen, mei) if told(p)} == readers


PEOPLE = ("alice", "bob", "carol", "mei", "wang", "chen", "hr", "admin")
STEP = st.tuples(st.sampled_from(("record", "comment", "solve", "edit", "move")),
                 st.sampled_from(PEOPLE), st.sampled_from(("everyone", "team", "managers")),
                 st.sets(st.sampled_from(PEOPLE), max_size=3))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, min_size=1, max_size=6))
def test_nobody_is_ever_told_of_what_they_may_not_read(app, kept_contents, clock, steps):
    """Whatever is written by whom for whom, and wherever people move in between."""
    db.session.rollback()
    kept_contents.put_back("morning")
    from tests.characters import character

    people = {login: character(login) for login in PEOPLE}
    with transaction():
        for person in people.values():
            actions.follow(person.id, "product:erp", clock())
    for step in steps:
        clock.move(minutes=5)
        _take(step, people, clock)
        seen = _told_pairs()
        for person_id, case_id in seen:
            reader = next(p for p in people.values() if p.id == person_id)
            # What was told earlier may have become unreadable; the newest may not.
            if (person_id, case_id) in _told_since(clock() - timedelta(minutes=1)):
                assert may_read(reader.actor, db.session.get_one(Case, case_id))


def _take(step, people, clock):
    what, login, audience, called = step
    person, text = people[login], " ".join(f"@{each}" for each in sorted(called)) or "-"
    case = db.session.scalars(select(Case).order_by(Case.id.desc()).limit(1)).first()
    if what == "record" or case is None:
        content = CaseContent("problem", "T", text, product="erp", audience=audience)
        with transaction():
            record_case(person.actor, content, clock())
    elif what == "move":
        with transaction():
            person.row.team_id = people["carol"].row.team_id
    elif may_read(person.actor, case):
        case_id = case.id
        db.session.rollback()
        with transaction():
            case = db.session.get_one(Case, case_id)
            if what == "comment":
                talk.add_comment(person.actor, case, text, clock())
            elif what == "solve":
                talk.propose_solution(person.actor, case, text, clock())
            else:
                content = CaseContent(**{**vars(case.content), "body": text,
                                         "audience": audience})
                edit_case(person.actor, case, content, case.revision, "", clock())
    db.session.rollback()


def _told_pairs():
    rows = db.session.execute(select(Notification.person_id, Notification.subject))
    return {(person_id, int(subject.removeprefix("case:"))) for person_id, subject in rows}


def _told_since(moment):
    rows = db.session.execute(
        select(Notification.person_id, Notification.subject)
        .where(Notification.created_at >= moment)
    )
    return {(person_id, int(subject.removeprefix("case:"))) for person_id, subject in rows}
