"""What a person keeps at hand, and what of it they may still read."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager

from portal.cases.following.models import Bookmark
from portal.cases.models import Case
from portal.cases.queries.cases import readable_by
from portal.core.text import folded
from portal.extensions import db
from portal.people.models import User
from portal.people.rules import Actor


@dataclass(frozen=True)
class Wanted:
    """What the list of bookmarks is narrowed to; empty means everything."""

    text: str = ""
    kind: str = ""


def bookmarks(actor: Actor, wanted: Wanted) -> Select[Bookmark]:
    """The person's bookmarks, newest first. What they may no longer read is found by their own
    note alone: its title and kind are none of their business."""
    query = (
        select(Bookmark).join(Bookmark.case).join(User, User.id == Case.owner_id)
        .options(contains_eager(Bookmark.case).contains_eager(Case.owner))
        .where(Bookmark.person_id == actor.id, Case.merged_into_id.is_(None))
        .order_by(Bookmark.created_at.desc(), Bookmark.case_id.desc())
    )
    readable = readable_by(actor)
    if text := folded(wanted.text):
        query = query.where(or_(_holds(Bookmark.note, text),
                                and_(readable, _holds(Case.title, text))))
    if wanted.kind:
        query = query.where(readable, Case.kind == wanted.kind)
    return query


def _holds(column: object, text: str) -> ColumnElement[bool]:
    found: ColumnElement[bool] = func.lower(column).contains(text, autoescape=True)
    return found


def kept_among(person_id: int, cases: Iterable[Case]) -> Collection[int]:
    """The ids of those of these cases that the person keeps."""
    ids = [case.id for case in cases]
    if not ids:
        return ()
    query = select(Bookmark.case_id).where(
        Bookmark.person_id == person_id, Bookmark.case_id.in_(ids)
    )
    return set(db.session.scalars(query))
