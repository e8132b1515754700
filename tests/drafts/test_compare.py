"""Two drafts beside each other: which lines are marked, and that nothing takes for ever."""

from time import monotonic

from hypothesis import given
from hypothesis import strategies as st

from portal.drafts.compare import lines_of

LINES = st.lists(st.sampled_from(["a", "b", "c", "甲"]), max_size=12)


def test_lines_that_the_other_lacks_are_marked():
    mine = {"title": ["Same"], "body": ["one\ntwo\nthree"], "stage": ["needs"], "tags": ["x"]}
    theirs = {"title": ["Same"], "body": ["one\nthree\nfour"], "stage": ["needs"], "tags": ["y"]}
    assert lines_of(mine, theirs) == [
        [("Same", False)], [("one", False), ("two", True), ("three", False)], [("x", True)]]


@given(mine=LINES, theirs=LINES)
def test_every_line_is_there_and_as_many_are_common_on_both_sides(mine, theirs):
    one, two = {"body": ["\n".join(mine)]}, {"body": ["\n".join(theirs)]}
    (left,), (right,) = lines_of(one, two), lines_of(two, one)
    assert [line for line, _ in left] == mine
    assert all(line in theirs for line, other in left if not other)
    assert sum(not other for _, other in left) <= min(len(mine), len(theirs))
    assert [line for line, _ in right] == theirs


def test_the_same_lines_again_and_again_hold_nobody_up():
    one = {f"field-{n}": ["\n".join(["a", "b"] * 1000)] for n in range(20)}
    two = {f"field-{n}": ["\n".join(["b", "a", "a"] * 666)] for n in range(20)}
    began = monotonic()
    assert [len(lines) for lines in lines_of(one, two)] == [2000] * 20
    assert monotonic() - began < 10
