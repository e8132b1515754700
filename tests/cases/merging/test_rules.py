"""When one case may go into another, on plain values."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from portal.cases.merging import rules
from portal.cases.merging.rules import Side, obstacle
from portal.cases.merging.words import OBSTACLES

ONE = Side(1, "problem", "validated", False, "everyone", 5, True)
TWO = replace(ONE, id=2)


@pytest.mark.parametrize(("gone", "kept", "found"), [
    ({}, {}, ""), ({"id": 2}, {}, "same"), ({"merged": True}, {}, "gone_merged"),
    ({}, {"merged": True}, "kept_merged"), ({"confidence": "draft"}, {}, "gone_not_live"),
    ({}, {"confidence": "archived"}, "kept_not_live"),
    ({"kind": "win"}, {"kind": "loss"}, "retrospective"), ({"kind": "win"}, {"kind": "win"}, ""),
    ({"kind": "lesson"}, {}, ""), ({"kind": "lesson"}, {"kind": "loss"}, "retrospective"),
    ({"solutions": 1}, {"kind": "lesson"}, "solutions"), ({}, {"kind": "lesson"}, ""),
    ({"has_alert": True}, {"kind": "lesson"}, "solutions"),
    ({"has_alert": True, "waits_for_answer": True}, {}, "alert"),
    ({"has_alert": True, "waits_for_answer": True}, {"solved": True}, ""),
    ({"audience": "team"}, {}, "audience"), ({"audience": "managers"}, {}, "audience"),
    ({"audience": "team"}, {"audience": "managers"}, "audience"),
    ({"audience": "team"}, {"audience": "team"}, ""),
    ({"audience": "team"}, {"audience": "team", "team_id": 6}, "audience"),
    ({"audience": "managers"}, {"audience": "managers"}, ""),
    ({}, {"audience": "managers"}, ""), ({}, {"owner_reads_other": False}, "kept_owner"),
    ({"owner_reads_other": False}, {}, "gone_owner"),
])
def test_what_stands_in_the_way(gone, kept, found):
    assert obstacle(replace(ONE, **gone), replace(TWO, **kept)) == found
    assert found == "" or found in OBSTACLES


def test_the_thirty_days():
    merged = datetime(2026, 6, 1, 2, tzinfo=UTC)
    last = merged + timedelta(days=30)
    assert rules.may_be_undone(merged, False, last - timedelta(seconds=1))
    assert not rules.may_be_undone(merged, False, last)
    assert not rules.may_be_undone(merged, True, merged)
