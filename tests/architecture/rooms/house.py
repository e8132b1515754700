"""People, lists, options, messages, drafts and long work."""

from sqlalchemy import select

from portal.core.unit_of_work import transaction
from portal.drafts.actions import save
from portal.drafts.rules import Typed
from portal.extensions import db
from portal.lists.models import Term
from portal.people.models import User
from portal.people.queries import actor_for
from portal.reminders.calendar.actions import digest
from portal.reminders.models import CalendarFeed, Dispatch, Gateway, Notification, Reminder
from portal.search.models import SynonymGroup
from portal.tasks.models import Task
from tests.architecture.rooms.room import EVERYONE, Made, Room, Walk


def _drafts(walk: Walk) -> Made:
    """Two drafts of everybody under the same keys: a key is one's own."""
    keys = {"key": "draft-of-somebody", "other": "other-of-somebody"}
    with transaction():
        for person in db.session.scalars(select(User)):
            for key in keys.values():
                save(actor_for(person), key, Typed("case:lesson", {"title": [key]}), walk.now)
    return keys


def _news(walk: Walk) -> Made:
    """What `writer` was told of the case, a reminder, and a message that nobody took."""
    case, writer, now = walk.case, walk.writer, walk.now
    subject, key = f"case:{case.id}", f"visited {case.id}"
    told = {"person_id": writer.id, "kind": "case.asked", "subject": subject, "key": key,
            "created_at": now}
    with transaction():
        notification = Notification(**told)
        reminder = Reminder(**told, due_at=now)
        feed = CalendarFeed(person_id=writer.id, label="phone", created_at=now,
                            token_digest=digest(f"visited-{case.id}"))
        dispatch = Dispatch(key=key, person_id=writer.id, medium="mail", created_at=now,
                            due_at=now, outcome="failed", ended_at=now)
        db.session.add_all([notification, reminder, feed, dispatch])
        db.session.merge(Gateway(medium="mail", url="mailto://127.0.0.1:9?to={address}",
                                 active=False, changed_at=now))
    return {"notification_id": notification.id, "reminder_id": reminder.id,
            "dispatch_id": dispatch.id, "medium": "mail", "feed_id": feed.id,
            "token": f"visited-{case.id}"}


def _long_work(walk: Walk) -> Made:
    """An export of this person with its file."""
    folder, now = walk.app.extensions["settings"].transfers, walk.now
    (folder / "exports").mkdir(parents=True, exist_ok=True)
    (folder / "exports" / "made").write_bytes(b"cases")
    with transaction():
        task = Task(
            kind="case_export", person_id=walk.case.owner_id, status="done", created_at=now,
            finished_at=now, result={"file": "made", "name": "cases.csv", "format": "csv"},
        )
        db.session.add(task)
    return {"task_id": task.id, "export_id": task.id}


def _synonyms(walk: Walk) -> Made:
    return {"group_id": db.session.query(SynonymGroup.id).limit(1).scalar()}


def _term(walk: Walk) -> Made:
    return {"term_id": db.session.query(Term.id).filter_by(list="stage").limit(1).scalar()}


ROOM = Room(
    roles={
        "portal:use": EVERYONE,
        "people:read": EVERYONE,
        "people:manage": {"admin"},
        "lists:manage": {"admin"},
        "options:manage": {"admin"},
        "calendar:manage": {"admin", "hr"},
        "channels:manage": {"admin"},
        "synonyms:manage": {"admin", "manager"},
        "gaps:read": {"manager", "hr", "admin"},
        "audit:read": {"admin"},
        "tasks:oversee": {"admin"},
    },
    cases={
        # permission         for the team  for everyone  a draft
        "notification:use": ("-y------", "-y------", "-y------"),
        "reminder:use":     ("-y------", "-y------", "-y------"),
        "calendar:use":     ("-y------", "-y------", "-y------"),
        # Long work, uploads and exports are of whoever asked for them: alice.
        "task:read":        ("y------y", "y------y", "y------y"),
        "task:cancel":      ("y------y", "y------y", "y------y"),
    },
    not_pages={
        "home.healthz", "reminders.bell", "calendar.feed", "drafts.token", "drafts.show",
        "drafts.text", "drafts.manifest", "drafts.service_worker", "search.suggest",
        "synonyms.download_synonyms",
    },
    leads_on={"people.commit_roster", "synonyms.commit_synonyms"},
    rows={
        "task": (Task, "task_id"),
        "notification": (Notification, "notification_id"),
        "reminder": (Reminder, "reminder_id"),
        "calendar": (CalendarFeed, "feed_id"),
        "people": (User, "user_id"),
    },
    makers={
        "key other": _drafts,
        "notification_id reminder_id dispatch_id feed_id token medium": _news,
        "task_id export_id": _long_work,
        "group_id": _synonyms,
        "term_id": _term,
    },
)  # fmt: skip
