"""Who is told what the clock found: the owner, then the line manager."""

from datetime import datetime

from portal.leads.models import Lead
from portal.leads.pool.options import WITH_MANAGER
from portal.options.queries import value
from portal.people.rules import TeamTree
from portal.reminders.actions import notify, settle


def tell_of_soon(lead: Lead, now: datetime) -> None:
    """The time for the first contact ends soon."""
    if lead.owner_id is not None:
        notify({lead.owner_id}, "pool.answer_soon", lead.ref, now, key=_key(lead, "soon"))


def tell_of_late(lead: Lead, tree: TeamTree, now: datetime) -> None:
    """The time is over: the owner, and who leads them."""
    settle(lead.ref, now, kinds=("pool.answer_soon",))
    if lead.owner_id is None or lead.owner is None:
        return
    notify({lead.owner_id}, "pool.answer_late", lead.ref, now, key=_key(lead, "late"))
    notify(_leader(lead, tree), "pool.late_of_people", lead.ref, now, key=_key(lead, "late"),
           detail={"owner": lead.owner.name})


def tell_of_idle(lead: Lead, tree: TeamTree, now: datetime) -> None:
    """Nothing was done for long: it goes back unless something is."""
    if lead.owner_id is None or lead.owner is None:
        return
    key = f"{_key(lead, 'idle')}:{lead.last_activity_at:%Y%m%d%H%M%S}"
    notify({lead.owner_id}, "pool.idle", lead.ref, now, key=key)
    if value("pool.warns") == WITH_MANAGER:
        notify(_leader(lead, tree), "pool.idle_of_people", lead.ref, now, key=key)


def tell_of_return(lead: Lead, former_id: int | None, now: datetime) -> None:
    """It went back to the pool by itself."""
    settle(lead.ref, now, kinds=("pool.idle", "pool.idle_of_people", "pool.answer_late",
                                 "pool.late_of_people"))
    if former_id is not None:
        notify({former_id}, "pool.taken_back", f"former-{lead.ref}", now, key=_key(lead, "back"))


def _leader(lead: Lead, tree: TeamTree) -> set[int]:
    owner = lead.owner
    leader = tree.line_manager(owner.id, owner.team_id) if owner is not None else None
    return {leader} if leader is not None else set()


def _key(lead: Lead, what: str) -> str:
    return f"{lead.ref}:{lead.owned_since:%Y%m%d%H%M%S%f}:{what}"
