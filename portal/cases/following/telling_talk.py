"""Who is told of solutions and comments under a case."""

from portal.cases.events import (
    CommentAdded,
    ContributionEdited,
    SolutionAccepted,
    SolutionProposed,
)
from portal.cases.following import kinds, mentions, queries, targets
from portal.cases.following.telling import told
from portal.cases.models import Comment, Solution
from portal.cases.rules import PRIVATE
from portal.core import clock
from portal.extensions import db
from portal.reminders import actions as reminders

# What somebody has heard of who then answers or comments there.
HEARD = tuple(kind.name for kind in (
    kinds.MENTIONED, kinds.COMMENTED, kinds.NEW_COMMENT, kinds.NEW_SOLUTION, kinds.NEW_CASE,
    kinds.CHANGED,
))


def of_solution(event: SolutionProposed) -> None:
    """An answer: who asked and who was asked, whom it mentions, who follows the case."""
    text = db.session.get_one(Solution, event.solution_id)
    done = (*HEARD, kinds.ASKED.name)
    subject, now = f"case:{event.case_id}", clock.now()
    reminders.settle(subject, now, kinds=done, person_id=event.actor_id)
    if not _is_there(text):
        return
    case, key = text.case, f"solution:{text.id}"
    waiting = {case.owner_id, case.asked_id or case.owner_id}
    told(waiting, kinds.ANSWERED, case, key, event.actor_id, f"solution-{text.id}")
    called = set(mentions.people_called(text.body)) - waiting
    told(called, kinds.MENTIONED, case, f"mention:{key}", event.actor_id, f"solution-{text.id}")
    others = queries.following(case, [targets.of_case(case)]) - waiting - called
    told(others, kinds.NEW_SOLUTION, case, key, event.actor_id, f"solution-{text.id}")


def of_acceptance(event: SolutionAccepted) -> None:
    """The problem is solved: who wrote the answer, and who follows the case or its subjects."""
    text = db.session.get_one(Solution, event.solution_id)
    case = text.case
    if case.accepted_id != text.id or case.confidence in PRIVATE:
        return
    reminders.settle(targets.of_case(case), clock.now(),
                     kinds=(kinds.ASKED.name, kinds.ANSWERED.name))
    anchor = f"solution-{text.id}"
    told({text.author_id}, kinds.ACCEPTED, case, f"accepted:{text.id}", event.actor_id, anchor)
    # Who searched for it and follows it is told once: by whichever sentence comes first.
    others = queries.followers_of(case) - {text.author_id}
    told(others, kinds.SOLVED, case, f"found:{case.id}", event.actor_id, anchor)


def of_comment(event: CommentAdded) -> None:
    """A remark: whom it mentions, whose case it is, who talks there, who follows the case."""
    text = db.session.get_one(Comment, event.comment_id)
    reminders.settle(f"case:{event.case_id}", clock.now(), kinds=HEARD,
                     person_id=event.actor_id)
    if not _is_there(text):
        return
    case, key, anchor = text.case, f"comment:{text.id}", f"comment-{text.id}"
    called = set(mentions.people_called(text.body))
    told(called, kinds.MENTIONED, case, f"mention:{key}", event.actor_id, anchor)
    talking = queries.talking_in(case) - queries.stopped(case) - called
    told(talking, kinds.COMMENTED, case, key, event.actor_id, anchor)
    others = queries.following(case, [targets.of_case(case)]) - talking - called
    told(others, kinds.NEW_COMMENT, case, key, event.actor_id, anchor)


def of_new_wording(event: ContributionEdited) -> None:
    """A changed solution or comment: only whom it did not mention before."""
    text = mentions.text_of(event.part, event.text_id)
    if not _is_there(text):
        return
    part = f"{event.part}:{event.text_id}"
    called = set(mentions.newly_called(text.body, event.case_id, part, event.revision))
    told(called, kinds.MENTIONED, text.case, f"mention:{part}", event.actor_id,
         part.replace(":", "-"))


def _is_there(text: Solution | Comment) -> bool:
    """Whether it still stands where others read it."""
    return text.withdrawn_at is None and text.case.confidence not in PRIVATE
