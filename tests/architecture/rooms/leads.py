"""Leads, and one's own views and imports of them."""

from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.leads.board.models import SavedView
from portal.leads.models import Lead, LeadMove
from portal.leads.transfer.models import LeadImport
from tests.architecture.rooms.room import Made, Room, Walk, one


def _lead(walk: Walk, customer_id: int) -> Made:
    with transaction():
        lead = Lead(customer_id=customer_id, title="换一套仓储系统", owner_id=walk.seller_id,
                    owned_since=walk.now, stage_since=walk.now, last_activity_at=walk.now,
                    created_at=walk.now)
        db.session.add(lead)
        db.session.flush()
        db.session.add(LeadMove(lead_id=lead.id, to_stage=lead.stage, at=walk.now))
    return {"lead_id": lead.id}


def _view(walk: Walk) -> SavedView:
    return SavedView(person_id=walk.case.owner_id, name=f"大客户 {walk.case.id}", page="list",
                     filters={}, created_at=walk.now)


def _lead_import(walk: Walk) -> Made:
    """A table of leads that this person uploaded."""
    with transaction():
        found = LeadImport(
            person_id=walk.case.owner_id, name="leads.csv", sha256="0" * 64, size=1,
            header=["公司"], mapping=["company"], created_at=walk.now,
            facts={"rows": 1, "told": {}, "preview": [["苏州恒通机电有限公司"]]})
        db.session.add(found)
    return {"lead_import_id": found.id}


ROOM = Room(
    roles={
        "lead:use": {"rep", "manager"},
        "lead:import": {"rep", "manager"},
        "channel:review": {"manager"},
    },
    cases={
        # permission        for the team  for everyone  a draft
        "lead_import:use": ("y-------", "y-------", "y-------"),
        "view:use":        ("y-------", "y-------", "y-------"),
    },
    customers={
        # permission     hers        in the pool
        "lead:read":    ("y--yy---", "---yyy--"),
        "lead:edit":    ("y--nn---", "---nnn--"),
        "lead:assign":  ("n--yn---", "---yyy--"),
        "lead:void":    ("y--yn---", "---yyy--"),
        # It is not void.
        "lead:restore": ("n--nn---", "---nnn--"),
    },
    not_pages={"channels.export"},
    visitors={"lead:assign": "mei"},
    rows={
        "lead": (Lead, "lead_id"),
        "view": (SavedView, "view_id"),
        "lead_import": (LeadImport, "lead_import_id"),
    },
    makers={
        "view_id": one("view_id", _view),
        "lead_import_id": _lead_import,
    },
    of_customer={
        "lead_id": _lead,
    },
)  # fmt: skip
