"""What search sees, and shows, of a person.

People stand below this room and cannot tell it themselves.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.extensions import db
from portal.people.events import TeamRenamed
from portal.people.models import User
from portal.people.rules import Actor
from portal.search.document import Document
from portal.search.outbox import enqueue
from portal.search.sources import Card, Source


def touched(row: Any) -> int | None:
    return row.id if isinstance(row, User) else None


def documents(ids: Collection[int]) -> Iterator[Document]:
    """Those who work here; who left is no longer found."""
    for user in _active(ids).values():
        yield Document(
            ref=f"person:{user.id}", title=user.name, body="", access=frozenset({"all"}),
            facets={"scope": ("people",)}, names=_names(user),
            created=user.created_at, updated=user.created_at,
        )


def _names(user: User) -> tuple[str, ...]:
    team = user.team.name if user.team else None
    return tuple(name for name in (user.login, user.job_title, team) if name)


def _active(ids: Collection[int]) -> dict[int, User]:
    query = (
        select(User).where(User.id.in_(ids), User.deactivated_at.is_(None))
        .options(joinedload(User.team))
    )
    return {user.id: user for user in db.session.scalars(query)}


def all_ids() -> Collection[int]:
    return db.session.scalars(select(User.id).where(User.deactivated_at.is_(None))).all()


def cards(actor: Actor, ids: Collection[int]) -> Mapping[int, Card]:
    """People as result cards; everybody may know everybody."""
    return {user_id: _card(user) for user_id, user in _active(ids).items()}


def _card(user: User) -> Card:
    about = [user.job_title, user.team.name if user.team else None]
    return Card(
        ref=f"person:{user.id}", name=user.login, kind="person", title=user.name,
        url=url_for("people.profile", user_id=user.id), text=" · ".join(filter(None, about)),
        author="", created=user.created_at, icon="user",
    )


def no_labels(actor: Actor, facet: str, codes: Collection[str]) -> Mapping[str, str]:
    return {}


def no_codes(name: str, text: str) -> Collection[str]:
    return ()


def index_people_of_team(event: TeamRenamed) -> None:
    """The name of the team stands in the documents of its people."""
    ids = db.session.scalars(select(User.id).where(User.team_id == event.team_id))
    enqueue(f"person:{user_id}" for user_id in ids)


SOURCE = Source(
    prefix="person", scope="people", by_name=True, touched=touched, documents=documents,
    all_ids=all_ids, cards=cards, labels=no_labels, resolve=no_codes,
)
