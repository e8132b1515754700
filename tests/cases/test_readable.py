"""Who reads a case: the rule, the tokens of search and the condition in SQL say the same."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import select

from portal.cases import rules
from portal.cases.models import Case
from portal.cases.queries.cases import readable_by
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.people.rules import ROLES, Actor, TeamPlace, TeamTree
from portal.policy.library import reads_case
from tests.characters import PEOPLE, character

TEAMS = [1, 2, 3, 4, 5]
IDS = list(range(1, 9))
NOW = datetime(2026, 6, 1, tzinfo=UTC)

trees = some.lists(
    some.tuples(some.sampled_from([None, *TEAMS]), some.sampled_from([None, *IDS])),
    min_size=5, max_size=5,
).map(lambda places: TeamTree(
    TeamPlace(team, parent, leader) for team, (parent, leader) in zip(TEAMS, places, strict=True)
))
readers = some.builds(
    Actor, some.sampled_from(IDS), some.sampled_from(ROLES), some.sampled_from([None, *TEAMS]),
    trees,
)
facts = some.fixed_dictionaries({
    "audience": some.sampled_from(rules.AUDIENCES),
    "confidence": some.sampled_from((*rules.CONFIDENCES, rules.DISCARDED)),
    "owner_id": some.sampled_from(IDS), "team_id": some.sampled_from([None, *TEAMS]),
})


def may_read(reader: Actor, case: dict) -> bool:
    return rules.readable(
        **case, reader_id=reader.id, reader_teams=reader.reads_teams,
        reader_is_manager=reader.is_manager,
    )


@given(readers, facts)
@settings(max_examples=300)
def test_tokens_open_exactly_what_the_rule_opens(reader, case):
    assert bool(rules.access_tokens(**case) & reader.tokens) == may_read(reader, case)


@pytest.fixture
def every_case(app, alice):
    """A case of each audience, confidence, owner and team of the standing department."""
    combinations = [
        (audience, confidence, owner, team)
        for audience in rules.AUDIENCES for confidence in (*rules.CONFIDENCES, rules.DISCARDED)
        for owner in range(1, len(PEOPLE) + 1) for team in (None, 1, 2, 3)
    ]
    with transaction():
        for number, (audience, confidence, owner, team) in enumerate(combinations):
            db.session.add(Case(
                ref=f"r{number}", kind="problem", title="t", body="", owner_id=owner,
                team_id=team, audience=audience, confidence=confidence, created_at=NOW,
                updated_at=NOW,
            ))
        # The documents are not needed here; the index need not know them.
        db.session.info["after_commit"] = {}
    return db.session.scalars(select(Case)).all()


def test_the_database_selects_what_the_rule_opens(every_case):
    for login in PEOPLE:
        reader = character(login).actor
        selected = set(db.session.scalars(select(Case.id).where(readable_by(reader))))
        assert selected == {case.id for case in every_case if reads_case(reader, case)}, login


@given(role=some.sampled_from(ROLES), team=some.sampled_from([None, 1, 2, 3]),
       leads=some.sets(some.sampled_from([1, 2, 3])))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_database_agrees_for_people_in_any_place(every_case, role, team, leads):
    tree = TeamTree([
        TeamPlace(1, None, 5 if 1 in leads else None), TeamPlace(2, 1, 5 if 2 in leads else None),
        TeamPlace(3, None, 5 if 3 in leads else None),
    ])
    reader = Actor(5, role, team, tree)
    selected = set(db.session.scalars(select(Case.id).where(readable_by(reader))))
    assert selected == {case.id for case in every_case if reads_case(reader, case)}


BASE = {"audience": "everyone", "confidence": "validated", "owner_id": 1, "team_id": 2}
STRANGER = Actor(9, "rep", 3, TeamTree([TeamPlace(2, 1, 7), TeamPlace(1, None, 8),
                                        TeamPlace(3, None, None)]))


@pytest.mark.parametrize(("case", "reader", "expected"), [
    ({}, {}, True),
    ({"confidence": "draft"}, {}, False),
    ({"confidence": "draft"}, {"id": 1}, True),
    ({"confidence": "draft"}, {"role": "admin"}, False),
    ({"confidence": "archived"}, {}, True),
    ({"audience": "team"}, {}, False),
    ({"audience": "team"}, {"team_id": 2}, True),
    ({"audience": "team"}, {"id": 7}, True),  # leads the team
    ({"audience": "team"}, {"id": 8}, True),  # leads the team above it
    ({"audience": "team"}, {"role": "admin"}, False),
    ({"audience": "team", "team_id": 1}, {"team_id": 2}, True),  # the team one's own belongs to
    ({"audience": "team", "team_id": None}, {"team_id": None}, False),
    ({"audience": "managers"}, {}, False),
    ({"audience": "managers"}, {"role": "manager"}, True),
    ({"audience": "managers"}, {"role": "hr"}, False),
    ({"audience": "managers"}, {"id": 1}, True),
])
def test_who_reads_by_example(case, reader, expected):
    assert may_read(replace(STRANGER, **reader), {**BASE, **case}) is expected
