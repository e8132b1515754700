"""When a problem has its answer, everyone who searched for it is told, once."""

import pytest

from portal.cases.actions.talk import accept_solution, unaccept_solution
from portal.cases.alerts.searchers import asks_for, subject_words
from portal.cases.models import Case, Solution
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.search.log.actions import clear_history, gap_asked
from tests.search.log.conftest import logged  # noqa: F401

NEWS = "answers.found"


@pytest.fixture
def asked(record, alice):
    return record(alice, title="客户公司合同盖章要多久", tags=("合同", "盖章流程"))


@pytest.fixture
def accept(propose, alice, clock):
    """A colleague's answer is accepted by the asker."""

    def one(case, author):
        solution = propose(author, case)
        with transaction():
            accept_solution(alice.actor, db.session.get_one(Solution, solution.id), clock())
        return solution

    return one


def test_who_opened_it_from_a_search_is_told(asked, accept, logged, told, bob, carol):  # noqa: F811
    logged(carol, "印章", opened=f"case:{asked.id}", total=3)
    accept(asked, bob)
    assert NEWS in told(carol)


def test_whose_search_became_the_question_is_told(asked, accept, logged, told, mei, bob, carol,  # noqa: F811
                                                  clock):
    logged(carol, "公章审批")
    with transaction():
        gap_asked(mei.id, "公章审批", f"case:{asked.id}", clock())
    accept(asked, bob)
    assert NEWS in told(carol)


def test_who_asked_in_its_words_is_told(asked, accept, logged, told, bob, carol, hr):  # noqa: F811
    logged(carol, "合同盖章")
    logged(hr, "合同审计")
    accept(asked, bob)
    assert NEWS in told(carol)
    assert told(hr) == []


def test_neither_asker_nor_author_is_told(asked, accept, logged, told, alice, bob):  # noqa: F811
    for person in (alice, bob):
        logged(person, "合同盖章", opened=f"case:{asked.id}")
    accept(asked, bob)
    assert NEWS not in told(alice) + told(bob)


def test_each_person_is_told_once_for_ever(asked, accept, logged, told, alice, bob, carol, clock):  # noqa: F811
    logged(carol, "合同盖章", opened=f"case:{asked.id}")
    logged(carol, "合同 盖章")
    first = accept(asked, bob)
    with transaction():
        unaccept_solution(alice.actor, db.session.get_one(Solution, first.id), clock())
    accept(asked, bob)
    assert told(carol).count(NEWS) == 1


def test_searches_older_than_90_days_are_forgotten(asked, accept, logged, told, bob, carol):  # noqa: F811
    logged(carol, "合同盖章", days_ago=91, opened=f"case:{asked.id}")
    accept(asked, bob)
    assert told(carol) == []


def test_typing_that_was_never_sent_is_no_question(asked, accept, logged, told, bob, carol):  # noqa: F811
    logged(carol, "合同盖章", surface="typing")
    accept(asked, bob)
    assert told(carol) == []


def test_who_cleared_the_history_is_nobody(asked, accept, logged, told, bob, carol):  # noqa: F811
    logged(carol, "合同盖章", opened=f"case:{asked.id}")
    with transaction():
        clear_history(carol.actor)
    accept(asked, bob)
    assert told(carol) == []


def test_only_those_who_may_read_it(record, accept, logged, told, alice, bob, carol, mei):  # noqa: F811
    case = record(alice, title="内部报价底线", audience="team")
    for person in (carol, mei):
        logged(person, "报价底线")
    accept(case, bob)
    assert told(carol) == []
    assert NEWS in told(mei)


def test_many_searches_cost_no_more_statements(asked, accept, logged, statements, bob, carol):  # noqa: F811
    logged(carol, "合同盖章")
    for number in range(40):
        logged(carol, f"问题 {number}")
    statements.clear()
    accept(asked, bob)
    assert len([each for each in statements if "FROM searches" in each]) == 2


@pytest.mark.parametrize(("question", "is_it"), [
    ("合同盖章", True), ("盖章流程", True), ("客户合同", False), ("合同 盖章 多久", True),
    ("审计", False), ("的", False), ("章", False), ("", False),
])
def test_all_words_of_the_question_are_in_title_and_tags(question, is_it):
    words = subject_words(["合同盖章要多久", "盖章流程", "客户"])
    assert asks_for(question, words) is is_it


def test_case_still_there(asked):
    assert db.session.get_one(Case, asked.id).accepted_id is None
