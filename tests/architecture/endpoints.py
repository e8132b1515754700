"""Every endpoint of the portal, and addresses of real records to visit it with."""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import Flask
from PIL import Image
from sqlalchemy import select
from werkzeug.routing import Rule

from portal import features
from portal.cases.actions.attachments import Upload, attach
from portal.cases.actions.talk import add_comment, propose_solution
from portal.cases.alerts.models import Alert
from portal.cases.merging.models import Merge
from portal.cases.models import Case, Flag, Handover, Reuse, Verification
from portal.cases.transfer.models import CaseImport
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
from tests.browser import Browser
from tests.characters import Character


@dataclass(frozen=True)
class Endpoint:
    """One endpoint with one of its methods; `permission` is what the view declares."""

    name: str
    method: str
    rule: Rule
    permission: str | None

    def __str__(self) -> str:
        return f"{self.method} {self.rule.rule}"

    def address(self, app: Flask, records: dict[str, Any]) -> str:
        """The address for these records; fails with the name of a record nobody made."""
        values = {**records, **SPECIAL.get(self.name, {})}
        missing = self.rule.arguments - values.keys()
        assert not missing, f"tests/architecture/endpoints.py makes no {missing} for {self}"
        with app.test_request_context():
            return app.url_for(self.name, **{name: values[name] for name in self.rule.arguments})

    def visit(self, browser: Browser, address: str) -> int:
        """The status that this browser gets; writing sends an empty form with its token."""
        answer = browser.post(address) if self.method == "POST" else browser.get(address)
        return answer.status_code


# What a parameter must be for one endpoint alone.
SPECIAL: dict[str, dict[str, Any]] = {
    "home.help_page": {"name": "search"},
}


def bare_portal() -> Flask:
    """An application that only knows the addresses: enough to list them while collecting."""
    app = Flask("addresses")
    for blueprint in features.BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app


def endpoints(app: Flask) -> list[Endpoint]:
    """All of them but the static files, in the order of their addresses."""
    return [
        Endpoint(rule.endpoint, method, rule, getattr(view, "permission", None))
        for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule)
        if rule.endpoint != "static" and (view := app.view_functions[rule.endpoint])
        for method in sorted((rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"})
    ]


def _picture() -> BytesIO:
    file = BytesIO()
    Image.new("RGB", (1, 1)).save(file, "PNG")
    file.seek(0)
    return file


def _drafts(now: datetime) -> dict[str, str]:
    """Two drafts of everybody under the same keys: a key is one's own."""
    keys = {"key": "draft-of-somebody", "other": "other-of-somebody"}
    with transaction():
        for person in db.session.scalars(select(User)):
            for key in keys.values():
                save(actor_for(person), key, Typed("case:lesson", {"title": [key]}), now)
    return keys


def records_of(
    app: Flask, case: Case, writer: Character, now: datetime
) -> dict[str, Any]:
    """Everything an address may name: the case, a solution and a comment by `writer`, a file,
    that `writer` reused it, and the people, teams and list entries that always exist."""
    settings = app.extensions["settings"]
    with transaction():
        case = db.session.merge(case)
        solution = propose_solution(writer.actor, case, "Ask who met the customer first.", now)
        comment = add_comment(writer.actor, case, "That helped.", now)
        file = attach(writer.actor, case, Upload("dot.png", _picture()), settings.files,
                      settings.upload_mb, now)
        reuse = Reuse(case_id=case.id, person_id=writer.id, occasion="capture", reused_at=now)
        # Undone already: visiting its address changes nothing.
        merge = Merge(case_id=case.id, into_id=case.id, merged_by_id=writer.id, merged_at=now,
                      moved={}, edited_revision=1, undone_at=now, undone_by_id=writer.id)
        step = Verification(case_id=case.id, person_id=writer.id, act="validated", at=now,
                            before={}, undone_at=now)
        flag = Flag(case_id=case.id, person_id=writer.id, reason="wrong", created_at=now)
        handover = Handover(batch="one", case_id=case.id, from_id=case.owner_id,
                            to_id=case.owner_id, by_id=writer.id, at=now, undone_at=now)
        db.session.add_all([reuse, merge, step, flag, handover])
        alert = Alert(case_id=case.id, raised_by_id=case.owner_id, raised_at=now, level=1,
                      level_since=now, due_at=now)
        db.session.add(alert)
    return {
        "alert_id": alert.id, "day": "2026-10-08", "option_name": "alerts.hours",
        "case_id": case.id, "number": 1, "kind": "problem", "language": "en",
        "solution_id": solution.id, "comment_id": comment.id, "attachment_id": file.id,
        "reuse_id": reuse.id, "merge_id": merge.id,
        "step_id": step.id, "flag_id": flag.id, "handover_id": handover.id,
        **_drafts(now), **_news(case, writer, now),
        **_long_work(settings.transfers, case.owner_id, now),
        "user_id": case.owner_id, "team_id": case.team_id, "name": "stage",
        "group_id": db.session.query(SynonymGroup.id).limit(1).scalar(),
        "term_id": db.session.query(Term.id).filter_by(list="stage").limit(1).scalar(),
    }


def _news(case: Case, writer: Character, now: datetime) -> dict[str, Any]:
    """What `writer` was told of the case, a reminder, and a message that nobody took."""
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
            "dispatch_id": dispatch.id, "medium": "mail", "moment": 0, "feed_id": feed.id,
            "token": f"visited-{case.id}", "target": "stage:needs"}


def _long_work(folder: Path, person_id: int, now: datetime) -> dict[str, int]:
    """An export of this person with its file, and an import that the administrator uploaded."""
    (folder / "exports").mkdir(parents=True, exist_ok=True)
    (folder / "exports" / "made").write_bytes(b"cases")
    admin = db.session.query(User.id).filter_by(login="admin").scalar()
    with transaction():
        task = Task(
            kind="case_export", person_id=person_id, status="done", created_at=now,
            finished_at=now, result={"file": "made", "name": "cases.csv", "format": "csv"},
        )
        found = CaseImport(person_id=admin, name="cases.zip", format="files", size=1,
                           sha256="0" * 64, created_at=now)
        db.session.add_all([task, found])
    return {"task_id": task.id, "export_id": task.id, "import_id": found.id}
