"""The lists as plain values, read once and forgotten with the transaction or the first change."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from portal.extensions import db
from portal.lists.models import LISTS, Term, label_in

KEPT = "vocabulary"


@dataclass(frozen=True)
class Entry:
    """An entry of a list as it was read; unlike a row it never needs the database again."""

    list: str
    code: str
    label_zh: str
    label_en: str | None
    active: bool

    def label(self, language: str) -> str:
        return label_in(language, self.label_zh, self.label_en)


Vocabulary = Mapping[str, Mapping[str, Entry]]


def vocabulary() -> Vocabulary:
    """Every list but the tags, code → entry in its order; one statement a request."""
    kept: Vocabulary | None = db.session.info.get(KEPT)
    if kept is not None:
        return kept
    lists: dict[str, dict[str, Entry]] = {name: {} for name in LISTS if name != "tag"}
    query = (
        select(Term.list, Term.code, Term.label_zh, Term.label_en, Term.active)
        .where(Term.list != "tag")
        .order_by(Term.list, Term.position, Term.id)
    )
    for row in db.session.execute(query):
        entry = Entry(*row)
        lists[entry.list][entry.code] = entry
    db.session.info[KEPT] = lists
    return lists


@event.listens_for(Session, "after_flush")
def _forget_when_changed(session: Session, context: Any) -> None:
    if any(isinstance(row, Term) for row in (*session.new, *session.dirty, *session.deleted)):
        session.info.pop(KEPT, None)


@event.listens_for(Session, "after_commit")
def _forget_with_commit(session: Session) -> None:
    session.info.pop(KEPT, None)


@event.listens_for(Session, "after_soft_rollback")
def _forget_with_rollback(session: Session, previous: Any) -> None:
    session.info.pop(KEPT, None)
