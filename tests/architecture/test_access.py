"""Who may do what, written down as a grid and tried at every endpoint.

The grid stands in `rooms`, a file for each room, to be read beside `portal/policy`; a new
permission needs a line there. `y` may, `n` is refused (403), `-` does not even see it (404).
"""

import pytest

from portal.core import access
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.lists.models import Term
from portal.people.models import SignIn
from portal.policy import POLICY
from tests.architecture.endpoints import bare_portal, endpoints, records_of
from tests.architecture.rooms import ROOMS, together
from tests.architecture.source_files import written_files

# alice wrote the case; bob (same team) wrote the solution, the comment, added the file and reused
# the case; mei leads the team, wang leads the one above; carol and her leader chen stand apart.
PEOPLE = ("alice", "bob", "carol", "mei", "wang", "chen", "hr", "admin")
AUDIENCES = ("team", "everyone", "draft")
# Alice has the customer and the lead, or nobody has: reps see of the pool what its page shows.
STATES = ("hers", "in the pool")
ROLES = together(room.roles for room in ROOMS)
OF_HEADS = {name for room in ROOMS for name in room.of_heads}
GRID = together(room.cases for room in ROOMS)
SELLING = together(room.customers for room in ROOMS)
ROWS = together(room.rows for room in ROOMS)
# Endpoints that ask for a second permission, of the case behind the record.
ASKS_ALSO = {"cases.praise_solution": "case:praise"}
ANSWERS = {"n": 403, "-": 404}

ALL = endpoints(bare_portal())
OF_ROW = [e for e in ALL if e.permission in POLICY and POLICY[e.permission].of_row]
OF_PORTAL = [e for e in ALL if e.permission in POLICY and not POLICY[e.permission].of_row]


@pytest.fixture
def people(request):
    return {name: request.getfixturevalue(name) for name in PEOPLE}


def columns_of(permission):
    """What a permission is asked of, and what the grid expects of everybody."""
    if permission in SELLING:
        return list(zip(STATES, SELLING[permission], strict=True))
    return list(zip(AUDIENCES, GRID[permission], strict=True))


def records_in(column, app, record, people, clock):
    """The records in this state, of which alice is the owner."""
    draft = column == "draft"
    audience = column if column in AUDIENCES and not draft else "everyone"
    case = record(people["alice"], audience=audience, draft=draft)
    return records_of(app, case, people["bob"], clock(), in_pool=column == "in the pool")


@pytest.mark.parametrize("endpoint", ALL, ids=str)
def test_every_endpoint_declares_a_permission_of_the_policy(endpoint):
    assert endpoint.permission == access.PUBLIC or endpoint.permission in POLICY


def test_the_grid_names_every_permission():
    of_row = {name for name, permission in POLICY.items() if permission.of_row}
    assert GRID.keys() | SELLING.keys() == of_row
    assert set(ROLES) == POLICY.keys() - of_row


def test_every_permission_is_used():
    """Asked by an endpoint, by a view's second question, by a template, or before another one."""
    before = {permission.sees for name, permission in POLICY.items() if permission.sees != name}
    text = "".join(path.read_text("utf-8") for path in written_files()
                   if path.suffix in (".py", ".html") and "policy" not in path.parts
                   and "rooms" not in path.parts)
    assert [name for name in POLICY.keys() - before
            if f'"{name}"' not in text and f"'{name}'" not in text] == []


@pytest.mark.parametrize("permission", sorted(ROLES))
def test_the_policy_gives_portal_wide_permissions_to_these_roles(permission, people):
    may = {person.role for person in people.values()
           if access.allows(person.actor, permission)}
    assert may == ROLES[permission]


@pytest.mark.parametrize("permission", sorted(GRID | SELLING))
def test_the_policy_answers_as_the_grid_says(permission, app, record, people, clock):
    for column, expected in columns_of(permission):
        row = row_for(permission, records_in(column, app, record, people, clock))
        answers = "".join(answer(person.actor, permission, row) for person in people.values())
        assert answers == expected, column


def row_for(permission, records):
    model, parameter = ROWS[permission.partition(":")[0]]
    return db.session.get(model, records[parameter])


def answer(actor, permission, row):
    sees = POLICY[permission].sees
    if sees and not access.allows(actor, sees, row):
        return "-"
    return "y" if access.allows(actor, permission, row) else "n"


@pytest.mark.parametrize("endpoint", OF_ROW, ids=str)
def test_endpoints_of_a_record_answer_as_the_grid_says(
    endpoint, app, browser, record, people, clock
):
    browsers = {name: browser(person) for name, person in people.items()}
    for number, (column, _answers) in enumerate(columns_of(endpoint.permission)):
        address = endpoint.address(app, records_in(column, app, record, people, clock))
        expected = dict(zip(PEOPLE, expected_of(endpoint, number), strict=True))
        # Who may not goes first: those who may do change the record.
        for name in sorted(PEOPLE, key=lambda name: expected[name] == "y"):
            status = endpoint.visit(browsers[name], address)
            if expected[name] == "y":
                assert status < 500 and status not in (401, 403, 404, 405), (column, name)
            else:
                assert status == ANSWERS[expected[name]], (column, name)


def expected_of(endpoint, number):
    first = columns_of(endpoint.permission)[number][1]
    second = columns_of(ASKS_ALSO.get(endpoint.name, endpoint.permission))[number][1]
    return "".join(b if a == "y" else a for a, b in zip(first, second, strict=True))


@pytest.mark.parametrize("endpoint", OF_PORTAL, ids=str)
def test_endpoints_of_the_portal_let_in_these_roles(
    endpoint, app, browser, record, people, clock
):
    records = records_in("everyone", app, record, people, clock)
    manager = "wang" if endpoint.permission in OF_HEADS else "mei"
    for name in ("alice", manager, "hr", "admin"):
        person = people[name]
        visitor = browser(person)
        own = {"sign_in_id": sign_in_of(person), "term_id": term_for(endpoint)}
        status = endpoint.visit(visitor, endpoint.address(app, records.of_theirs(own)))
        if person.role in ROLES[endpoint.permission]:
            assert status < 500 and status not in (401, 403, 404, 405), name
        else:
            assert status == 403, name


def sign_in_of(person):
    return db.session.query(SignIn.id).filter_by(user_id=person.id).limit(1).scalar()


def term_for(endpoint):
    """A tag where only tags are handled, otherwise the first stage."""
    if "/tag/" not in endpoint.rule.rule:
        return db.session.query(Term.id).filter_by(list="stage").limit(1).scalar()
    with transaction():
        tag = Term(list="tag", code=f"tag {db.session.query(Term).count()}", label_zh="标签",
                   position=0, active=True)
        db.session.add(tag)
    return tag.id


@pytest.mark.parametrize("endpoint", ALL, ids=str)
def test_who_is_not_signed_in_is_sent_to_the_sign_in_page(
    endpoint, app, browser, record, people, clock
):
    records = records_in("everyone", app, record, people, clock).of_theirs({"sign_in_id": 1})
    address = endpoint.address(app, records)
    if endpoint.permission == access.PUBLIC:
        assert endpoint.visit(browser(), address) in (200, 422)
    elif endpoint.method == "GET":
        answer = browser().get(address)
        assert answer.status_code in (302, 303)
        assert answer.location.startswith("/sign-in?next=")
        assert browser().fragment(address).status_code == 401
    else:
        assert endpoint.visit(browser(), address) == 401


@pytest.mark.parametrize("endpoint", OF_ROW, ids=str)
def test_a_record_that_does_not_exist_is_not_found(endpoint, app, browser, alice):
    nothing = dict.fromkeys(endpoint.rule.arguments, 987654321) | {"number": 1}
    assert endpoint.visit(browser(alice), endpoint.address(app, nothing)) == 404
    beyond = dict.fromkeys(endpoint.rule.arguments, 10**30) | {"number": 10**30}
    assert endpoint.visit(browser(alice), endpoint.address(app, beyond)) == 404


@pytest.mark.parametrize("endpoint", ALL, ids=str)
def test_a_wrong_method_is_told_so(endpoint, app, browser, admin):
    records = dict.fromkeys(endpoint.rule.arguments, 1)
    answer = browser(admin).delete(endpoint.address(app, records))
    assert answer.status_code == 405
    assert endpoint.method in answer.headers["Allow"]


@pytest.mark.parametrize("endpoint", [e for e in ALL if e.method == "POST"], ids=str)
def test_a_form_without_its_token_is_refused(endpoint, app, browser, record, people, clock):
    records = records_in("everyone", app, record, people, clock).of_theirs({"sign_in_id": 1})
    answer = browser(people["admin"]).post(endpoint.address(app, records), csrf=False)
    assert answer.status_code == 400
