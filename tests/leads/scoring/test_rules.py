"""Scores: whole points from 0 to 100 whose parts add up, and never less for knowing more good."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.leads.scoring.queries import read, stored
from portal.leads.scoring.rules import (
    ASKED,
    BUDGET,
    DIMENSIONS,
    FAIR,
    GOOD,
    INDUSTRY,
    LEVELS,
    POOR,
    REGION,
    SHIPPED,
    SIZE,
    Band,
    Settings,
    fit,
    problem_with,
    score,
    size_fit,
    values_of,
)


@st.composite
def weights(draw):
    """Six whole numbers that add up to 100."""
    cuts = sorted(draw(st.lists(st.integers(0, 100), min_size=5, max_size=5)))
    ends = [0, *cuts, 100]
    return {name: ends[place + 1] - ends[place] for place, name in enumerate(DIMENSIONS)}


values = st.dictionaries(st.sampled_from(DIMENSIONS), st.sampled_from((*LEVELS, FAIR)))


@given(weights(), values)
def test_parts_add_up_to_whole_points_from_0_to_100(weighed, known):
    made = score(known, weighed)
    assert 0 <= made.total <= 100
    assert sum(part.points for part in made.parts) == made.total
    exact = sum(weighed[name] * known.get(name, 0) for name in DIMENSIONS) / 100
    assert abs(made.total - exact) <= 0.5
    for part in made.parts:
        assert abs(part.points - weighed[part.dimension] * (part.value or 0) / 100) < 1


@given(weights(), values, st.sampled_from(DIMENSIONS), st.sampled_from(LEVELS))
def test_a_better_answer_never_lowers_the_score(weighed, known, dimension, level):
    better = {**known, dimension: max(level, known.get(dimension, 0))}
    assert score(better, weighed).total >= score(known, weighed).total


@given(weights())
def test_nothing_known_is_0_and_everything_best_is_100(weighed):
    assert score({}, weighed).total == 0
    assert score(dict.fromkeys(DIMENSIONS, 100), weighed).total == 100


def test_an_example():
    known = values_of({BUDGET: 70}, SHIPPED, industry="manufacturing", region="overseas",
                      employees=60)
    assert known == {BUDGET: 70, INDUSTRY: GOOD, REGION: FAIR, SIZE: FAIR}
    made = score(known, SHIPPED.weights)
    # 17.5 + 15 + 5 + 5 = 42.5, rounded half up; the half point goes to the budget.
    assert made.total == 43
    assert {part.dimension: part.points for part in made.parts} == {
        "budget": 18, "chain": 0, "urgency": 0, "industry": 15, "size": 5, "region": 5}


def test_what_nobody_knows_does_not_fit_yet():
    assert values_of({}, SHIPPED, industry=None, region=None, employees=None) == {}
    assert fit("new", {"it": POOR}) == FAIR and fit("it", {"it": POOR}) == POOR
    bands = (Band(50, FAIR), Band(200, GOOD))
    assert [size_fit(n, bands) for n in (None, 0, 49, 50, 199, 200, 9_999)] == [
        None, POOR, POOR, FAIR, FAIR, GOOD, GOOD]


@pytest.mark.parametrize(("change", "problem"), [
    ({}, None), ({"weights": {**SHIPPED.weights, BUDGET: 26}}, "sum"),
    ({"weights": {**SHIPPED.weights, BUDGET: -1}}, "negative"), ({"weights": {}}, "sum"),
    ({"industry": {"it": 73}}, "value"), ({"sizes": (Band(5, GOOD), Band(5, POOR))}, "bands"),
    ({"sizes": (Band(-1, GOOD),)}, "bands"),
])
def test_settings_that_cannot_hold(change, problem):
    plain = {"weights": SHIPPED.weights, "industry": {}, "region": {}, "sizes": ()}
    assert problem_with(Settings(**{**plain, **change})) == problem


def test_what_is_stored_is_read_back():
    assert stored(read(stored(SHIPPED))) == stored(SHIPPED)
    assert sum(SHIPPED.weights.values()) == 100 and set(SHIPPED.weights) == set(DIMENSIONS)
    assert set(ASKED) < set(DIMENSIONS)
