"""Who is told of a new case, a changed one, and a question: each of them one thing once.

A mention wins over what one takes part in, and that over what one follows. Who may not read the
case when it is told is left out by `notify`, and so is whoever did it.
"""

from portal.cases.events import CaseAsked, CaseEdited, CaseRecorded
from portal.cases.following import kinds, mentions, queries, targets
from portal.cases.models import Case, Revision
from portal.cases.rules import LIVE
from portal.core import clock
from portal.extensions import db
from portal.reminders import actions as reminders
from portal.reminders.kinds import Kind


def told(
    people: set[int], kind: Kind, case: Case, key: str, actor_id: int, anchor: str = ""
) -> None:
    """Tell these people, if there are any."""
    if people:
        reminders.notify(
            people, kind.name, targets.of_case(case), clock.now(), key=key, actor_id=actor_id,
            detail={"anchor": anchor} if anchor else None,
        )


def of_case(event: CaseRecorded) -> None:
    """A case is published: who is asked, whom it mentions, and who follows its subjects."""
    case = db.session.get_one(Case, event.case_id)
    if case.confidence not in LIVE:
        return
    asked = {case.asked_id} if case.asked_id else set()
    told(asked, kinds.ASKED, case, f"asked:{case.id}", event.actor_id)
    called = set(mentions.people_called(case.body)) - asked
    told(called, kinds.MENTIONED, case, f"mention:case:{case.id}", event.actor_id)
    if not case.urgent:
        # A difficulty alert tells the same people by itself, and sooner.
        others = queries.followers_of(case) - asked - called
        told(others, kinds.NEW_CASE, case, f"case:{case.id}", event.actor_id)


def of_edit(event: CaseEdited) -> None:
    """A published case changed: whom it mentions now, and once a day who follows it."""
    case = db.session.get_one(Case, event.case_id)
    if case.confidence not in LIVE:
        return
    before = _snapshot(event.case_id, event.revision - 1)
    if before is None or before.get("draft"):
        # It was published by this edit, which is told as a new case.
        return
    called = set(mentions.newly_called(case.body, case.id, "case", event.revision))
    told(called, kinds.MENTIONED, case, f"mention:case:{case.id}", event.actor_id)
    others = queries.following(case, [targets.of_case(case)]) - called
    day = clock.local_day(case.updated_at).isoformat()
    told(others, kinds.CHANGED, case, f"edited:{case.id}:{day}", event.actor_id)


def of_question(event: CaseAsked) -> None:
    """Somebody's answer is waited for; that of a draft only once it is published."""
    case = db.session.get_one(Case, event.case_id)
    if case.confidence in LIVE and case.asked_id == event.asked_id:
        told({event.asked_id}, kinds.ASKED, case, f"asked:{case.id}", event.actor_id)


def _snapshot(case_id: int, number: int) -> dict[str, object] | None:
    query = db.select(Revision.snapshot).where(
        Revision.case_id == case_id, Revision.part == "case", Revision.number == number
    )
    found: dict[str, object] | None = db.session.scalar(query)
    return found
