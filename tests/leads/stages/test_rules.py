"""What lacks on the way from stage to stage, whom a review waits for, and what is typed."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.leads.stages.content import read, stored
from portal.leads.stages.reading import Unreadable, is_link, read_answer
from portal.leads.stages.rules import (
    AMOUNT,
    DATE,
    GATE,
    KINDS,
    TEXT,
    TICK,
    Content,
    Gate,
    Item,
    Stage,
    StageMap,
    Words,
    days_over,
    lacking,
    may_pass,
    reviewer,
)
from portal.leads.stages.seeds import SEEDS


def stage(code, place, *, active=True, items=(), gates=()):
    content = Content(items=tuple(items), gates=tuple(gates))
    return Stage(code, Words(code, code), place, active, 0, content)


A = stage("a", 0, items=[Item("one", Words("一")), Item("two", Words("二"), required=False)])
B = stage("b", 1, items=[Item("one", Words("一"))], gates=[Gate("g", Words("关"))])
OLD = stage("old", 2, active=False, items=[Item("x", Words("旧"))], gates=[Gate("h", Words("旧"))])
C = stage("c", 3, gates=[Gate("g", Words("关"))])
MAP = StageMap([A, B, OLD, C])


def keys(lacks):
    return [(lack.stage, lack.key) for lack in lacks]


def test_the_next_stage_asks_for_the_required_items_and_the_gate_before_it():
    lacks = lacking(MAP, "a", "b", set(), set())
    assert keys(lacks) == [("a", "one"), ("b", "g")]
    assert [lack.kind for lack in lacks] == [TICK, GATE]


def test_a_jump_asks_for_everything_in_between_but_not_of_retired_stages():
    assert keys(lacking(MAP, "a", "c", set(), set())) == [
        ("a", "one"), ("b", "one"), ("b", "g"), ("c", "g")]
    assert keys(lacking(MAP, "a", "c", {("a", "one"), ("b", "one")}, {("b", "g")})) == [("c", "g")]


def test_back_asks_for_nothing_and_a_retired_stage_is_left_freely():
    assert lacking(MAP, "c", "a", set(), set()) == []
    assert keys(lacking(MAP, "old", "c", set(), set())) == [("c", "g")]


def test_the_map_knows_first_last_and_next():
    assert (MAP.first, MAP.last) == (A, C)
    assert MAP.next_of("b") is C and MAP.next_of("old") is C and MAP.next_of("c") is None
    assert MAP.next_of("unknown") is A
    assert StageMap([]).first is None


@given(st.sets(st.sampled_from([("a", "one"), ("b", "one")])),
       st.sets(st.sampled_from([("b", "g"), ("c", "g")])),
       st.sampled_from("ab"), st.sampled_from("bc"))
def test_answering_more_never_asks_for_more(answered, passed, start, end):
    before = lacking(MAP, start, end, set(), set())
    after = lacking(MAP, start, end, answered, passed)
    assert set(keys(after)) == set(keys(before)) - answered - passed


def test_nobody_reviews_what_they_ask_for():
    assert reviewer([5], [7, 8], {5, 7, 8}, {1}) == 5
    assert reviewer([5], [7, 8], {5, 7, 8}, {1, 5}) == 7
    assert reviewer([], [7, 8], {8}, {1}) == 8
    assert reviewer([1], [1], {1}, {1}) is None


def test_who_leads_the_owner_may_let_it_pass():
    assert may_pass(7, 1, (7, 8)) and may_pass(8, 1, (7, 8))
    assert not may_pass(1, 1, (7, 8))
    assert may_pass(1, 1, ()) and not may_pass(2, 1, ()) and not may_pass(2, None, ())


def test_days_over():
    assert (days_over(5, 3), days_over(3, 3), days_over(50, 0)) == (2, 0, 0)


@pytest.mark.parametrize(("kind", "typed", "kept"), [
    (TICK, "on", "yes"), (TICK, " ", ""), (TEXT, " 王总拍板 ", "王总拍板"),
    (AMOUNT, "120,000", "120000.00"), (AMOUNT, "12.5万", "125000.00"), (AMOUNT, "１２", "12.00"),
    (AMOUNT, "¥0", "0.00"), (DATE, "2026-10-08", "2026-10-08"), (DATE, "", ""),
])
def test_what_is_typed_is_read(kind, typed, kept):
    assert read_answer(kind, typed) == kept


@pytest.mark.parametrize(("kind", "typed", "code"), [
    (AMOUNT, "-5", "negative"), (AMOUNT, "a lot", "amount"), (AMOUNT, "1.234", "cents"),
    (AMOUNT, "1000000000000", "large"), (AMOUNT, "1e5", "amount"), (AMOUNT, "=1+1", "amount"),
    (DATE, "2026-02-30", "date"), (DATE, "1026-02-03", "date"), (DATE, "tomorrow", "date"),
    (TEXT, "x" * 2001, "long"),
])
def test_what_cannot_be_is_refused(kind, typed, code):
    with pytest.raises(Unreadable) as trouble:
        read_answer(kind, typed)
    assert trouble.value.code == code


@given(st.sampled_from(KINDS[:4]), st.text(max_size=60))
def test_any_text_is_read_or_refused_and_reading_again_changes_nothing(kind, typed):
    try:
        kept = read_answer(kind, typed)
    except Unreadable:
        return
    assert read_answer(kind, kept) == kept
    if kind == AMOUNT and kept:
        assert 0 <= Decimal(kept) < 10**12
    if kind == DATE and kept:
        assert date.fromisoformat(kept)


def test_links():
    assert is_link("https://files.example.com/a b"[:-2]) and is_link("/cases/7")
    for wrong in ("javascript:alert(1)", "//evil.example", "/\\evil", "data:x", "cases/7"):
        assert not is_link(wrong)


def test_what_ships_is_as_the_department_describes_it():
    assert [(code, content.probability) for code, content in SEEDS.items()] == [
        ("acquired", 0), ("screened", 10), ("needs", 25), ("proposal", 50), ("negotiation", 75),
        ("signed", 90), ("paid", 100)]
    gates = {code: [gate.key for gate in content.gates] for code, content in SEEDS.items()}
    assert gates["proposal"] == ["product_review"] and gates["signed"] == ["risk_review"]
    for content in SEEDS.values():
        assert content.entry.zh and content.entry.en and content.exit.zh and content.exit.en
        assert read(stored(content)) == content
