"""Records for the addresses of the portal: each is made when an address first names it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from flask import Flask
from PIL import Image
from sqlalchemy import select

from portal.cases.actions.attachments import Upload, attach
from portal.cases.actions.stored_files import store
from portal.cases.actions.talk import add_comment, propose_solution
from portal.cases.alerts.models import Alert
from portal.cases.merging.models import Merge
from portal.cases.models import Case, Flag, Handover, Reuse, Verification
from portal.cases.transfer.models import CaseImport
from portal.core.unit_of_work import transaction
from portal.customers.actions.timeline import note
from portal.customers.models import Contact, Customer, CustomerPerson
from portal.drafts.actions import save
from portal.drafts.rules import Typed
from portal.extensions import db
from portal.leads.board.models import SavedView
from portal.leads.claims.models import Claim, ClaimEvidence, ClaimPhoto
from portal.leads.models import Lead, LeadMove
from portal.leads.pool.models import AllocationRule, PoolStep
from portal.leads.stages.models import StageReview
from portal.leads.transfer.models import LeadImport
from portal.lists.models import Term
from portal.people.models import User
from portal.people.queries import actor_for
from portal.reminders.calendar.actions import digest
from portal.reminders.models import CalendarFeed, Dispatch, Gateway, Notification, Reminder
from portal.search.models import SynonymGroup
from portal.tasks.models import Task
from portal.visits.models import Visit
from tests.architecture.money_records import care, money
from tests.characters import Character


@dataclass(frozen=True)
class Walk:
    """A case, and the colleague who wrote, added, reused and was told what belongs to it.

    Whoever owns the case also has the customer and the lead, unless those are in the pool.
    """

    app: Flask
    case: Case
    writer: Character
    now: datetime
    in_pool: bool = False

    @property
    def seller_id(self) -> int | None:
        return None if self.in_pool else self.case.owner_id


Made = Mapping[str, Any]
Maker = Callable[[Walk], Made]


class Records(dict[str, Any]):
    """Name of a parameter → its value; the maker of a name that is missing runs now."""

    def __init__(self, walk: Walk) -> None:
        super().__init__(case_id=walk.case.id, user_id=walk.case.owner_id, number=1,
                         team_id=walk.case.team_id, **PLAIN)
        self._walk = walk

    def __missing__(self, name: str) -> Any:
        made = self._made(name)
        self.update({key: value for key, value in made.items() if key not in self})
        return self[name]

    def _made(self, name: str) -> Made:
        if name in OF_A_LEAD:
            return OF_A_LEAD[name](self._walk, self["lead_id"])
        if name in OF_A_CUSTOMER:
            return OF_A_CUSTOMER[name](self._walk, self["customer_id"])
        assert name in MAKERS, f"tests/architecture/records.py makes no {name}"
        return MAKERS[name](self._walk)

    def everything(self) -> "Records":
        """The same, all of it made: pages show more."""
        for name in (*MAKERS, *OF_A_CUSTOMER, *OF_A_LEAD):
            self[name]
        return self

    def of_theirs(self, own: Mapping[str, Any]) -> "Records":
        """The same, with what is the visitor's own in place of what was there."""
        self.update(own)
        return self


def records_of(
    app: Flask, case: Case, writer: Character, now: datetime, *, in_pool: bool = False
) -> Records:
    """Everything an address may name: the case, a solution and a comment by `writer`, a file,
    that `writer` reused it, and the people, teams and list entries that always exist."""
    with transaction():
        case = db.session.merge(case)
    return Records(Walk(app, case, writer, now, in_pool))


# What is no record.
PLAIN = {
    "day": "2026-10-08", "option_name": "alerts.hours", "kind": "problem", "language": "en",
    "name": "stage", "moment": 0, "target": "stage:needs", "stage": "screened", "part": "backup",
}


def _picture() -> BytesIO:
    file = BytesIO()
    Image.new("RGB", (1, 1)).save(file, "PNG")
    file.seek(0)
    return file


def _solution(walk: Walk) -> Made:
    with transaction():
        solution = propose_solution(walk.writer.actor, walk.case,
                                    "Ask who met the customer first.", walk.now)
    return {"solution_id": solution.id}


def _comment(walk: Walk) -> Made:
    with transaction():
        comment = add_comment(walk.writer.actor, walk.case, "That helped.", walk.now)
    return {"comment_id": comment.id}


def _file(walk: Walk) -> Made:
    settings = walk.app.extensions["settings"]
    with transaction():
        file = attach(walk.writer.actor, walk.case, Upload("dot.png", _picture()), settings.files,
                      settings.upload_mb, walk.now)
    return {"attachment_id": file.id}


def _row(name: str, make: Callable[[Walk], Any]) -> Maker:
    """A maker of one row."""

    def made(walk: Walk) -> Made:
        with transaction():
            row = make(walk)
            db.session.add(row)
        return {name: row.id}

    return made


def _reuse(walk: Walk) -> Reuse:
    return Reuse(case_id=walk.case.id, person_id=walk.writer.id, occasion="capture",
                 reused_at=walk.now)


def _merge(walk: Walk) -> Merge:
    """Undone already: visiting its address changes nothing."""
    return Merge(case_id=walk.case.id, into_id=walk.case.id, merged_by_id=walk.writer.id,
                 merged_at=walk.now, moved={}, edited_revision=1, undone_at=walk.now,
                 undone_by_id=walk.writer.id)


def _step(walk: Walk) -> Verification:
    return Verification(case_id=walk.case.id, person_id=walk.writer.id, act="validated",
                        at=walk.now, before={}, undone_at=walk.now)


def _flag(walk: Walk) -> Flag:
    return Flag(case_id=walk.case.id, person_id=walk.writer.id, reason="wrong",
                created_at=walk.now)


def _handover(walk: Walk) -> Handover:
    return Handover(batch="one", case_id=walk.case.id, from_id=walk.case.owner_id,
                    to_id=walk.case.owner_id, by_id=walk.writer.id, at=walk.now,
                    undone_at=walk.now)


def _alert(walk: Walk) -> Alert:
    return Alert(case_id=walk.case.id, raised_by_id=walk.case.owner_id, raised_at=walk.now,
                 level=1, level_since=walk.now, due_at=walk.now)


def _view(walk: Walk) -> SavedView:
    return SavedView(person_id=walk.case.owner_id, name=f"大客户 {walk.case.id}", page="list",
                     filters={}, created_at=walk.now)


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
    """An export of this person with its file, and an import that the administrator uploaded."""
    folder, now = walk.app.extensions["settings"].transfers, walk.now
    (folder / "exports").mkdir(parents=True, exist_ok=True)
    (folder / "exports" / "made").write_bytes(b"cases")
    admin = db.session.query(User.id).filter_by(login="admin").scalar()
    with transaction():
        task = Task(
            kind="case_export", person_id=walk.case.owner_id, status="done", created_at=now,
            finished_at=now, result={"file": "made", "name": "cases.csv", "format": "csv"},
        )
        found = CaseImport(person_id=admin, name="cases.zip", format="files", size=1,
                           sha256="0" * 64, created_at=now)
        db.session.add_all([task, found])
    return {"task_id": task.id, "export_id": task.id, "import_id": found.id}


def _lead_import(walk: Walk) -> Made:
    """A table of leads that this person uploaded."""
    with transaction():
        found = LeadImport(
            person_id=walk.case.owner_id, name="leads.csv", sha256="0" * 64, size=1,
            header=["公司"], mapping=["company"], created_at=walk.now,
            facts={"rows": 1, "told": {}, "preview": [["苏州恒通机电有限公司"]]})
        db.session.add(found)
    return {"lead_import_id": found.id}


def _synonyms(walk: Walk) -> Made:
    return {"group_id": db.session.query(SynonymGroup.id).limit(1).scalar()}


def _term(walk: Walk) -> Made:
    return {"term_id": db.session.query(Term.id).filter_by(list="stage").limit(1).scalar()}


def _customer(walk: Walk) -> Made:
    """A customer with a contact."""
    with transaction():
        customer = Customer(name="苏州恒通机电有限公司", owner_id=walk.seller_id,
                            owned_since=walk.now, last_activity_at=walk.now, created_at=walk.now)
        if walk.seller_id is not None:
            customer.people = [CustomerPerson(person_id=walk.seller_id, part="owner",
                                              since=walk.now)]
        contact = Contact(customer=customer, name="钱敏", created_at=walk.now)
        db.session.add_all([customer, contact])
    return {"customer_id": customer.id, "contact_id": contact.id}


def _lead(walk: Walk, customer_id: int) -> Made:
    with transaction():
        lead = Lead(customer_id=customer_id, title="换一套仓储系统", owner_id=walk.seller_id,
                    owned_since=walk.now, stage_since=walk.now, last_activity_at=walk.now,
                    created_at=walk.now)
        db.session.add(lead)
        db.session.flush()
        db.session.add(LeadMove(lead_id=lead.id, to_stage=lead.stage, at=walk.now))
    return {"lead_id": lead.id}


def _entry(walk: Walk, customer_id: int) -> Made:
    """A note in the timeline, by `writer`."""
    with transaction():
        entry = note(customer_id, "note.written", walk.writer.id, walk.now, text="They moved.")
        db.session.flush()
    return {"entry_id": entry.id}


def _use(walk: Walk, customer_id: int) -> Made:
    """`writer` used the case for this customer."""
    with transaction():
        entry = note(customer_id, "case.used", walk.writer.id, walk.now,
                     subject=walk.case.search_ref)
        db.session.flush()
    return {"use_id": entry.id}


def _rule(walk: Walk) -> AllocationRule:
    return AllocationRule(position=1, people=[walk.case.owner_id], changed_at=walk.now)


def _pool_step(walk: Walk, lead_id: int) -> Made:
    """`writer` gave the lead back, long ago."""
    with transaction():
        step = PoolStep(lead_id=lead_id, person_id=walk.writer.id, actor_id=walk.writer.id,
                        what="returned", at=walk.now, undone_at=walk.now)
        db.session.add(step)
    return {"pool_step_id": step.id}


def _gate_review(walk: Walk, lead_id: int) -> Made:
    """The owner, or `writer` while nobody owns it, asks the leader of the team for a review."""
    leader = db.session.query(User.id).filter_by(login="mei").scalar()
    with transaction():
        review = StageReview(
            lead_id=lead_id, stage="proposal", gate="product_review",
            words={"zh": "产品评审", "en": "Product review"}, asked_at=walk.now,
            asked_by_id=walk.seller_id or walk.writer.id, reviewer_id=leader)
        db.session.add(review)
    return {"gate_review_id": review.id}


def _claim(walk: Walk, customer_id: int) -> Made:
    """`writer` claims the customer, with a photo."""
    content = _picture().getvalue()
    with transaction():
        photo = ClaimPhoto(sha256=store(content, walk.app.extensions["settings"].files),
                           name="card.png", media_type="image/png", size=len(content))
        claim = Claim(
            customer_id=customer_id, claimant_id=walk.writer.id, title="恒通机电",
            typed={"customer": {"name": "恒通机电"}}, keys=[], owner_id=walk.seller_id,
            state="sent", created_at=walk.now, sent_at=walk.now, due_at=walk.now,
            evidence=[ClaimEvidence(person_id=walk.writer.id, reaches="钱敏", at=walk.now,
                                    photos=[photo])],
        )
        db.session.add(claim)
    return {"claim_id": claim.id, "claim_photo_id": photo.id}


def _visit(walk: Walk, customer_id: int) -> Made:
    """Planned for today by the owner, or by `writer` while nobody owns the customer."""
    with transaction():
        visit = Visit(customer_id=customer_id, owner_id=walk.seller_id or walk.writer.id,
                      day=walk.now.date(), created_at=walk.now, changed_at=walk.now)
        db.session.add(visit)
    return {"visit_id": visit.id}


# Parameter → who makes it.
MAKERS: Mapping[str, Maker] = {
    "solution_id": _solution, "comment_id": _comment, "attachment_id": _file,
    "reuse_id": _row("reuse_id", _reuse), "merge_id": _row("merge_id", _merge),
    "step_id": _row("step_id", _step), "flag_id": _row("flag_id", _flag),
    "handover_id": _row("handover_id", _handover), "alert_id": _row("alert_id", _alert),
    **dict.fromkeys(("key", "other"), _drafts),
    **dict.fromkeys(("notification_id", "reminder_id", "dispatch_id", "feed_id", "token",
                     "medium"), _news),
    **dict.fromkeys(("task_id", "export_id", "import_id"), _long_work),
    "lead_import_id": _lead_import,
    "view_id": _row("view_id", _view),
    "group_id": _synonyms, "term_id": _term,
    **dict.fromkeys(("customer_id", "contact_id"), _customer),
    "rule_id": _row("rule_id", _rule),
}
# Parameter → who makes it, given the customer.
OF_A_CUSTOMER: Mapping[str, Callable[[Walk, int], Made]] = {
    **dict.fromkeys(("claim_id", "claim_photo_id"), _claim), "lead_id": _lead, "entry_id": _entry,
    "visit_id": _visit, "use_id": _use,
    **dict.fromkeys(("care_id", "feedback_id"), lambda walk, customer_id: care(customer_id)),
}
# The same, given the lead.
OF_A_LEAD: Mapping[str, Callable[[Walk, int], Made]] = {
    **dict.fromkeys(("receivable_id", "payment_id"), lambda walk, lead_id: money(lead_id)),
    "pool_step_id": _pool_step, "gate_review_id": _gate_review,
}
