"""Which questions are gaps, what is told of them, and when they come back (K13)."""

import pytest

from portal.cases.actions import cases, talk
from portal.cases.models import Case
from portal.core import audit
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.search.log import actions, queries
from portal.search.log.models import GapDecision, LoggedSearch
from portal.search.log.queries.gaps import SHOWN, SORTS


@pytest.fixture
def gaps(app, clock):
    def read(show="open", **more):
        db.session.rollback()
        return queries.gaps(clock(), show=show, **more).items

    return read


def words(found):
    return [gap.text for gap in found]


def test_a_question_without_result_is_a_gap_from_the_first_time(logged, gaps, alice):
    logged(alice, "碳足迹核算")
    (gap,) = gaps()
    assert (gap.asked, gap.best, gap.by_several) == (1, 0, False)


def test_one_with_results_is_a_gap_when_asked_twice_and_never_opened(logged, gaps, alice, bob):
    logged(alice, "切换方案", total=9)
    assert gaps() == []
    logged(bob, "切换方案", total=12)
    (gap,) = gaps()
    assert (gap.asked, gap.best) == (2, 12)


def test_once_opened_it_is_answered(logged, gaps, alice, bob):
    logged(alice, "切换方案", total=9)
    logged(bob, "切换方案", total=9)
    logged(alice, "切换方案", total=9, opened="case:1")
    logged(alice, "碳足迹", total=0)
    logged(bob, "碳足迹", total=2, opened="case:1", narrowed=True)
    assert gaps() == []


def test_finding_nothing_behind_filters_says_nothing(logged, gaps, alice):
    logged(alice, "撞单", narrowed=True)
    assert gaps() == []
    logged(alice, "撞单", total=4)
    logged(alice, "撞单", narrowed=True)
    assert gaps() == []


def test_the_wording_most_used_stands_for_all(logged, gaps, alice, bob, carol):
    logged(alice, "erp  切换？")
    logged(bob, "ERP切换")
    logged(carol, "ERP切换")
    (gap,) = gaps()
    assert (gap.text, gap.asked, gap.by_several) == ("ERP切换", 3, True)


def test_the_wording_is_not_one_with_a_name_in_a_filter(logged, gaps, alice, bob):
    for _ in range(3):
        logged(alice, "碳足迹 author:bob", narrowed=True)
    logged(bob, "碳足迹")
    assert words(gaps()) == ["碳足迹"]


def test_only_a_day_is_told_not_a_time(logged, gaps, alice, clock):
    # 10:00 in Shanghai less eleven hours is the evening before.
    logged(alice, "碳足迹", days_ago=11 / 24)
    assert str(gaps()[0].last) == "2026-05-31"


def test_searches_without_a_person_count_on(logged, gaps, alice):
    logged(alice, "碳足迹")
    with transaction():
        actions.clear_history(alice.actor)
    (gap,) = gaps()
    assert (gap.asked, gap.by_several) == (1, False)


def test_the_period(logged, gaps, alice):
    logged(alice, "旧问题", days_ago=100)
    assert gaps() == [] == gaps(days=30)
    assert words(gaps(days=365)) == ["旧问题"]


def test_filters_and_orders(logged, gaps, alice, bob):
    logged(alice, "没有", days_ago=1)
    for days in (3, 4, 5):
        logged(bob, "没人打开", total=5, days_ago=days)
    assert words(gaps()) == ["没人打开", "没有"]
    assert words(gaps(sort="latest")) == words(gaps(sort="fewest")) == ["没有", "没人打开"]
    assert words(gaps("none")) == ["没有"]
    assert words(gaps("unopened")) == ["没人打开"]


def test_pages(logged, app, alice, clock):
    for number in range(7):
        logged(alice, f"question {number}")
    pages = [queries.gaps(clock(), limit=3, offset=offset) for offset in (0, 3, 6, 9)]
    assert [len(page.items) for page in pages] == [3, 3, 1, 0]
    assert [page.total for page in pages[:3]] == [7, 7, 7]
    assert len({gap.key for page in pages for gap in page.items}) == 7


def test_dismissed_stays_away_until_restored(logged, gaps, alice, mei, clock):
    logged(alice, "碳足迹")
    with transaction():
        actions.dismiss(mei.actor, "碳足迹", clock())
    logged(alice, "碳足迹", days_ago=0)
    assert gaps() == []
    (gap,) = gaps("dismissed")
    assert (gap.verdict, gap.asked) == ("dismissed", 2)
    with transaction():
        actions.restore(mei.actor, gap.key, clock())
    assert words(gaps()) == ["碳足迹"]
    assert gaps("dismissed") == []


def test_decisions_are_in_the_audit_log(logged, alice, mei, clock):
    logged(alice, "碳足迹")
    with transaction():
        actions.dismiss(mei.actor, "碳足迹", clock())
        actions.restore(mei.actor, "碳足迹", clock())
        actions.restore(mei.actor, "碳足迹", clock())
        actions.gap_asked(alice.id, "碳足迹", "case:1", clock())
    told = db.session.query(audit.AuditEntry).filter_by(subject="gap:碳足迹").all()
    assert [entry.action for entry in told] == ["gap.dismissed", "gap.restored", "gap.asked"]


@pytest.mark.parametrize("key", ["", "never searched", "\x00", "tag:x"])
def test_what_nobody_searched_is_no_gap(app, alice, mei, clock, key):
    with transaction():
        actions.dismiss(mei.actor, key, clock())
        actions.gap_asked(alice.id, key, "case:1", clock())
    assert db.session.query(GapDecision).count() == 0


@pytest.fixture
def asked(logged, record, alice, mei, clock):
    """A gap that the manager asked as a question."""
    logged(alice, "碳足迹核算")
    case = record(mei, title="碳足迹核算怎么收费？")
    with transaction():
        actions.gap_asked(mei.id, "碳足迹核算", f"case:{case.id}", clock())
    return case


def solve(case, bob, mei, clock):
    with transaction():
        row = db.session.get_one(Case, case.id)
        answer = talk.propose_solution(bob.actor, row, "按范围一二三报价", clock())
        talk.accept_solution(mei.actor, answer, clock())


def test_an_asked_question_stays_away_while_it_waits(asked, gaps, logged, alice, clock):
    clock.move(days=2)
    logged(alice, "碳足迹核算", days_ago=0)
    assert gaps() == []
    (gap,) = gaps("asked")
    assert (gap.ref, str(gap.decided)) == (f"case:{asked.id}", "2026-06-01")


def test_once_solved_it_returns_when_searched_in_vain_again(
    asked, gaps, logged, alice, bob, mei, clock
):
    clock.move(days=1)
    logged(alice, "碳足迹核算", days_ago=0)
    clock.move(days=1)
    solve(asked, bob, mei, clock)
    # What was searched while it waited is answered now.
    assert gaps() == []
    clock.move(days=1)
    logged(alice, "碳足迹核算", total=1, days_ago=0)
    assert gaps() == []
    logged(bob, "碳足迹核算", total=1, days_ago=0)
    (gap,) = gaps()
    assert (gap.asked, gap.verdict, gap.ref) == (2, "asked", f"case:{asked.id}")


def test_once_gone_it_returns_when_searched_in_vain_again(
    asked, gaps, logged, alice, mei, clock
):
    with transaction():
        cases.archive_case(mei.actor, db.session.get_one(Case, asked.id), clock())
    assert gaps() == []
    clock.move(days=1)
    logged(alice, "碳足迹核算", days_ago=0)
    assert words(gaps()) == ["碳足迹核算"]


def test_asking_again_sends_it_away_again(asked, gaps, logged, record, alice, mei, clock):
    with transaction():
        cases.archive_case(mei.actor, db.session.get_one(Case, asked.id), clock())
    clock.move(days=1)
    logged(alice, "碳足迹核算", days_ago=0)
    again = record(mei, title="碳足迹核算？")
    with transaction():
        actions.gap_asked(mei.id, "碳足迹核算", f"case:{again.id}", clock())
    assert gaps() == []


def test_after_a_year_searches_and_what_was_decided_about_them_go(app, logged, alice, mei, clock):
    logged(alice, "旧问题", days_ago=364)
    with transaction():
        actions.dismiss(mei.actor, "旧问题", clock())
    clock.move(days=2)
    logged(alice, "新问题")
    actions.forget_old_searches()
    db.session.rollback()
    assert [row.text for row in db.session.query(LoggedSearch)] == ["新问题"]
    assert db.session.query(GapDecision).count() == 1
    clock.move(days=366)
    actions.forget_old_searches()
    db.session.rollback()
    assert db.session.query(LoggedSearch).count() == db.session.query(GapDecision).count() == 0


@pytest.mark.parametrize("show", SHOWN)
def test_as_many_statements_for_many_gaps_as_for_one(
    logged, app, alice, mei, record, clock, statements, show
):
    case = record(mei)

    def fill(names):
        for name in names:
            logged(alice, f"{name} open")
            logged(alice, f"{name} asked")
            logged(alice, f"{name} dismissed")
            with transaction():
                actions.gap_asked(mei.id, f"{name} asked", f"case:{case.id}", clock())
                actions.dismiss(mei.actor, f"{name} dismissed", clock())

    def count(sort):
        db.session.rollback()
        before = len(statements)
        queries.gaps(clock(), show=show, sort=sort)
        return len(statements) - before

    fill("a")
    few = [count(sort) for sort in SORTS]
    fill("bcdefghijkl")
    assert [count(sort) for sort in SORTS] == few
