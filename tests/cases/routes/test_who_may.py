"""Every address of a record: a stranger gets 404, a reader without the right 403."""

from types import SimpleNamespace

import pytest
from sqlalchemy import select

from portal.cases.actions.cases import archive_case
from portal.cases.models import Case, Comment, Revision, Solution
from portal.core.audit import AuditEntry
from portal.extensions import db
from tests.cases.addresses import ALL, FOR_READERS, ask


@pytest.fixture
def furnished(record, propose, remark, attach, alice, mei):
    """A case of alice with everything that can stand under it, for a given audience."""

    def furnish(**content) -> SimpleNamespace:
        case = record(alice, **content)
        return SimpleNamespace(
            case=case.id, solution=propose(alice, case).id, comment=remark(alice, case).id,
            file=attach(alice, case).id,
        )

    return furnish


@pytest.fixture
def nothing_written(app):
    """Fails when the test changed any row that the library keeps."""

    def rows():
        kept = [len(db.session.scalars(select(m)).all()) for m in (Solution, Comment, Revision)]
        acts = select(AuditEntry.action).where(AuditEntry.action != "person.signed_in")
        states = select(Case.id, Case.confidence, Case.helped, Case.accepted_id)
        return kept, db.session.scalars(acts).all(), db.session.execute(states).all()

    return rows


@pytest.mark.parametrize(("content", "login"), [
    ({"audience": "team"}, "carol"), ({"audience": "team"}, "chen"), ({"audience": "team"}, "hr"),
    ({"audience": "managers"}, "bob"), ({"audience": "managers"}, "admin"),
    ({"draft": True}, "bob"), ({"draft": True}, "mei"), ({"draft": True}, "admin"),
])
def test_nothing_of_an_unreadable_case_can_be_reached(furnished, browser, nothing_written, request,
                                                      content, login):
    ids = vars(furnished(**content))
    before = nothing_written()
    stranger = browser(request.getfixturevalue(login))
    answers = {name: ask(stranger, method, address, **ids) for name, method, address in ALL}
    assert [name for name, answer in answers.items() if answer.status_code != 404] == []
    assert [name for name, answer in answers.items() if "Two reps" in answer.text] == []
    assert nothing_written() == before


@pytest.mark.parametrize(("name", "method", "address"), ALL, ids=[name for name, _, _ in ALL])
def test_a_reader_may_take_part_and_nothing_more(furnished, browser, bob, name, method, address):
    answer = ask(browser(bob), method, address, **vars(furnished()))
    if name in FOR_READERS:
        assert answer.status_code in (200, 303, 422)
    else:
        assert answer.status_code == 403


def test_nobody_gets_in_without_a_session(furnished, browser, nothing_written):
    ids, nobody = vars(furnished()), browser()
    before = nothing_written()
    for name, method, address in ALL:
        answer = ask(nobody, method, address, **ids)
        assert answer.status_code == (302 if method == "GET" else 401), name
        assert "Two reps" not in answer.text
    assert nothing_written() == before


@pytest.mark.parametrize("number", ["0", "2147483648", "1" + "0" * 30, "-1", "abc", "%00"])
def test_unknown_ids_answer_404(browser, alice, number):
    ids = dict.fromkeys(("case", "solution", "comment", "file"), number)
    person = browser(alice)
    for name, method, address in ALL:
        assert ask(person, method, address, **ids).status_code == 404, name


def test_the_other_method_answers_405(furnished, browser, alice):
    ids, person = vars(furnished()), browser(alice)
    for name, method, address in ALL:
        if "edit" in name or "merge" in name:
            continue
        other = "POST" if method == "GET" else "GET"
        answer = ask(person, other, address, **ids)
        assert answer.status_code == 405, name
        assert method in answer.headers["Allow"]


def test_forms_need_their_token(furnished, browser, alice, nothing_written):
    ids, person = vars(furnished()), browser(alice)
    before = nothing_written()
    for name, method, address in ALL:
        if method == "POST":
            answer = person.post(address.format(**ids), data={"body": "x"}, csrf=False)
            assert answer.status_code == 400, name
    assert nothing_written() == before


@pytest.mark.parametrize("address", ["helped", "solutions", "comments"])
def test_nobody_takes_part_in_the_archive(problem, browser, alice, bob, act, clock, address):
    act(archive_case, alice.actor, problem, clock())
    answer = browser(bob).post(f"/cases/{problem.id}/{address}", data={"body": "x"})
    assert answer.status_code == 403
