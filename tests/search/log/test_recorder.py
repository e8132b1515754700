"""From a page into the log: without slowing or failing the page, once for each search."""

import threading
import time
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.people.models import User
from portal.search.log import recorder
from portal.search.log.keys import key_of
from portal.search.log.models import LoggedSearch
from portal.search.log.rules import RESULTS, TYPING, Asked, is_due
from portal.search.log.waiting import WAITING, Waiting
from portal.search.log.writing import write


def texts(rows):
    return [row.text for row in rows]


def test_what_is_sent_is_written_at_once_and_typing_belongs_to_it(app, rows, alice, clock):
    for typed in ("撞", "撞单", "撞单怎"):
        recorder.remember(alice.id, typed, 3, "typing", False)
        clock.move(seconds=1)
    assert rows() == []
    recorder.remember(alice.id, "撞单怎么办", 7, "results", False)
    (row,) = rows()
    assert (row.text, row.key, row.total, row.surface) == ("撞单怎么办", "撞单怎么办", 7, "results")
    assert row.person_id == alice.id
    assert row.searched_at == clock()
    assert len(WAITING) == 0


def test_typing_is_written_when_it_has_settled(app, rows, alice, clock):
    recorder.remember(alice.id, "价格异议", 2, "typing", False)
    clock.move(seconds=9)
    recorder.write_due()
    assert rows() == []
    clock.move(seconds=1)
    recorder.write_due()
    assert texts(rows()) == ["价格异议"]


@pytest.mark.parametrize(("text", "surface"), [
    ("", "results"), ("  ", "typing"), ("撞", "typing"), ("e", "typing"), ("tag:价格", "results"),
    ("\x00", "results"), ("🦄", "results"),
])
def test_no_question_is_not_kept(app, rows, alice, clock, text, surface):
    recorder.remember(alice.id, text, 0, surface, False)
    clock.move(minutes=1)
    recorder.write_due()
    assert rows() == []


def test_signs_that_no_database_takes_are_left_out(app, rows, alice):
    recorder.remember(alice.id, "撞\x00单\ud800 " + "怎么办" * 100, 1, "results", False)
    (row,) = rows()
    assert row.text.startswith("撞单")
    assert len(row.text) == 200
    assert row.key == key_of(row.text)


def test_words_that_narrow_are_noticed(app, rows, alice):
    recorder.remember(alice.id, "撞单 kind:win", 0, "results", False)
    assert rows()[0].narrowed


def test_a_page_turned_is_no_second_search(app, rows, alice, clock):
    for seconds in (0, 20, 40):
        clock.move(seconds=seconds)
        recorder.remember(alice.id, "撞单", 31, "results", False)
    assert len(rows()) == 1


def test_a_log_that_cannot_be_written_fails_no_page_and_is_caught_up(
    app, rows, alice, clock, browser, caplog
):
    person = browser(alice)
    with transaction():
        db.session.execute(db.text("ALTER TABLE searches RENAME TO away"))
    try:
        assert person.get("/search?q=撞单").status_code == 200
        assert "not written yet" in caplog.text
    finally:
        with transaction():
            db.session.execute(db.text("ALTER TABLE away RENAME TO searches"))
    recorder.write_due()
    assert texts(rows()) == ["撞单"]


def test_who_left_for_good_in_the_meantime_is_left_out(app, rows, alice):
    recorder.remember(999_999, "撞单", 1, "results", False)
    recorder.remember(alice.id, "价格", 1, "results", False)
    assert texts(rows()) == ["价格"]


def test_the_memory_is_bounded(alice_asks):
    waiting = Waiting(most=3)
    waiting.add(alice_asks(f"question {number}", number) for number in range(9))
    assert len(waiting) == 3


def test_threads_add_and_take_without_losing_one(alice_asks):
    waiting, taken = Waiting(), []
    done = threading.Event()

    def add(person):
        for number in range(200):
            waiting.add([alice_asks(f"word{number:03}", 0, person_id=person, surface=RESULTS)])

    def take():
        while not done.is_set():
            taken.extend(waiting.take_due(alice_asks("x", 0).at))

    taker = threading.Thread(target=take)
    taker.start()
    people = [threading.Thread(target=add, args=(person,)) for person in range(4)]
    for thread in people:
        thread.start()
    for thread in people:
        thread.join()
    done.set()
    taker.join()
    taken += waiting.take_due(alice_asks("x", 0).at)
    assert len({(one.person_id, one.key) for one in taken}) == len(taken) == 800
    assert len(waiting) == 0


def test_a_thread_of_the_serving_process_writes(app, rows, alice, clock):
    clerk = recorder.Clerk(app, pause=0)
    clerk.start()
    WAITING.add([Asked(alice.id, "撞单", "撞单", 3, RESULTS, False, clock())])
    clerk.ring()
    for _ in range(200):
        if rows():
            break
        time.sleep(0.05)
    clerk.end()
    assert texts(rows()) == ["撞单"]


@pytest.fixture
def alice_asks(clock):
    def one(text, seconds, *, person_id=1, surface=TYPING, **more):
        at = clock() + timedelta(seconds=seconds)
        return Asked(person_id, text, text, 3, surface, False, at, **more)

    return one


WORD = "撞单怎么办才好"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(some.permutations(range(len(WORD))), some.integers(0, len(WORD)))
def test_processes_come_in_any_order(app, rows, alice, alice_asks, order, split):
    """Each keystroke may be served by another process, and be written when that gets to it."""
    typed = [alice_asks(WORD[: end + 1], end * 5, person_id=alice.id) for end in range(len(WORD))]
    with transaction():
        db.session.query(LoggedSearch).delete()
    for part in (order[:split], order[split:]):
        with transaction():
            write([typed[number] for number in part])
    assert texts(rows()) == [WORD]


def test_two_processes_that_write_at_once_write_one_row(app, rows, alice, alice_asks):
    ready = threading.Barrier(4)

    def process(number):
        with app.app_context():
            ready.wait()
            with transaction():
                write([alice_asks("撞单"[: 1 + number % 2], number, person_id=alice.id)])

    threads = [threading.Thread(target=process, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert texts(rows()) == ["撞单"]


def test_what_waits_is_due_at_some_time(alice_asks, clock):
    assert not is_due(alice_asks("撞单", 0), clock())
    assert is_due(alice_asks("撞单", 0), clock() + timedelta(seconds=10))


def test_nobody_is_recorded_while_only_a_new_title_is_typed(record, browser, rows, alice, clock):
    record(alice, title="撞单怎么办")
    person = browser(alice)
    assert person.get("/cases/new/problem?title=撞单").status_code == 200
    person.get("/cases/alike?title=撞单")
    clock.move(minutes=1)
    recorder.write_due()
    assert rows() == []
    assert db.session.get(User, alice.id) is not None
