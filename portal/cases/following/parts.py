"""What the page of a case shows of following: whether one follows it, keeps it, is reminded."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import literal, select

from portal.cases.following import looking_again, targets
from portal.cases.following.models import Bookmark, Follow
from portal.cases.following.offers import Offer
from portal.cases.models import Case
from portal.core import clock
from portal.core.i18n import current_language
from portal.extensions import db
from portal.lists.queries import vocabulary
from portal.people.rules import Actor

KEPT = "bookmark"


def follow_part(actor: Actor, case: Case) -> Mapping[str, Any]:
    """The case itself and its subjects with what one follows of them; bookmark and reminders."""
    wanted = targets.around(case)
    followed = select(Follow.target).where(
        Follow.person_id == actor.id, Follow.target.in_(wanted), Follow.ended_at.is_(None)
    )
    kept = select(literal(KEPT)).where(
        Bookmark.person_id == actor.id, Bookmark.case_id == case.id
    )
    mine = set(db.session.scalars(followed.union_all(kept)))
    names = _names(case)
    return {
        "follow_case": Offer(wanted[0], case.title, wanted[0] in mine),
        "follow_subjects": [Offer(each, names[each], each in mine)
                            for each in wanted[1:] if each in names],
        "bookmarked": KEPT in mine,
        "case_reminders": looking_again.reminders_about(actor, case.id),
        "reminder_proposed": looking_again.proposed(clock.now()),
    }


def _names(case: Case) -> dict[str, str]:
    """What is on the page anyway, so that naming it asks the database nothing."""
    names = {f"tag:{tag.id}": tag.label_zh for tag in case.tags}
    for field in targets.FIELDS:
        entry = vocabulary()[field].get(getattr(case, field) or "")
        if entry is not None:
            names[f"{field}:{entry.code}"] = entry.label(current_language())
    return names
