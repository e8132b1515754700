"""What a person writes travels through JSON unchanged."""

import json
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as some

from portal.cases import rules
from portal.cases.content import CaseContent, RetrospectiveContent

words = some.text(max_size=20)
tuples = some.lists(words, max_size=4).map(tuple)
maybe = some.none() | words
plain_values = some.recursive(
    some.none() | some.booleans() | some.integers() | words,
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)
retrospectives = some.builds(
    RetrospectiveContent, amount_band=maybe, cycle_days=some.none() | some.integers(0, 3650),
    competitors=tuples, stage_reached=maybe, roles_reached=tuples, main_reason=maybe,
    contributing_reasons=tuples, actions=tuples, repeat=words, avoid=words,
    price_gap=some.none() | some.decimals(-100, 1000, places=2),
)
contents = some.builds(
    CaseContent, kind=some.sampled_from(rules.KINDS), title=words, body=words, tags=tuples,
    stage=maybe, industry=maybe, product=maybe, region=maybe,
    audience=some.sampled_from(rules.AUDIENCES), source=some.sampled_from(rules.SOURCES),
    retrospective=some.none() | retrospectives,
    extra=some.dictionaries(words, plain_values, max_size=3),
)


@given(contents)
def test_a_revision_gives_back_what_was_written(content):
    stored = json.loads(json.dumps(content.as_json()))
    assert CaseContent.from_json(stored) == content


def test_the_price_gap_stays_exact():
    content = CaseContent(
        "loss", "t", retrospective=RetrospectiveContent(price_gap=Decimal("0.10"))
    )
    again = CaseContent.from_json(content.as_json())
    assert again.retrospective is not None
    assert str(again.retrospective.price_gap) == "0.10"


def test_keys_of_a_later_version_are_left_out():
    stored = {**CaseContent("win", "t").as_json(), "mood": "good",
              "retrospective": {"weather": "rain", "actions": ["a"]}}
    again = CaseContent.from_json(stored)
    assert again == CaseContent(
        "win", "t", retrospective=RetrospectiveContent(actions=("a",))
    )


def test_fields_that_an_old_revision_lacks_are_empty():
    assert CaseContent.from_json({"kind": "lesson", "title": "t"}) == CaseContent("lesson", "t")
