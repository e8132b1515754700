"""Who may do what with visits and follow-ups."""

from typing import Any

from portal.core.access import Permission, Policy
from portal.people.rules import SELLERS, Actor
from portal.visits import rules
from portal.visits.models import Visit
from portal.visits.queries import reading


def reads_visit(actor: Actor, visit: Visit) -> bool:
    """Who reads the customer's file; who goes along, and that visit alone; who leads its owner."""
    return reading.reads(actor, visit)


def edits_visit(actor: Actor, visit: Visit) -> bool:
    """Whose visit it is, as long as it counts."""
    return visit.owner_id == actor.id and visit.status != rules.VOID and reads_visit(actor, visit)


def comments_on_visit(actor: Actor, visit: Visit) -> bool:
    """Whoever reads it, as long as it counts."""
    return visit.status != rules.VOID and reads_visit(actor, visit)


def voids_visit(actor: Actor, visit: Visit) -> bool:
    """Whose visit it is, and their line manager."""
    return edits_visit(actor, visit) or (
        visit.status != rules.VOID and reads_visit(actor, visit)
        and actor.is_line_manager_of(visit.owner_id, visit.owner.team_id))


def looks_at_weeks(actor: Actor, row: Any) -> bool:
    """Whoever leads people sees how their week is planned."""
    return actor.role in SELLERS and bool(actor.tree.led_by(actor.id))


POLICY: Policy = {
    "visit:read": Permission(reads_visit, of_row=True, sees="visit:read"),
    "visit:edit": Permission(edits_visit, of_row=True, sees="visit:read"),
    "visit:comment": Permission(comments_on_visit, of_row=True, sees="visit:read"),
    "visit:void": Permission(voids_visit, of_row=True, sees="visit:read"),
    "visit:lead": Permission(looks_at_weeks),
}
