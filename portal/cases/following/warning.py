"""Says to who writes that somebody they mention was not told, because they may not read it."""

from flask import flash, has_request_context

from portal.cases.events import (
    CaseEdited,
    CaseRecorded,
    CommentAdded,
    ContributionEdited,
    SolutionProposed,
)
from portal.cases.following import mentions, queries
from portal.cases.models import Case, Comment, Solution
from portal.cases.rules import LIVE
from portal.core.i18n import current_language
from portal.core.i18n import gettext as _
from portal.extensions import db
from portal.people.models import User


def of_case(event: CaseRecorded) -> None:
    case = db.session.get_one(Case, event.case_id)
    _warn(case, mentions.people_called(case.body), event.actor_id)


def of_edit(event: CaseEdited) -> None:
    case = db.session.get_one(Case, event.case_id)
    called = mentions.newly_called(case.body, case.id, "case", event.revision)
    _warn(case, called, event.actor_id)


def of_solution(event: SolutionProposed) -> None:
    text = db.session.get_one(Solution, event.solution_id)
    _warn(text.case, mentions.people_called(text.body), event.actor_id)


def of_comment(event: CommentAdded) -> None:
    text = db.session.get_one(Comment, event.comment_id)
    _warn(text.case, mentions.people_called(text.body), event.actor_id)


def of_new_wording(event: ContributionEdited) -> None:
    text = mentions.text_of(event.part, event.text_id)
    part = f"{event.part}:{event.text_id}"
    called = mentions.newly_called(text.body, event.case_id, part, event.revision)
    _warn(text.case, called, event.actor_id)


def _warn(case: Case, called: dict[int, User], actor_id: int) -> None:
    """Only on a page: commands and jobs have nobody to warn. A draft tells nobody yet."""
    others = {user_id: user for user_id, user in called.items() if user_id != actor_id}
    if not others or not has_request_context() or case.confidence not in LIVE:
        return
    left = [user.name for user in others.values() if not user.is_active]
    reached = queries.readers_among(case, others)
    shut_out = [user.name for user_id, user in others.items()
                if user.is_active and user_id not in reached]
    if shut_out:
        flash(_("%(names)s cannot read this case, so nobody told them.",
                names=_listed(shut_out)), "warning")
    if left:
        flash(_("%(names)s no longer works here, so nobody told them.",
                names=_listed(left)), "warning")


def _listed(names: list[str]) -> str:
    return ("、" if current_language() == "zh" else ", ").join(names)
