"""Vouching for a case, and taking it out of the lists: K7, K8."""

from datetime import date

import pytest

from portal.cases.actions.cases import archive_case, unarchive_case, validate_case
from portal.core.access import allows
from portal.core.errors import Refused


@pytest.mark.parametrize(("kind", "until"), [
    ("lesson", date(2026, 8, 30)), ("intel", date(2026, 7, 1)),
])
def test_a_validated_case_counts_as_verified_for_its_term(record, alice, mei, act, clock, kind,
                                                         until):
    case = record(alice, kind=kind, title="t")
    act(validate_case, mei.actor, case, clock())
    assert (case.confidence, case.verified_until) == ("validated", until)


def test_the_term_begins_with_the_day_in_the_zone_of_the_portal(problem, mei, act, clock):
    clock.move(hours=15)  # one in the morning of 2 June in Shanghai, still 1 June in London
    act(validate_case, mei.actor, problem, clock())
    assert problem.verified_until == date(2026, 8, 31)


def test_verifying_again_begins_a_new_term(problem, mei, act, clock):
    act(validate_case, mei.actor, problem, clock())
    clock.move(days=91)
    assert problem.is_overdue(date(2026, 8, 31))
    act(validate_case, mei.actor, problem, clock())
    assert problem.verified_until == date(2026, 11, 29)


def test_neither_a_draft_nor_the_archive_is_validated(draft, problem, alice, mei, act, clock):
    act(archive_case, alice.actor, problem, clock())
    for case in (draft, problem):
        with pytest.raises(Refused):
            act(validate_case, mei.actor, case, clock())


@pytest.mark.parametrize("validated", [True, False])
def test_out_of_the_archive_it_is_what_it_was(problem, alice, mei, act, clock, validated):
    if validated:
        act(validate_case, mei.actor, problem, clock())
    before = (problem.confidence, problem.verified_until)
    act(archive_case, alice.actor, problem, clock())
    assert problem.confidence == "archived"
    act(archive_case, alice.actor, problem, clock())  # twice is once
    act(unarchive_case, alice.actor, problem, clock())
    assert (problem.confidence, problem.verified_until) == before
    act(unarchive_case, alice.actor, problem, clock())
    assert (problem.confidence, problem.verified_until) == before


def test_a_draft_is_discarded_and_stays_its_owners_alone(draft, alice, bob, act, clock):
    act(archive_case, alice.actor, draft, clock())
    assert draft.confidence == "discarded"
    assert allows(alice.actor, "case:read", draft)
    assert not allows(bob.actor, "case:read", draft)
    act(unarchive_case, alice.actor, draft, clock())
    assert draft.confidence == "draft"
