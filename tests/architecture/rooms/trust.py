"""Vouching, flags, handing over, merging, alerts, and what was used."""

from portal.cases.alerts.models import Alert
from portal.cases.merging.models import Merge
from portal.cases.models import Flag, Handover, Reuse, Verification
from tests.architecture.rooms.room import Room, Walk, one


def _reuse(walk: Walk) -> Reuse:
    return Reuse(case_id=walk.case.id, person_id=walk.writer.id, occasion="capture",
                 reused_at=walk.now)


def _merge(walk: Walk) -> Merge:
    """Undone already: visiting its address changes nothing."""
    return Merge(case_id=walk.case.id, into_id=walk.case.id, merged_by_id=walk.writer.id,
                 merged_at=walk.now, moved={}, edited_revision=1, undone_at=walk.now,
                 undone_by_id=walk.writer.id)


def _step(walk: Walk) -> Verification:
    return Verification(case_id=walk.case.id, person_id=walk.writer.id, act="validated",
                        at=walk.now, before={}, undone_at=walk.now)


def _flag(walk: Walk) -> Flag:
    return Flag(case_id=walk.case.id, person_id=walk.writer.id, reason="wrong",
                created_at=walk.now)


def _handover(walk: Walk) -> Handover:
    return Handover(batch="one", case_id=walk.case.id, from_id=walk.case.owner_id,
                    to_id=walk.case.owner_id, by_id=walk.writer.id, at=walk.now,
                    undone_at=walk.now)


def _alert(walk: Walk) -> Alert:
    return Alert(case_id=walk.case.id, raised_by_id=walk.case.owner_id, raised_at=walk.now,
                 level=1, level_since=walk.now, due_at=walk.now)


ROOM = Room(
    roles={
        "case:review": {"manager"},
        "alerts:read": {"manager"},
    },
    cases={
        # permission          for the team  for everyone  a draft
        "case:validate":     ("nn-yy---", "nnnyynnn", "n-------"),
        "case:vouch":        ("nn-yy---", "nnnyynnn", "n-------"),
        "case:flag":         ("ny-yy---", "nyyyyyyy", "n-------"),
        "case:hand_over":    ("yn-yy---", "ynnyynnn", "n-------"),
        "case:merge":        ("yn-yy---", "ynnyyynn", "y-------"),
        "case:alert":        ("yn-nn---", "ynnnnnnn", "y-------"),
        # Alice is still there: nobody hands over all that is hers.
        "people:hand_over":  ("nnnnnnnn", "nnnnnnnn", "nnnnnnnn"),
        "verification:undo": ("-y------", "-y------", "-y------"),
        "handover:undo":     ("-y------", "-y------", "-y------"),
        "flag:resolve":      ("yn-yy---", "ynnyynnn", "y-------"),
        "flag:reopen":       ("nn-nn---", "nnnnnnnn", "n-------"),
        "flag:take_back":    ("ny-nn---", "nynnnnnn", "n-------"),
        "merge:read":        ("yy-yy---", "yyyyyyyy", "y-------"),
        "merge:undo":        ("yy-yy---", "yynyyynn", "y-------"),
        "reuse:review":      ("-y------", "-y------", "-y------"),
        "reuse:undo":        ("-y------", "-y------", "-y------"),
        "alert:answer":      ("nn-yy---", "nnnyynnn", "n-------"),
        "alert:withdraw":    ("yn-nn---", "ynnnnnnn", "y-------"),
    },
    leads_on={"following.subject"},
    # Alice has not left, her case is not validated.
    not_open={"trust.hand_over_all", "trust.withdraw"},
    visitors={"case:flag": "bob", "case:vouch": "mei"},
    rows={
        "reuse": (Reuse, "reuse_id"),
        "alert": (Alert, "alert_id"),
        "merge": (Merge, "merge_id"),
        "flag": (Flag, "flag_id"),
        "verification": (Verification, "step_id"),
        "handover": (Handover, "handover_id"),
    },
    makers={
        "reuse_id": one("reuse_id", _reuse),
        "merge_id": one("merge_id", _merge),
        "step_id": one("step_id", _step),
        "flag_id": one("flag_id", _flag),
        "handover_id": one("handover_id", _handover),
        "alert_id": one("alert_id", _alert),
    },
)  # fmt: skip
