"""What the sample department follows and keeps at hand."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from functools import partial

from sqlalchemy import delete

from portal.cases.following import actions
from portal.cases.following.models import Bookmark, Follow, FollowingChoice
from portal.cases.models import Case
from portal.cases.queries.cases import by_ref
from portal.core import access
from portal.extensions import db
from portal.lists.queries import tag_named, term_of
from portal.people.rules import Actor
from portal.sample.people import Act, Cast
from portal.sample.script import FOLDER, read


def acts(cast: Cast) -> Iterator[tuple[str, Act]]:
    """Every follow and bookmark with its moment. An act raises `ValueError` for what is not
    there yet, or not for its person."""
    story = read(FOLDER / "following.yaml")
    for entry in story["follows"]:
        yield entry["when"], partial(_follow, cast, entry)
    for entry in story["bookmarks"]:
        yield entry["when"], partial(_bookmark, cast, entry)


def forget(people: Collection[int], cases: Collection[int]) -> None:
    """Remove what these people follow and keep, and who follows these cases."""
    for model in (Follow, Bookmark, FollowingChoice):
        db.session.execute(delete(model).where(model.person_id.in_(people)))
    ids = sorted(cases)
    # Databases limit the values of one statement.
    for start in range(0, len(ids), 500):
        actions.forget([f"case:{case_id}" for case_id in ids[start : start + 500]])


def _follow(cast: Cast, entry: Mapping[str, str], now: datetime) -> None:
    actor = cast.actor(entry["by"], now)
    actions.follow(actor.id, _target(actor, entry["what"]), now)


def _target(actor: Actor, what: str) -> str:
    sort, name = what.split(" ", 1)
    if sort == "case":
        return f"case:{_case(actor, name).id}"
    if sort == "tag":
        tag = tag_named(name)
        if tag is None:
            raise ValueError(f"nothing has the tag {name} yet")
        return f"tag:{tag.id}"
    if term_of(sort, name) is None:
        raise ValueError(f"there is no {sort} {name}")
    return f"{sort}:{name}"


def _bookmark(cast: Cast, entry: Mapping[str, str], now: datetime) -> None:
    actor = cast.actor(entry["by"], now)
    actions.bookmark(actor.id, _case(actor, entry["case"]).id, now, entry.get("note"))


def _case(actor: Actor, ref: str) -> Case:
    case = by_ref(ref)
    if case is None or not access.allows(actor, "case:read", case):
        raise ValueError(f"{ref} is not there for {actor.id}")
    return case
