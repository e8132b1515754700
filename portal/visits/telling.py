"""Who is told about a visit; after the transaction, each fact once."""

from portal.core import clock
from portal.extensions import db
from portal.reminders.actions import notify, settle
from portal.visits import rules
from portal.visits.events import (
    VisitCancelled,
    VisitCommented,
    VisitJoined,
    VisitReplanned,
    VisitReviewed,
    VisitVoided,
)
from portal.visits.models import Visit


def tell_of_company(event: VisitJoined) -> None:
    """The colleague who was asked to come along."""
    visit = db.session.get(Visit, event.visit_id)
    if visit is None or event.person_id not in {each.id for each in visit.companions}:
        return
    since = max(each.added_at for each in visit.people if each.person_id == event.person_id)
    notify({event.person_id}, "visit.joined", visit.ref, clock.now(),
           key=f"{visit.ref}:joined:{since.isoformat()}", actor_id=event.actor_id)


def tell_of_change(event: VisitReplanned) -> None:
    """Who goes along, of another day or another plan."""
    visit = db.session.get(Visit, event.visit_id)
    if visit is not None and visit.status == rules.PLANNED:
        notify({each.id for each in visit.companions}, "visit.changed", visit.ref, clock.now(),
               key=f"{visit.ref}:changed:{visit.version}", actor_id=event.actor_id)


def tell_of_cancelled(event: VisitCancelled) -> None:
    """Who wanted to go along; what was asked of them before is settled."""
    visit = db.session.get(Visit, event.visit_id)
    if visit is None or visit.status != rules.CANCELLED:
        return
    now = clock.now()
    settle(visit.ref, now, kinds=("visit.joined", "visit.changed"))
    notify({each.id for each in visit.companions}, "visit.cancelled", visit.ref, now,
           key=f"{visit.ref}:cancelled:{visit.version}", actor_id=event.actor_id)


def tell_of_comment(event: VisitCommented) -> None:
    """Whose visit it is, who goes along, and who has spoken before."""
    visit = db.session.get(Visit, event.visit_id)
    if visit is None:
        return
    people = {visit.owner_id, *(each.id for each in visit.companions),
              *(each.author_id for each in visit.comments)}
    notify(people, "visit.commented", visit.ref, clock.now(),
           key=f"{visit.ref}:comment:{event.comment_id}", actor_id=event.actor_id,
           detail={"anchor": f"comment-{event.comment_id}"})


def forget_the_invitation(event: VisitReviewed | VisitVoided) -> None:
    """It is over: nobody need come along any more."""
    settle(f"visit:{event.visit_id}", clock.now(), kinds=("visit.joined", "visit.changed"))
