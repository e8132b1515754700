"""Today: what waits for a person, in one ordered list, each with the one thing to do."""

import re
from datetime import date

import pytest
from sqlalchemy import select

from portal.cases.actions import cases, talk
from portal.cases.actions.asking import ask_colleague
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.people.models import User


def rows(browser, person) -> list[tuple[str, str]]:
    """What waits for this person: the word and the title, in the order of the page."""
    page = browser(person).get("/").text
    section = page.split('aria-labelledby="waiting-title"')[1].split("</section>")[0]
    found = re.findall(r'</svg>([^<]+)</span>.*?class="list-row-title" href="[^"]*">([^<]+)<',
                       section, re.DOTALL)
    return [(what.strip(), title) for what, title in found]


@pytest.fixture
def run(app):
    def act(action, *args):
        with transaction():
            return action(*args)

    return act


def test_nothing_waits_on_the_first_morning(browser, alice):
    page = browser(alice).get("/").text
    assert "Nothing waits for you" in page
    assert "The library is empty" in page
    assert alice.name in page
    assert 'href="/record"' in page


def test_a_solution_waits_for_the_asker_until_one_is_accepted(record, run, browser, alice, bob,
                                                              clock):
    case = record(alice, title="Mine")
    own = run(talk.propose_solution, alice.actor, case, "my own idea", clock())
    assert rows(browser, alice) == []
    run(talk.withdraw, alice.actor, own, clock())
    solution = run(talk.propose_solution, bob.actor, case, "look there", clock())
    assert rows(browser, alice) == [("Has a solution: did it help?", "Mine")]
    assert rows(browser, bob) == []
    run(talk.accept_solution, alice.actor, solution, clock())
    assert rows(browser, alice) == []


def test_a_withdrawn_solution_waits_for_nobody(record, run, browser, alice, bob, clock):
    solution = run(talk.propose_solution, bob.actor, record(alice), "x", clock())
    run(talk.withdraw, bob.actor, solution, clock())
    assert rows(browser, alice) == []


def test_drafts_wait_for_their_author_alone(record, browser, alice, mei, clock):
    record(alice, title="Half a thought", draft=True)
    assert rows(browser, alice) == [("Your draft", "Half a thought")]
    assert rows(browser, mei) == []


def test_many_drafts_do_not_bury_the_rest(record, browser, alice, clock):
    for number in range(6):
        clock.move(minutes=1)
        record(alice, title=f"Thought {number}", draft=True)
    assert rows(browser, alice) == [
        ("Your draft", "Thought 5"), ("Your draft", "Thought 4"), ("Your draft", "Thought 3"),
        ("Your draft", "More drafts"),
    ]


@pytest.fixture
def ask(run, clock):
    def ask_one(person, case, asked):
        return run(lambda: ask_colleague(
            person.actor, db.session.merge(case), asked.row if asked else None, clock()))

    return ask_one


def test_a_question_waits_for_who_was_asked_until_they_answer(record, run, ask, browser, alice, bob,
                                                              carol, clock):
    case = record(alice, title="You know this")
    ask(alice, case, carol)
    clock.move(days=3)
    assert rows(browser, carol) == [("Asked of you", "You know this")]
    assert rows(browser, bob) == []
    page = browser(carol).get("/").text
    assert alice.name in page and "3 days ago" in page
    run(talk.propose_solution, bob.actor, db.session.merge(case), "not me", clock())
    assert rows(browser, carol) == [("Asked of you", "You know this")]
    own = run(talk.propose_solution, carol.actor, db.session.merge(case), "so", clock())
    assert rows(browser, carol) == []
    run(talk.withdraw, carol.actor, db.session.merge(own), clock())
    assert rows(browser, carol) == [("Asked of you", "You know this")]


def test_a_solved_archived_unpublished_or_withdrawn_question_waits_for_nobody(
    record, run, ask, browser, alice, bob, carol, clock
):
    solved, archived, taken_back = (record(alice, title=f"Question {n}") for n in range(3))
    for case in (solved, archived, taken_back):
        ask(alice, case, carol)
    ask(alice, record(alice, title="Draft", draft=True), carol)
    assert len(rows(browser, carol)) == 3
    solution = run(talk.propose_solution, bob.actor, db.session.merge(solved), "x", clock())
    run(talk.accept_solution, alice.actor, db.session.merge(solution), clock())
    run(cases.archive_case, alice.actor, db.session.merge(archived), clock())
    ask(alice, taken_back, None)
    assert rows(browser, carol) == []


def test_a_question_that_one_may_no_longer_read_does_not_wait(record, ask, browser, alice, bob):
    ask(alice, record(alice, title="Inside", audience="team"), bob)
    assert rows(browser, bob) == [("Asked of you", "Inside")]
    with transaction():
        db.session.get(User, bob.id).team_id = None
    assert rows(browser, bob) == []


def test_a_leader_who_was_asked_sees_the_question_once(record, ask, browser, alice, mei, wang):
    ask(alice, record(alice, title="For mei"), mei)
    assert rows(browser, mei) == [("Asked of you", "For mei")]
    assert rows(browser, wang) == [("Waits for an answer", "For mei")]


@pytest.mark.parametrize("leader", ["mei", "wang"])
def test_an_unanswered_problem_waits_for_those_who_lead(record, run, browser, alice, bob, chen,
                                                        request, clock, leader):
    case = record(alice, title="Nobody knows")
    person = request.getfixturevalue(leader)
    assert rows(browser, person) == [("Waits for an answer", "Nobody knows")]
    assert rows(browser, chen) == rows(browser, alice) == rows(browser, bob) == []
    run(talk.propose_solution, bob.actor, case, "x", clock())
    assert rows(browser, person) == []


def test_ones_own_open_problem_is_not_ones_own_to_answer(record, browser, mei, wang):
    record(mei, title="A manager asks")
    assert rows(browser, mei) == []
    assert rows(browser, wang) == [("Waits for an answer", "A manager asks")]


def test_what_was_not_validated_waits_for_the_manager(record, run, browser, alice, mei, carol,
                                                      clock):
    lesson = record(alice, kind="lesson", title="Learned")
    record(carol, kind="lesson", title="Of another team")
    assert rows(browser, mei) == [("Not validated yet", "Learned")]
    run(cases.validate_case, mei.actor, lesson, clock())
    assert rows(browser, mei) == []


def test_an_overdue_case_is_verified_with_one_tap(record, run, browser, alice, mei, clock):
    lesson = record(alice, kind="intel", title="Prices of a rival")
    run(cases.validate_case, mei.actor, lesson, clock())
    clock.move(days=30)
    assert rows(browser, alice) == []
    clock.move(days=1)
    person = browser(alice)
    page = person.get("/").text
    assert "Is this still right?" in page
    target = re.search(r'action="(/cases/1/validate[^"]*)"', page).group(1)
    answer = person.post(target.replace("&amp;", "&"))
    assert answer.status_code == 303
    assert answer.location == "/"
    assert lesson.verified_until == date(2026, 8, 1)
    assert rows(browser, alice) == []


def test_the_most_pressing_first_and_within_it_the_longest_waiting(record, run, browser, alice, mei,
                                                                   bob, clock):
    record(mei, title="Draft of mei", draft=True)
    record(bob, kind="lesson", title="Lesson")
    record(alice, title="Old question")
    clock.move(hours=2)
    record(alice, title="New question")
    assert [title for _, title in rows(browser, mei)] == [
        "Old question", "New question", "Draft of mei", "Lesson"]


def test_the_archive_and_other_peoples_drafts_wait_for_nobody(record, run, browser, alice, mei,
                                                             clock):
    case = record(alice, title="Gone")
    run(cases.archive_case, alice.actor, case, clock())
    record(alice, kind="lesson", title="Draft", draft=True)
    assert rows(browser, mei) == []


def test_what_is_new_is_what_the_reader_may_read(record, browser, alice, bob, carol):
    record(alice, title="For all")
    record(alice, title="For the team", audience="team")
    record(alice, title="Draft", draft=True)
    new = browser(carol).get("/").text
    assert "For all" in new
    assert "For the team" not in new
    assert "Draft" not in new
    assert "For the team" in browser(bob).get("/").text


def test_who_has_no_joining_date_is_new_since_the_account_was_made(record, run, browser, alice,
                                                                   mei, bob, clock):
    run(cases.validate_case, mei.actor, record(alice, kind="playbook", title="Opening"), clock())
    with transaction():
        db.session.get(User, bob.id).joined_on = None
        db.session.get(User, bob.id).created_at = clock()
    assert "A good start" in browser(bob).get("/").text


@pytest.mark.parametrize(("days", "welcomed"), [(0, True), (90, True), (91, False)])
def test_new_hires_are_shown_where_to_start(record, run, browser, alice, mei, bob, clock, days,
                                            welcomed):
    for title in ("Opening a call", "开场白"):
        case = record(alice, kind="playbook", title=title)
        run(cases.validate_case, mei.actor, case, clock())
    with transaction():
        db.session.get(User, bob.id).joined_on = date.fromordinal(
            date(2026, 6, 1).toordinal() - days)
    page = browser(bob).get("/").text
    assert ("A good start" in page) is welcomed
    if welcomed:
        start = page.split('id="start-title"')[1].split("</section>")[0]
        assert "Opening a call" in start
        assert "开场白" not in start
        assert page.index('id="start-title"') < page.index('id="waiting-title"')
    record(bob, title="Half written", draft=True)
    page = browser(bob).get("/").text
    if welcomed:
        assert page.index('id="waiting-title"') < page.index('id="start-title"')


def test_today_in_chinese(record, browser, alice):
    record(alice, title="草稿", draft=True)
    page = browser(alice, language="zh").get("/").text
    assert 'lang="zh-CN"' in page
    assert "草稿" in page


def test_today_needs_a_session_and_is_only_read(browser, alice):
    assert browser().get("/").status_code == 302
    assert browser(alice).post("/").status_code == 405


def test_looking_at_today_writes_nothing(record, browser, alice):
    from portal.core.audit import AuditEntry

    record(alice)
    person = browser(alice)
    before = len(db.session.scalars(select(AuditEntry)).all())
    person.get("/")
    assert len(db.session.scalars(select(AuditEntry)).all()) == before
