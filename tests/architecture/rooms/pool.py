"""Leads without an owner, and by which rules they find one."""

from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.leads.pool.models import AllocationRule, PoolStep
from tests.architecture.rooms.room import Made, Room, Walk, one


def _rule(walk: Walk) -> AllocationRule:
    return AllocationRule(position=1, people=[walk.case.owner_id], changed_at=walk.now)


def _pool_step(walk: Walk, lead_id: int) -> Made:
    """`writer` gave the lead back, long ago."""
    with transaction():
        step = PoolStep(lead_id=lead_id, person_id=walk.writer.id, actor_id=walk.writer.id,
                        what="returned", at=walk.now, undone_at=walk.now)
        db.session.add(step)
    return {"pool_step_id": step.id}


ROOM = Room(
    roles={
        "allocation:manage": {"manager", "admin"},
        "allocation:run": {"manager"},
    },
    # Of the managers only those who lead the whole department.
    of_heads={"allocation:manage", "allocation:run"},
    cases={
        # permission  for the team  for everyone  a draft
        # Bob gave a lead back.
        "pool:undo": ("-y------", "-y------", "-y------"),
    },
    customers={
        # permission    hers        in the pool
        # Who comes too late is told who was quicker.
        "lead:claim":  ("--------", "yyyyyy--"),
        "lead:return": ("y--yn---", "---nnn--"),
    },
    rows={
        "pool": (PoolStep, "pool_step_id"),
    },
    makers={
        "rule_id": one("rule_id", _rule),
    },
    of_lead={
        "pool_step_id": _pool_step,
    },
)  # fmt: skip
