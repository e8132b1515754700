"""“This helped me”: each person's word counts once, nobody praises their own work (K2, K8)."""

import pytest

from portal.cases.actions.talk import say_it_helped, withdraw
from portal.core.errors import Refused


@pytest.fixture
def say(act, clock):
    def say_it(person, case, solution=None, helped=True):
        act(say_it_helped, person.actor, case, solution, helped, clock())

    return say_it


def test_each_person_counts_once(problem, say, bob, carol):
    say(bob, problem)
    say(bob, problem)
    say(carol, problem)
    assert problem.helped == 2


def test_the_word_is_taken_back(problem, say, bob):
    say(bob, problem)
    say(bob, problem, helped=False)
    say(bob, problem, helped=False)
    assert problem.helped == 0


def test_nobody_praises_their_own_case(problem, say, alice):
    with pytest.raises(Refused):
        say(alice, problem)
    assert problem.helped == 0


def test_nobody_praises_their_own_solution(problem, propose, say, bob):
    solution = propose(bob, problem)
    with pytest.raises(Refused):
        say(bob, problem, solution)


def test_a_solution_that_helped_counts_for_its_case_too(problem, propose, say, bob, carol):
    solution = propose(bob, problem)
    say(carol, problem, solution)
    assert (solution.helped, problem.helped) == (1, 1)


def test_a_person_helped_by_case_and_solution_counts_once_for_the_case(problem, propose, say, bob,
                                                                       carol):
    solution = propose(bob, problem)
    say(carol, problem, solution)
    say(carol, problem)
    assert (solution.helped, problem.helped) == (1, 1)
    say(carol, problem, helped=False)
    assert (solution.helped, problem.helped) == (1, 1)


def test_words_about_one_solution_are_not_those_about_another(problem, propose, say, bob, carol):
    first, second = propose(bob, problem), propose(bob, problem, "other")
    say(carol, problem, first)
    assert (first.helped, second.helped) == (1, 0)


def test_a_withdrawn_solution_helps_nobody_any_more(problem, propose, say, act, bob, carol, clock):
    solution = propose(bob, problem)
    say(carol, problem, solution)
    act(withdraw, bob.actor, solution, clock())
    with pytest.raises(Refused):
        say(carol, problem, solution)
    say(carol, problem, solution, helped=False)
    assert problem.helped == 0
