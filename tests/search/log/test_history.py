"""What is proposed again: one's own questions to oneself, and those that many ask."""

from portal.core.unit_of_work import transaction
from portal.search.log import actions, queries, recorder
from portal.search.log.queries.history import count_popular_anew


def test_ones_own_last_different_questions(logged, alice, bob):
    logged(alice, "撞单", days_ago=3)
    logged(alice, "价格异议", days_ago=2)
    logged(alice, "撞单？", days_ago=1)
    logged(bob, "回款", days_ago=0)
    assert queries.recent(alice.id, 8) == ["撞单？", "价格异议"]
    assert queries.recent(alice.id, 1) == ["撞单？"]
    assert queries.recent(bob.id, 8) == ["回款"]


def test_typing_that_led_nowhere_is_not_proposed(logged, alice):
    logged(alice, "撞单流", surface="typing")
    logged(alice, "撞单", surface="typing", opened="case:1")
    assert queries.recent(alice.id, 8) == ["撞单"]


def test_a_cleared_history_is_nobodys(app, logged, rows, alice, bob):
    logged(alice, "撞单")
    logged(bob, "撞单")
    with transaction():
        actions.clear_history(alice.actor)
    assert queries.recent(alice.id, 8) == []
    assert queries.recent(bob.id, 8) == ["撞单"]
    assert [row.person_id for row in rows()] == [None, bob.id]


def test_one_question_is_forgotten_however_it_is_written(logged, rows, alice):
    logged(alice, "ERP报价", days_ago=2)
    logged(alice, "erp 报价？", days_ago=1)
    logged(alice, "撞单")
    with transaction():
        actions.forget_one(alice.actor, "ERP 报价")
    assert queries.recent(alice.id, 8) == ["撞单"]
    assert len(rows()) == 3


def test_what_still_waits_is_forgotten_too(app, rows, alice, bob, clock):
    recorder.remember(alice.id, "撞单怎么办", 3, "typing", False)
    recorder.remember(bob.id, "回款", 3, "typing", False)
    with transaction():
        actions.clear_history(alice.actor)
    clock.move(minutes=1)
    recorder.write_due()
    assert [row.text for row in rows()] == ["回款"]


def test_popular_is_what_three_people_asked_and_found(logged, alice, bob, carol, mei):
    for person in (alice, bob, carol):
        logged(person, "撞单怎么办", total=4)
    for person in (alice, bob, carol, mei):
        logged(person, "报价模板", total=2, days_ago=80)
        logged(person, "没有结果", total=0)
        logged(person, "去年的事", total=9, days_ago=91)
        logged(person, "只打了一半", total=9, surface="typing")
    for person in (alice, alice, alice, bob):
        logged(person, "两个人问的", total=5)
    assert queries.popular(9) == ["报价模板", "撞单怎么办"]
    assert queries.popular(1) == ["报价模板"]


def test_searches_without_a_person_make_nothing_popular(logged, alice, bob, carol):
    for person in (alice, bob, carol):
        logged(person, "撞单", total=4)
    with transaction():
        actions.clear_history(bob.actor)
    assert queries.popular(9) == []


def test_popular_is_counted_anew_after_ten_minutes(app, logged, alice, bob, carol, clock):
    assert queries.popular(9) == []
    for person in (alice, bob, carol):
        logged(person, "撞单", total=4)
    assert queries.popular(9) == []
    clock.move(minutes=10)
    assert queries.popular(9) == ["撞单"]
    count_popular_anew()
