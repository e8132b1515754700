"""Every role in every state: who validates, vouches, flags and answers; the list agrees."""

import pytest

from portal.cases.actions.cases import archive_case, validate_case
from portal.cases.models import Case
from portal.cases.trust.queries import queue
from portal.core import access
from portal.core.clock import today
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.people.models import Team, User
from portal.policy.trust import vouches_for

PEOPLE = ("alice", "bob", "carol", "mei", "wang", "chen", "hr", "admin")
# Of a lesson by alice, in Shanghai below East: (permission, state) → who may.
GRID = {
    ("case:validate", "draft"): set(),
    ("case:validate", "not_validated"): {"mei", "wang"},
    ("case:validate", "validated"): {"alice", "mei", "wang"},
    ("case:validate", "archived"): {"mei", "wang"},
    ("case:vouch", "not_validated"): {"mei", "wang"},
    ("case:vouch", "validated"): {"mei", "wang"},
    ("case:flag", "draft"): set(),
    ("case:flag", "not_validated"): set(PEOPLE) - {"alice"},
    ("case:flag", "validated"): set(PEOPLE) - {"alice"},
    ("case:flag", "archived"): set(),
    ("case:hand_over", "draft"): set(),
    ("case:hand_over", "not_validated"): {"alice", "mei", "wang"},
    ("case:hand_over", "archived"): {"alice", "mei", "wang"},
}


@pytest.fixture
def in_state(record, alice, mei, act, clock):
    def make(state):
        case = record(alice, kind="lesson", title="One", draft=state == "draft")
        if state == "validated":
            act(validate_case, mei.actor, case, clock())
        if state == "archived":
            act(archive_case, alice.actor, case, clock())
        return db.session.get_one(Case, case.id)

    return make


@pytest.mark.parametrize(("permission", "state"), GRID, ids=lambda value: value)
def test_who_may_do_what_in_each_state(in_state, request, app, permission, state):
    case = in_state(state)
    with app.test_request_context():
        may = {login for login in PEOPLE
               if access.allows(request.getfixturevalue(login).actor, permission, case)}
    assert may == GRID[permission, state]


def people_and_cases(record, request):
    """A lesson of everybody, one of them for managers alone, one for a team."""
    for login in PEOPLE:
        person = request.getfixturevalue(login)
        for audience in ("everyone", "team", "managers"):
            record(person, kind="lesson", title=f"{login} {audience}", audience=audience)


@pytest.mark.parametrize("upset", ["as it is", "no top leader", "a leader alone", "no leaders"])
def test_the_queue_holds_exactly_what_one_vouches_for(record, request, app, clock, upset):
    people_and_cases(record, request)
    with transaction():
        teams = {team.name: team for team in db.session.query(Team)}
        gone = {"as it is": (), "no top leader": ("East",), "a leader alone": ("Shanghai", "South"),
                "no leaders": tuple(teams)}[upset]
        for name in gone:
            teams[name].leader = None
    for login in PEOPLE:
        actor = request.getfixturevalue(login).actor
        listed = {case.id for case in db.session.scalars(
            queue.queue(actor, "new", queue.Narrowed(), today())).unique()}
        allowed = {case.id for case in db.session.query(Case) if vouches_for(actor, case)}
        assert listed == allowed, (login, upset)


def test_somebody_without_a_team_has_any_manager(record, bob, chen, app):
    case = record(bob, kind="lesson", title="Alone")
    assert not vouches_for(chen.actor, db.session.get_one(Case, case.id))
    with transaction():
        db.session.get_one(User, bob.id).team_id = None
    assert vouches_for(chen.actor, db.session.get_one(Case, case.id))
