"""Tell people a fact, once."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from portal.core.inserting import insert_new
from portal.extensions import db
from portal.reminders import queries, subjects
from portal.reminders.actions.planning import plan_messages
from portal.reminders.kinds import kind_of
from portal.reminders.models import Notification


def notify(
    people: Collection[int], kind: str, subject: str, now: datetime, *, key: str,
    actor_id: int | None = None, detail: Mapping[str, Any] | None = None,
) -> None:
    """Tell these people what happened to `subject`, in the running transaction.

    One notification per person and `key`: the same fact is told once, however often it is
    asked. Never told are `actor_id`, deactivated people, and who may not read the subject.
    """
    others = {person for person in people if person != actor_id}
    actors = queries.active_actors(others) if others else []
    made = insert_new(Notification, [
        {"person_id": person, "kind": kind, "subject": subject, "key": key,
         "detail": {**(detail or {})}, "actor_id": actor_id, "created_at": now}
        for person in sorted(subjects.readers(subject, actors) if actors else ())
    ])
    if made:
        ids = select(Notification.person_id, Notification.id).where(Notification.id.in_(made))
        plan_messages(kind_of(kind), {row.person_id: row.id for row in db.session.execute(ids)},
                      now)
