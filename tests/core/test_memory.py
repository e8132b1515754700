"""What was made of a text is kept, but never more than the budget allows."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from portal.core.memory import remembered


@pytest.fixture
def made():
    return []


@pytest.fixture
def double(made):
    @remembered(characters=30)
    def double(text):
        made.append(text)
        return text * 2

    return double


def test_a_text_is_worked_on_once(double, made):
    assert [double("ab"), double("ab")] == ["abab", "abab"]
    assert made == ["ab"]


def test_the_text_that_was_not_asked_for_longest_goes_first(double, made):
    for text in ("aaaa", "bbbb", "aaaa", "cccc", "aaaa", "bbbb"):
        double(text)
    assert made == ["aaaa", "bbbb", "cccc", "bbbb"]


def test_a_text_above_the_budget_is_answered_and_not_kept(double, made):
    assert double("x" * 20) == "x" * 40
    double("ab")
    double("x" * 20)
    double("ab")
    assert made == ["x" * 20, "ab", "x" * 20, "ab"]


def test_many_threads_get_right_answers(double):
    texts = [str(number % 7) * 3 for number in range(500)]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(double, texts)) == [text * 2 for text in texts]
