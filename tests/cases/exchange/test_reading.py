"""Front matter to records: meanings, defaults, and faults with their line."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from portal.cases import rules
from portal.cases.exchange.front_matter import parse
from portal.cases.exchange.reader import Reader
from portal.cases.exchange.reading import read
from portal.cases.exchange.records import CaseRecord, TextRecord, Wrong

CODES: Mapping[str, Mapping[str, str]] = {
    "kind": {**{k: k for k in (*rules.KINDS, "solution", "comment")}, "赢单复盘": "win"},
    "audience": {k: k for k in rules.AUDIENCES}, "source": {k: k for k in rules.SOURCES},
    "confidence": {k: k for k in rules.CONFIDENCES},
    "amount_band": {k: k for k in rules.AMOUNT_BANDS},
    "role": {**{k: k for k in rules.DECISION_ROLES}, "采购": "procurement"},
}


def reader_of(text: str, path: str = "notes/a.md") -> Reader:
    return Reader(path, parse(text), CODES, ZoneInfo("Asia/Shanghai"))


def case_of(text: str, path: str = "notes/a.md") -> CaseRecord:
    record = read(reader_of(text, path))
    assert isinstance(record, CaseRecord)
    return record


def test_a_bare_text_gets_every_default() -> None:
    record = case_of("# 客户不说话了 #\n\n怎么办？\n", "拜访/第一次.md")
    content = record.content
    assert (content.title, content.body) == ("客户不说话了", "怎么办？")
    assert (content.kind, content.audience, content.source) == ("lesson", "everyone", "none")
    assert record.ref == case_of("x", "拜访/第一次.md").ref
    assert record.author is record.created is record.confidence is None


def test_without_a_heading_the_file_gives_the_title() -> None:
    assert case_of("just text", "a/报价之后.md").content.title == "报价之后"


def test_every_key_is_understood() -> None:
    record = case_of(
        "---\nref: r1\nkind: 赢单复盘\nTitle: 12:30\ntags: 价格，撞单、价格\nstage: 谈判\n"
        "audience: managers\nsource: visit\nauthor:  王 海 <wang>\ncreated: 2026年1月5日\n"
        "updated: 2026-02-01T08:00:00+08:00\nconfidence: archived\n"
        "confidence-before: validated\nverified_until: 2026/3/1\noutcome: win\nlanguage: zh\n"
        "amount_band: 1m_5m\ncycle_days: 95 天\ncompetitors: [甲, 乙]\nstage_reached: 签约\n"
        "roles_reached: [user, 采购]\nmain_reason: 价格\ncontributing_reasons: a, b\n"
        "price_gap: －3.5％\nactions: |\n  one\n  two\nrepeat: r\navoid: v\nteam: East\n---\nB\n"
    )
    facts = record.content.retrospective
    assert facts is not None
    assert record.content.title == "12:30"
    assert record.content.tags == ("价格", "撞单", "价格")
    assert record.author == "王 海 <wang>"
    assert record.created == datetime(2026, 1, 4, 16, tzinfo=UTC)
    assert record.updated == datetime(2026, 2, 1, tzinfo=UTC)
    assert (record.confidence, record.confidence_before) == ("archived", "validated")
    assert record.verified_until == date(2026, 3, 1)
    assert (facts.cycle_days, facts.price_gap) == (95, Decimal("-3.50"))
    assert facts.roles_reached == ("user", "procurement")
    assert facts.actions == ("one", "two")
    assert record.content.extra == {}


def test_unknown_keys_are_kept_and_told() -> None:
    reader = reader_of("---\ntitle: a\nRating: 5\nnested: {a: [1, x]}\n---\n")
    record = read(reader)
    assert isinstance(record, CaseRecord)
    assert record.content.extra == {"Rating": 5, "nested": {"a": [1, "x"]}}
    assert [note.line for note in reader.notes] == [3, 4]


def test_typed_facts_of_a_lesson_and_a_strange_source_are_kept() -> None:
    record = case_of("---\ntitle: a\nsource: https://example.com\nactions: [x]\noutcome: loss\n"
                     "kind: lesson\n---\n")
    assert record.content.source == "none"
    assert record.content.extra == {
        "source": "https://example.com", "actions": ["x"], "outcome": "loss",
    }


def test_outcome_alone_gives_the_kind() -> None:
    record = case_of("---\ntitle: a\noutcome: loss\n---\n")
    assert (record.content.kind, record.content.extra) == ("loss", {})


def test_a_solution() -> None:
    record = read(reader_of("---\nkind: solution\nof: r1\naccepted: yes\n---\nDo this.\n"))
    assert isinstance(record, TextRecord)
    assert (record.of, record.accepted, record.body) == ("r1", True, "Do this.")


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        ("title: a\nkind: poem", 3), ("created: yesterday", 2), ("created: 2026-02-30", 2),
        ("created: 0001-01-01", 2), ("created: 9999-12-31T23:59:59-12:00", 2),
        ("audience: nobody", 2), ("title: [a, b]", 2),
        ("kind: win\ncycle_days: many", 3), ("kind: win\nprice_gap: .nan", 3),
        ("kind: win\nprice_gap: 1e999999", 3), ("kind: win\namount_band: much", 3),
        ("kind: win\nroles_reached: [king]", 3),
        ("kind: solution", 2), ("kind: win\nrepeat: " + "x" * 20_001, 3),
    ],
)
def test_faults_are_told_with_their_line(lines: str, line: int) -> None:
    with pytest.raises(Wrong) as caught:
        read(reader_of(f"---\n{lines}\n---\nText\n"))
    assert caught.value.line == line


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(Wrong):
        read(reader_of(" \n\n"))


