"""Who decides a duplicate claim, on plain values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.leads.claims.rules import decider

people = st.lists(st.integers(1, 9), max_size=5, unique=True)


@pytest.mark.parametrize(("mine", "theirs", "heads", "parties", "found"), [
    ([2, 3], [2, 3], [3], {1, 4}, 2),
    ([2, 3], [5, 3], [3], {1, 4}, 3),
    # The owner leads the claimant: whoever leads both decides.
    ([2, 3], [3], [3], {1, 2}, 3),
    # Nobody leads both: one of the heads.
    ([2], [5], [5, 2], {1, 4}, 2),
    ([2], [5], [], {1, 4}, 7),
    # The head claims from somebody else's team.
    ([], [3], [6, 3], {6, 4}, 3),
])
def test_the_lowest_they_have_in_common(mine, theirs, heads, parties, found):
    assert decider(mine, theirs, heads, [7, 8], parties=parties, at_work=range(10)) == found


@given(people, people, people, people, st.sets(st.integers(1, 9), max_size=2),
       st.sets(st.integers(1, 9)))
def test_never_a_party_and_never_somebody_who_left(mine, theirs, heads, managers, parties, there):
    found = decider(mine, theirs, heads, managers, parties=parties, at_work=there)
    candidates = {*[each for each in mine if each in theirs], *heads, *managers}
    assert (found is None) == (not (candidates & there) - parties)
    if found is not None:
        assert found in there - parties
        common = [each for each in mine if each in theirs and each in there - parties]
        assert not common or found == common[0]
