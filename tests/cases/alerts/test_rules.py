"""Whom an alert waits for, and when it moves on: on plain values."""

from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from portal.cases.alerts.rules import (
    FOUND,
    LEFT,
    SILENT,
    Standing,
    answers,
    chain,
    first_standing,
    moves,
    reminds_today,
)

NOON = datetime(2026, 6, 1, 4, 0, tzinfo=UTC)
ASKER, LEADER, HEAD, OTHER = 1, 2, 3, 4
EVERYBODY = range(1, 10)


def a_day_later(moment):
    return moment + timedelta(days=1)


def test_the_leaders_above_answer_one_after_another():
    found = chain((LEADER, HEAD), [HEAD], [OTHER], asker_id=ASKER, readers=EVERYBODY)
    assert found == (LEADER, HEAD)


def test_who_may_not_read_the_problem_is_left_out():
    assert chain((LEADER, HEAD), [], [], asker_id=ASKER, readers=[HEAD]) == (HEAD,)


def test_the_head_asks_another_head_and_then_any_manager():
    assert chain((), [ASKER, HEAD], [OTHER], asker_id=ASKER, readers=EVERYBODY) == (HEAD,)
    assert chain((), [ASKER], [OTHER, 9], asker_id=ASKER, readers=EVERYBODY) == (OTHER,)
    assert chain((), [ASKER], [], asker_id=ASKER, readers=EVERYBODY) == ()


def test_silence_moves_it_up_until_the_top():
    standing = first_standing((LEADER, HEAD), NOON, a_day_later)
    assert standing == Standing(1, LEADER, NOON, NOON + timedelta(days=1))
    assert moves(standing, (LEADER, HEAD), NOON + timedelta(hours=23), a_day_later) == []
    (move,) = moves(standing, (LEADER, HEAD), NOON + timedelta(days=1), a_day_later)
    assert move.why == SILENT
    assert move.standing == Standing(2, HEAD, NOON + timedelta(days=1), NOON + timedelta(days=2))
    assert moves(move.standing, (LEADER, HEAD), NOON + timedelta(days=9), a_day_later) == []


def test_a_clock_that_nobody_looked_at_ran_on():
    standing = first_standing((LEADER, HEAD, OTHER), NOON, a_day_later)
    found = moves(standing, (LEADER, HEAD, OTHER), NOON + timedelta(days=5), a_day_later)
    assert [(move.standing.manager_id, move.standing.since) for move in found] == [
        (HEAD, NOON + timedelta(days=1)), (OTHER, NOON + timedelta(days=2)),
    ]


def test_who_no_longer_leads_the_asker_loses_it():
    standing, later = Standing(1, LEADER, NOON, a_day_later(NOON)), NOON + timedelta(hours=5)
    (move,) = moves(standing, (OTHER, HEAD), later, a_day_later)
    assert (move.why, move.standing) == (LEFT, Standing(1, OTHER, later, a_day_later(later)))
    # The chain became shorter: whoever is its top has it.
    (move,) = moves(Standing(2, LEADER, NOON, a_day_later(NOON)), (OTHER,), later, a_day_later)
    assert move.standing.level == 1


def test_nobody_at_all_is_waited_for_until_there_is_somebody():
    nobody = first_standing((), NOON, a_day_later)
    assert nobody.manager_id is None
    assert moves(nobody, (), NOON + timedelta(days=9), a_day_later) == []
    (move,) = moves(nobody, (HEAD,), NOON + timedelta(days=9), a_day_later)
    assert (move.why, move.standing.manager_id) == (FOUND, HEAD)
    (gone,) = moves(move.standing, (), NOON + timedelta(days=9), a_day_later)
    assert (gone.why, gone.standing.manager_id) == (LEFT, None)


@given(st.lists(st.integers(2, 9), min_size=1, max_size=5, unique=True), st.integers(0, 400),
       st.integers(0, 400))
def test_looking_twice_moves_it_as_far_as_looking_once(people, one, other):
    """How often somebody looks makes no difference to where it is, nor since when."""
    start = first_standing(tuple(people), NOON, a_day_later)
    end = NOON + timedelta(hours=one + other)
    at_once = moves(start, people, end, a_day_later)
    first = moves(start, people, NOON + timedelta(hours=one), a_day_later)
    between = first[-1].standing if first else start
    assert first + moves(between, people, end, a_day_later) == at_once


def test_the_top_is_reminded_once_each_working_day_from_when_work_begins():
    morning, nine = NOON.replace(hour=9), time(9)
    yesterday = NOON - timedelta(days=1)
    assert reminds_today(yesterday, True, None, morning, True, nine)
    assert not reminds_today(yesterday, True, morning.date(), morning, True, nine)
    assert not reminds_today(yesterday, False, None, morning, True, nine)
    assert not reminds_today(yesterday, True, None, morning, False, nine)
    assert not reminds_today(yesterday, True, None, morning.replace(hour=8), True, nine)
    assert not reminds_today(NOON + timedelta(days=1), True, None, morning, True, nine)


def test_whose_word_is_the_managers_reply():
    def is_reply(person):
        return answers(person, asker_id=ASKER, leaders=(LEADER, HEAD), waits_for=(None, OTHER))

    assert [is_reply(person) for person in (ASKER, LEADER, HEAD, OTHER, 9)] == [
        False, True, True, True, False]
