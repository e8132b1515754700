"""What following makes of other rooms' facts, in their transaction."""

from portal.cases.events import CaseRecorded, CommentAdded, SolutionProposed
from portal.cases.following import actions, targets
from portal.cases.models import Case, Comment, Solution
from portal.extensions import db
from portal.lists.events import TagsMerged


def follow_own_case(event: CaseRecorded) -> None:
    """Who records something wants to hear what comes of it."""
    case = db.session.get_one(Case, event.case_id)
    actions.follow_by_itself(event.actor_id, targets.of_case(case), case.updated_at)


def follow_answered_case(event: SolutionProposed) -> None:
    """Who answers wants to hear what others say to it."""
    text = db.session.get_one(Solution, event.solution_id)
    actions.follow_by_itself(event.actor_id, f"case:{event.case_id}", text.created_at)


def follow_discussed_case(event: CommentAdded) -> None:
    """Who takes part in a discussion wants to hear how it goes on."""
    text = db.session.get_one(Comment, event.comment_id)
    actions.follow_by_itself(event.actor_id, f"case:{event.case_id}", text.created_at)


def move_followed_tag(event: TagsMerged) -> None:
    """Who followed the merged tag follows the kept one."""
    actions.move(f"tag:{event.merged_id}", f"tag:{event.kept_id}")
