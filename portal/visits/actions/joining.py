"""Going together (V3), and what colleagues say about it."""

from datetime import datetime

from portal.core import audit
from portal.core.errors import Refused
from portal.core.events import publish
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import block
from portal.extensions import db
from portal.people.models import User
from portal.people.rules import SELLERS, Actor
from portal.reminders.actions import settle
from portal.visits import rules
from portal.visits.actions.checking import hold
from portal.visits.actions.noting import write_down
from portal.visits.events import VisitCommented, VisitJoined
from portal.visits.models import Visit, VisitComment, VisitPerson

MOST = 12


def add_companion(actor: Actor, visit: Visit, person: User, now: datetime) -> None:
    """This colleague goes along, reads the visit and may comment. Raises `Refused` for oneself and
    for who has no business with customers. Publishes `VisitJoined`."""
    hold(visit)
    if person.id == visit.owner_id:
        raise Refused(_l("It is your visit: you are there anyway."))
    if person.deactivated_at is not None or person.role not in SELLERS:
        raise Refused(_l("%(name)s does not visit customers. Choose a rep or a manager.",
                         name=person.name))
    if visit.status not in (*rules.OPEN, rules.REVIEWED):
        raise Refused(_l("This visit does not take place; nothing was changed."))
    row = next((each for each in visit.people if each.person_id == person.id), None)
    if row is not None and row.left_at is None:
        return
    if len(visit.companions) >= MOST:
        raise Refused(_l("Twelve colleagues go along already."))
    if row is None:
        row = VisitPerson(person=person, person_id=person.id)
        visit.people.append(row)
    row.added_by_id, row.added_at, row.left_at = actor.id, now, None
    write_down(actor, visit, "visit.joined", now, name=person.name, person_id=person.id)
    publish(VisitJoined(visit.id, person.id, actor.id))


def remove_companion(actor: Actor, visit: Visit, person_id: int, now: datetime) -> None:
    """The colleague does not go along after all, and reads the visit no more."""
    hold(visit)
    row = next((each for each in visit.people
                if each.person_id == person_id and each.left_at is None), None)
    if row is None:
        return
    row.left_at = now
    settle(visit.ref, now, person_id=person_id)
    write_down(actor, visit, "visit.parted", now, name=row.person.name, person_id=person_id)


def comment_on_visit(actor: Actor, visit: Visit, text: str, now: datetime) -> VisitComment:
    """A remark that stays as it is. Raises `Refused` for an empty one; publishes
    `VisitCommented`."""
    body = block(text)
    if not body.strip():
        raise Refused(_l("Write something first."))
    if len(body) > rules.LONGEST_COMMENT:
        raise Refused(_l("A comment has at most 5,000 characters; yours is kept here."))
    comment = VisitComment(visit_id=visit.id, author_id=actor.id, body=body, at=now)
    db.session.add(comment)
    db.session.flush()
    audit.record(actor.id, "visit.commented", visit.ref, now, comment_id=comment.id)
    publish(VisitCommented(visit.id, comment.id, actor.id))
    return comment
