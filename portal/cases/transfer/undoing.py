"""One record of an import taken back, or the reason why it is left as it is."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from portal.cases.actions.cases import keep_revision, write_content
from portal.cases.exchange.saving_texts import MODELS, text_state
from portal.cases.exchange.standing import SETTLED, put, state_of
from portal.cases.models import Attachment, Case, Comment, Helped, Reuse, Revision, Solution
from portal.cases.rules import DISCARDED
from portal.cases.transfer.models import ImportRow
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import folded
from portal.extensions import db
from portal.lists.models import LONGEST_LABEL
from portal.lists.queries import tags_with_codes
from portal.people.rules import Actor

NOTE = "Import reverted"
MOMENTS = ("created_at", "updated_at")


class Undoing:
    """Undoes rows in the running transaction; the methods return why something is kept."""

    def __init__(self, actor: Actor, now: datetime, tags: Collection[str]) -> None:
        self.actor, self.now, self.tags = actor, now, tags
        self._cases: dict[int, Case] = {}
        self._in_use: dict[int, Any] = {}
        self._files: dict[int, set[int]] = {}

    def look_at(self, ids: Collection[int]) -> None:
        """Read what a batch of cases needs, in few statements."""
        query = select(Case).where(Case.id.in_(ids)).options(
            selectinload(Case.tags), joinedload(Case.retrospective)
        )
        self._cases = {case.id: case for case in db.session.scalars(query).unique()}
        for model in (Solution, Comment):
            there = select(model.case_id).where(model.case_id.in_(ids),
                                                model.withdrawn_at.is_(None))
            self._note(there, _l("Somebody has answered or commented since."))
        for count in (Helped, Reuse):
            self._note(select(count.case_id).where(count.case_id.in_(ids)),
                       _l("It has helped somebody since."))
        files = select(Attachment.case_id, Attachment.id).where(
            Attachment.case_id.in_(ids), Attachment.removed_at.is_(None))
        for case_id, file_id in db.session.execute(files):
            self._files.setdefault(case_id or 0, set()).add(file_id)

    def _note(self, query: Any, reason: Any) -> None:
        for case_id in db.session.scalars(query):
            self._in_use.setdefault(case_id, reason)

    def case(self, row: ImportRow) -> Any:
        case = self._cases.get(row.case_id or 0)
        if case is None:
            return _l("It is no more.")
        if state_of(case) != row.after:
            return _l("Somebody has worked on it since.")
        if row.outcome == "changed":
            self._restore(case, row)
            return None
        if reason := self._in_use.get(case.id):
            return reason
        if self._files.get(case.id, set()) - set(row.files):
            return _l("Somebody has attached a file since.")
        # Out of everybody's sight but its owner's, who can bring it back.
        case.confidence_before, case.confidence = case.confidence, DISCARDED
        case.tags = [tag for tag in case.tags if tag.code not in self.tags]
        return None

    def _restore(self, case: Case, row: ImportRow) -> None:
        before = row.before or {}
        if row.revision_before != row.revision_after:
            content = self._revision(case, "case", row.revision_before).content
            # Tags that are no more, or came with this import, it did not carry then.
            codes = {folded(tag)[:LONGEST_LABEL] for tag in content.tags} - {*self.tags}
            write_content(case, content, list(tags_with_codes(codes).values()))
            case.revision += 1
        for name in (*SETTLED, "updated_at"):
            put(case, name, _value(name, before.get(name)))
        for file in db.session.scalars(select(Attachment).where(Attachment.id.in_(row.files))):
            file.removed_at = file.removed_at or self.now
        if row.revision_before != row.revision_after:
            # The revision tells the tags as they are now.
            db.session.flush()
            keep_revision(case, self.actor.id, NOTE, self.now)

    def text(self, row: ImportRow) -> Any:
        """A solution or a comment: withdrawn, or as it was."""
        text = cast(Solution | Comment | None, db.session.get(MODELS[row.kind], row.text_id))
        if text is None:
            return _l("It is no more.")
        now, after = text_state(text, text.case), row.after or {}
        if {**now, "case_accepted": 0} != {**after, "case_accepted": 0}:
            return _l("Somebody has worked on it since.")
        before = row.before or {"case_accepted": None, "accepted": False}
        if now["accepted"] and not before["accepted"]:
            text.case.accepted_id = before["case_accepted"]
        if row.outcome == "new":
            text.withdrawn_at = self.now
            return None
        if row.revision_before != row.revision_after:
            part = f"{row.kind}:{text.id}"
            text.body = self._revision(text.case, part, row.revision_before).snapshot["body"]
            text.revision += 1
            db.session.add(Revision(
                case_id=text.case_id, part=part, number=text.revision, author_id=self.actor.id,
                note=NOTE, snapshot={"body": text.body}, created_at=self.now,
            ))
        for name in ("author_id", "byline", *MOMENTS):
            put(text, name, _value(name, before.get(name)))
        return None

    def _revision(self, case: Case, part: str, number: int | None) -> Revision:
        return db.session.scalars(select(Revision).where(
            Revision.case_id == case.id, Revision.part == part, Revision.number == number
        )).one()


def _value(name: str, plain: Any) -> Any:
    """What `plain_value` made its answer from."""
    if plain is None:
        return None
    if name in MOMENTS:
        return datetime.fromisoformat(plain)
    return date.fromisoformat(plain) if name == "verified_until" else plain
