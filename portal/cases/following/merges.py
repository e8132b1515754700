"""Who followed or kept a case goes along when it is merged, and back when that is undone."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select, update

from portal.cases.events import CasesMerged, MergeUndone
from portal.cases.following.actions import add
from portal.cases.following.models import Bookmark, Follow
from portal.core import clock
from portal.extensions import db


def follow_along(event: CasesMerged) -> None:
    """Followers and bookmarks of the case are the other's, too; what somebody had said about
    the other one themselves stays."""
    old, new = f"case:{event.case_id}", f"case:{event.into_id}"
    going_on = (Follow.target == old, Follow.ended_at.is_(None))
    for follow in _rows(Follow, *going_on):
        add(Follow, person_id=follow.person_id, target=new, created_at=follow.created_at,
            merge_id=event.merge_id)
    ended = update(Follow).where(*going_on)
    db.session.execute(ended.values(ended_at=clock.now(), merge_id=event.merge_id))
    for kept in _rows(Bookmark, Bookmark.case_id == event.case_id):
        add(Bookmark, person_id=kept.person_id, case_id=event.into_id, note=kept.note,
            created_at=kept.created_at, merge_id=event.merge_id)


def part_again(event: MergeUndone) -> None:
    """What the merge made goes, and what it ended goes on."""
    made = Follow.merge_id == event.merge_id
    db.session.execute(delete(Follow).where(made, Follow.target == f"case:{event.into_id}"))
    again = update(Follow).where(made, Follow.target == f"case:{event.case_id}")
    db.session.execute(again.values(ended_at=None, merge_id=None))
    db.session.execute(delete(Bookmark).where(
        Bookmark.merge_id == event.merge_id, Bookmark.case_id == event.into_id
    ))


def _rows(model: type[Any], *conditions: Any) -> Sequence[Any]:
    return db.session.scalars(select(model).where(*conditions)).all()
