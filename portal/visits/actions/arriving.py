"""“I am here”: one tap sets the time. No place is asked for or kept."""

from datetime import datetime

from portal.core import clock
from portal.core.errors import Refused
from portal.core.events import publish
from portal.core.i18n import lazy_gettext as _l
from portal.people.rules import Actor
from portal.visits import rules
from portal.visits.actions.checking import hold, hold_file
from portal.visits.actions.noting import count_as_activity, write_down
from portal.visits.events import ArrivalUndone, VisitArrived
from portal.visits.models import Visit


def check_in(actor: Actor, visit: Visit, now: datetime) -> None:
    """One is there now. A second tap changes nothing. Raises `Refused` on another day than the
    planned one. Publishes `VisitArrived`."""
    hold(visit)
    if visit.status == rules.ARRIVED:
        return
    if visit.status != rules.PLANNED:
        raise Refused(_l("This visit is over already; nothing was changed."))
    if visit.day != clock.local_day(now):
        raise Refused(_l("This visit is planned for another day. Move it to today first, or write "
                         "the review if it took place."))
    hold_file(visit.customer, visit.lead)
    visit.status, visit.arrived_at = rules.ARRIVED, now
    visit.version += 1
    write_down(actor, visit, "visit.arrived", now)
    count_as_activity(visit, now)
    publish(VisitArrived(visit.id, visit.customer_id, visit.lead_id, actor.id))


def undo_check_in(actor: Actor, visit: Visit, now: datetime) -> None:
    """It was tapped by mistake; what is written about already stays. Publishes `ArrivalUndone`."""
    hold(visit)
    if visit.status != rules.ARRIVED:
        return
    visit.status, visit.arrived_at = rules.PLANNED, None
    visit.version += 1
    write_down(actor, visit, "visit.arrival_undone", now)
    publish(ArrivalUndone(visit.id, actor.id))
