"""Drafts as lists and one by one; always one person's own."""

from collections.abc import Collection

from sqlalchemy import Select, select

from portal.drafts.models import Draft
from portal.drafts.rules import is_key
from portal.extensions import db
from portal.people.rules import Actor


def sent(actor: Actor, key: str) -> str | None:
    """What came of an earlier sending with this key: the ref of a record."""
    draft = by_key(actor, key)
    return draft.sent_ref if draft else None


def by_key(actor: Actor, key: str) -> Draft | None:
    if not is_key(key):
        return None
    return db.session.scalar(
        select(Draft).where(Draft.person_id == actor.id, Draft.key == key)
    )


def open_drafts(actor: Actor) -> Select[Draft]:
    """What this person has begun and not sent, the newest first."""
    return (
        select(Draft)
        .where(Draft.person_id == actor.id, Draft.ended_at.is_(None))
        .order_by(Draft.saved_at.desc(), Draft.id.desc())
    )


def of_forms(actor: Actor, forms: Collection[str]) -> list[Draft]:
    """What this person has begun in these forms, the newest first."""
    return list(db.session.scalars(open_drafts(actor).where(Draft.form.in_(forms)).limit(20)))


def rows(query: Select[Draft]) -> list[Draft]:
    return list(db.session.scalars(query))
