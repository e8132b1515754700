"""Whom a text calls by "@login", and whom only its newest wording does."""

from collections.abc import Iterable

from sqlalchemy import select

from portal.cases.models import Comment, Revision, Solution
from portal.core import markdown
from portal.extensions import db
from portal.people.models import User
from portal.people.queries import users_by_login


def people_called(text: str) -> dict[int, User]:
    """Everybody whom the text calls, by id: also who left, and who may not read it."""
    calls = markdown.called_in(text)
    known = users_by_login({login for logins in calls for login in logins})
    meant = (next((known[login] for login in logins if login in known), None) for logins in calls)
    return {user.id: user for user in meant if user is not None}


def newly_called(text: str, case_id: int, part: str, revision: int) -> dict[int, User]:
    """Those whom the wording before this revision did not call."""
    people = people_called(text)
    if people and (old := wording_of(case_id, part, revision - 1)):
        people = _without(people, people_called(old))
    return people


def wording_of(case_id: int, part: str, revision: int) -> str:
    """The text of one revision of a case, a solution or a comment; empty when there is none."""
    query = select(Revision.snapshot).where(
        Revision.case_id == case_id, Revision.part == part, Revision.number == revision
    )
    snapshot = db.session.scalar(query) or {}
    return str(snapshot.get("body") or "")


def text_of(part: str, text_id: int) -> Solution | Comment:
    """The solution or comment that an event names."""
    if part == "solution":
        return db.session.get_one(Solution, text_id)
    return db.session.get_one(Comment, text_id)


def _without(people: dict[int, User], others: Iterable[int]) -> dict[int, User]:
    return {user_id: user for user_id, user in people.items() if user_id not in others}
