"""What stands under a case goes under another one, and back again, row by row."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, update
from sqlalchemy.orm import aliased

from portal.cases.following.models import Bookmark, Follow
from portal.cases.models import (
    Attachment,
    Case,
    Comment,
    Helped,
    Reuse,
    Revision,
    Solution,
)
from portal.drafts.models import Draft
from portal.extensions import db

Moved = dict[str, list[int]]
# Beyond this many values a statement becomes too long for some databases.
MANY = 500
# What rows are called that name their case by `case_id` and have a key of their own.
ROWS: Mapping[str, Any] = {
    "solutions": Solution, "comments": Comment, "revisions": Revision,
    "attachments": Attachment, "helped": Helped, "reuses": Reuse,
}
# Those of them that somebody wrote; their revisions name them "solution:7".
TEXTS: Mapping[str, Any] = {"solutions": Solution, "comments": Comment}
# Forms of drafts that write under a case.
UNDER = ("solution-to", "comment-on")


def selection(gone: Case, kept: Case) -> dict[str, Select[int]]:
    """The rows that go along, by name."""
    return {
        "solutions": _of(Solution, gone),
        "comments": _of(Comment, gone),
        # The history of the case's own text stays with it.
        "revisions": _of(Revision, gone).where(Revision.part != "case"),
        "attachments": _of(Attachment, gone),
        "helped": _of(Helped, gone).where(_counts_at(kept)),
        # Nobody reuses their own case.
        "reuses": _of(Reuse, gone).where(Reuse.person_id != kept.owner_id),
        "drafts": select(Draft.id).where(Draft.ended_at.is_(None), Draft.form.in_(_forms(gone))),
    }


def counts(gone: Case, kept: Case) -> dict[str, int]:
    """How many of each would go along, as people count them."""
    rows = selection(gone, kept)
    shown = {
        **{name: rows[name].where(ROWS[name].withdrawn_at.is_(None))
           for name in ("solutions", "comments")},
        "attachments": rows["attachments"].where(Attachment.removed_at.is_(None)),
        **{name: rows[name] for name in ("reuses", "drafts")}, **_of_people(gone, kept),
        "helped": rows["helped"].with_only_columns(Helped.user_id).distinct(),
    }
    columns = [
        select(func.count()).select_from(query.subquery()).scalar_subquery().label(name)
        for name, query in shown.items()
    ]
    return dict(db.session.execute(select(*columns)).one()._mapping)


def _of_people(gone: Case, kept: Case) -> dict[str, Select[int]]:
    """Followers and bookmarks, which their own room lets go along."""
    old, new = f"case:{gone.id}", f"case:{kept.id}"
    there = select(Follow.person_id).where(Follow.target == new)
    at_hand = select(Bookmark.person_id).where(Bookmark.case_id == kept.id)
    return {
        "follows": select(Follow.person_id).where(
            Follow.target == old, Follow.ended_at.is_(None), Follow.person_id.not_in(there)),
        "bookmarks": select(Bookmark.person_id).where(
            Bookmark.case_id == gone.id, Bookmark.person_id.not_in(at_hand)),
    }


def move(gone: Case, kept: Case) -> Moved:
    """Let the rows go along; their ids by name. The transaction holds both cases."""
    moved = {
        name: sorted(db.session.scalars(query))
        for name, query in selection(gone, kept).items()
    }
    _change(moved, gone, kept)
    return moved


def returning(moved: Moved, kept: Case, since: datetime | None) -> Moved:
    """What goes back: without the texts that were reworded after `since`, and with all that
    stands under the others by now."""
    there = {name: _found(moved[name], partial(_not_reworded, model, since))
             for name, model in TEXTS.items()}
    parts = [f"{name[:-1]}:{number}" for name, ids in there.items() for number in ids]
    return {
        **moved, **there,
        "revisions": _found(parts, lambda some: _of(Revision, kept).where(
            Revision.part.in_(some))),
        "helped": [
            *_found(moved["helped"], lambda ids: _of(Helped, kept).where(
                Helped.id.in_(ids), Helped.solution_id == 0)),
            *_found(there["solutions"], lambda ids: _of(Helped, kept).where(
                Helped.solution_id.in_(ids))),
        ],
    }


def _not_reworded(model: Any, since: datetime | None, ids: Sequence[int]) -> Select[int]:
    query = select(model.id).where(model.id.in_(ids))
    return query if since is None else query.where(model.updated_at <= since)


def _found(values: Sequence[Any], query: Callable[[Sequence[Any]], Select[int]]) -> list[int]:
    """What the query of some values at a time finds."""
    batches = (values[start : start + MANY] for start in range(0, len(values), MANY))
    return [number for some in batches for number in db.session.scalars(query(some))]


def move_back(moved: Moved, gone: Case, kept: Case) -> None:
    """The same rows return, as far as they are still there; what came later stays."""
    _change(moved, kept, gone)


def _change(moved: Moved, source: Case, target: Case) -> None:
    for name, model in ROWS.items():
        _set(moved, name, model, model.id, model.case_id == source.id, case_id=target.id)
    for old, new in zip(_forms(source), _forms(target), strict=True):
        _set(moved, "drafts", Draft, Draft.id, Draft.form == old, form=new)


def _set(
    moved: Moved, name: str, model: Any, key: Any, still: ColumnElement[bool], **values: Any
) -> None:
    ids = moved.get(name, [])
    for start in range(0, len(ids), MANY):
        db.session.execute(
            update(model).where(key.in_(ids[start : start + MANY]), still).values(**values),
            execution_options={"synchronize_session": False},
        )


def _of(model: Any, case: Case) -> Select[int]:
    return select(model.id).where(model.case_id == case.id)


def _counts_at(kept: Case) -> ColumnElement[bool]:
    """A person's word counts once, and never for their own case; words for a solution go along
    with it."""
    word = aliased(Helped)
    said = select(word.user_id).where(word.case_id == kept.id, word.solution_id == 0)
    return or_(
        Helped.solution_id != 0,
        (Helped.user_id != kept.owner_id) & Helped.user_id.not_in(said),
    )


def _forms(case: Case) -> list[str]:
    return [f"{form}:{case.id}" for form in UNDER]
