"""A problem is addressed to one colleague, who can read it and still works here (K1)."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from portal.cases.actions.asking import ask_colleague
from portal.cases.models import Case, Revision
from portal.core.audit import AuditEntry
from portal.core.errors import Refused
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.people.models import User


@pytest.fixture
def ask(act, clock):
    def ask_one(person, case, asked):
        def do():
            row = db.session.get(Case, case.id)
            return ask_colleague(person.actor, row, asked.row if asked else None, clock())

        return act(do)

    return ask_one


@pytest.fixture
def leave(app):
    def leave_one(person):
        with transaction():
            db.session.get(User, person.id).deactivated_at = datetime(2026, 5, 1, tzinfo=UTC)

    return leave_one


def test_a_problem_waits_for_one_person_another_or_nobody(problem, ask, alice, bob, carol):
    assert ask(alice, problem, bob) is True
    assert problem.asked_id == bob.id
    assert ask(alice, problem, bob) is False
    assert ask(alice, problem, carol) is True
    assert ask(alice, problem, None) is True
    assert problem.asked_id is None


def test_it_is_no_revision_and_no_change_of_the_text(problem, ask, alice, bob):
    before = (problem.revision, problem.updated_at)
    ask(alice, problem, bob)
    assert (problem.revision, problem.updated_at) == before
    assert len(db.session.scalars(select(Revision)).all()) == 1


def test_it_stands_in_the_audit_log(problem, ask, alice, bob):
    ask(alice, problem, bob)
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (entry.action, entry.actor_id, entry.detail) == (
        "case.asked", alice.id, {"asked": bob.id})


@pytest.mark.parametrize(("audience", "asked", "may"), [
    ("everyone", "carol", True), ("team", "bob", True), ("team", "wang", True),
    ("team", "carol", False), ("team", "hr", False), ("managers", "chen", True),
    ("managers", "bob", False),
])
def test_only_who_may_read_it_is_asked(record, ask, request, alice, audience, asked, may):
    case, person = record(alice, audience=audience), request.getfixturevalue(asked)
    if may:
        assert ask(alice, case, person)
        return
    with pytest.raises(Refused, match=person.name):
        ask(alice, case, person)
    assert case.asked_id is None


def test_a_draft_names_who_will_be_asked(draft, ask, alice, bob):
    ask(alice, draft, bob)
    assert draft.asked_id == bob.id


def test_a_draft_for_the_team_names_nobody_outside_it(record, ask, alice, carol):
    with pytest.raises(Refused):
        ask(alice, record(alice, audience="team", draft=True), carol)


def test_who_has_left_is_not_asked(problem, ask, leave, alice, bob):
    leave(bob)
    with pytest.raises(Refused, match=bob.name):
        ask(alice, problem, bob)


def test_who_leaves_afterwards_stays_named(problem, ask, leave, alice, bob):
    ask(alice, problem, bob)
    leave(bob)
    assert ask(alice, problem, bob) is False
    assert problem.asked_id == bob.id


def test_nobody_asks_themselves(problem, ask, alice, mei):
    with pytest.raises(Refused):
        ask(alice, problem, alice)
    with pytest.raises(Refused):
        ask(mei, problem, alice)
    assert ask(mei, problem, mei)


def test_only_problems_are_addressed_to_somebody(record, ask, alice, bob):
    with pytest.raises(Refused):
        ask(alice, record(alice, kind="lesson"), bob)
