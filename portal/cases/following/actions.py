"""Following, bookmarks, and the choice to follow by oneself: rows of one person alone."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from portal.cases.following.models import Bookmark, Follow, FollowingChoice
from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import line
from portal.extensions import db

LONGEST_NOTE = 200


def follow(person_id: int, target: str, now: datetime) -> None:
    """The person hears of this from now on, also when they had stopped."""
    if not add(Follow, person_id=person_id, target=target, created_at=now):
        again = _one(person_id, target)
        ended = again.where(Follow.ended_at.is_not(None))
        db.session.execute(ended.values(created_at=now, ended_at=None))
        db.session.execute(again.values(merge_id=None))


def follow_by_itself(person_id: int, target: str, now: datetime) -> None:
    """The same for who takes part in something, unless they chose otherwise or had stopped."""
    if db.session.get(Follow, (person_id, target)) is None and follows_by_itself(person_id):
        add(Follow, person_id=person_id, target=target, created_at=now)


def stop(person_id: int, target: str, now: datetime) -> None:
    """The person hears of it no more; that they stopped is kept."""
    going_on = _one(person_id, target).where(Follow.ended_at.is_(None))
    db.session.execute(going_on.values(ended_at=now, merge_id=None))


def follows_by_itself(person_id: int) -> bool:
    """What the person chose; by default one follows what one takes part in."""
    choice = db.session.get(FollowingChoice, person_id)
    return choice is None or choice.by_itself


def choose(person_id: int, by_itself: bool) -> None:
    """Follow by oneself from now on, or no longer; what is followed already stays."""
    if not add(FollowingChoice, person_id=person_id, by_itself=by_itself):
        mine = update(FollowingChoice).where(FollowingChoice.person_id == person_id)
        db.session.execute(mine.values(by_itself=by_itself))


def move(old: str, new: str) -> None:
    """Who followed the one follows the other; whoever still follows either goes on."""
    went_on = select(Follow).where(Follow.target == old)
    for row in db.session.scalars(went_on).all():
        add(Follow, person_id=row.person_id, target=new, created_at=row.created_at,
             ended_at=row.ended_at)
        if row.ended_at is None:
            db.session.execute(_one(row.person_id, new).values(ended_at=None))
    forget([old])


def forget(targets: Collection[str]) -> None:
    """What does not exist any more is followed by nobody."""
    db.session.execute(delete(Follow).where(Follow.target.in_(targets)))


def bookmark(person_id: int, case_id: int, now: datetime, note: str | None = None) -> None:
    """Keep a case at hand, with a note when there is one. Raises `Refused` for a long note."""
    note = line(note) if note is not None else None
    if note is not None and len(note) > LONGEST_NOTE:
        raise Refused(_l("A note has at most 200 characters."))
    if not add(Bookmark, person_id=person_id, case_id=case_id, note=note or "",
                created_at=now) and note is not None:
        mine = update(Bookmark).where(
            Bookmark.person_id == person_id, Bookmark.case_id == case_id
        )
        # What the person wrote there is theirs, also when the merge that brought it is undone.
        db.session.execute(mine.values(note=note, merge_id=None))


def drop_bookmark(person_id: int, case_id: int) -> str | None:
    """Put a case away; the note that was with it, None when it was not kept."""
    mine = select(Bookmark).where(Bookmark.person_id == person_id, Bookmark.case_id == case_id)
    kept = db.session.scalar(mine)
    if kept is None:
        return None
    db.session.delete(kept)
    return kept.note


def _one(person_id: int, target: str) -> Any:
    return update(Follow).where(Follow.person_id == person_id, Follow.target == target)


def add(model: type[Any], **values: Any) -> bool:
    """Insert the row; False when there is one already, perhaps made at this very moment."""
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(model).values(**values).on_conflict_do_nothing()
    made = statement.returning(model.person_id)
    return db.session.scalar(made) is not None
