"""Taking one case into another in one step, and bringing the two apart again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from portal.cases.actions.cases import StaleEdit, edit_case, hold_all, keep_revision
from portal.cases.actions.counting import count_outcomes, count_reuses
from portal.cases.actions.talk import count
from portal.cases.content import CaseContent
from portal.cases.events import CasesMerged, MergeUndone
from portal.cases.merging import moving, queries, rules
from portal.cases.merging.models import Merge
from portal.cases.merging.words import OBSTACLES
from portal.cases.models import Case, Solution
from portal.cases.rules import MOST_TAGS
from portal.core import audit
from portal.core.errors import Refused
from portal.core.events import publish
from portal.core.i18n import lazy_gettext as _l
from portal.extensions import db
from portal.people.rules import Actor
from portal.search.outbox import enqueue


@dataclass(frozen=True)
class Wanted:
    """How the kept case shall read, and on which revisions of both that was decided."""

    title: str
    body: str
    kept_base: int
    gone_base: int


def merge_cases(
    actor: Actor, gone: Case, kept: Case, wanted: Wanted, now: datetime
) -> Merge:
    """`gone` goes into `kept` with everything under it; its own text stays readable.

    Raises `Refused` when the two may not be merged, `StaleEdit` when one of them was saved since
    the comparison was opened. Publishes `CasesMerged`.
    """
    hold_all((gone, kept))
    found = rules.obstacle(*queries.sides(actor, gone, kept))
    if found:
        raise Refused(OBSTACLES[found])
    for case, base in ((kept, wanted.kept_base), (gone, wanted.gone_base)):
        if case.revision != base:
            raise StaleEdit(case.revision)
    before = _standing(gone, kept)
    _bring_over(actor, gone, kept, wanted, now)
    moved = moving.move(gone, kept)
    db.session.expire_all()
    _settle(gone, kept)
    merge = Merge(case_id=gone.id, into_id=kept.id, merged_by_id=actor.id, merged_at=now,
                  moved={**moved, **before}, edited_revision=kept.revision)
    db.session.add(merge)
    _recount(gone, kept)
    audit.record(actor.id, "case.merged", f"case:{gone.id}", now, into=kept.id,
                 moved={name: len(ids) for name, ids in moved.items() if ids})
    publish(CasesMerged(merge.id, gone.id, kept.id, actor.id))
    return merge


def undo_merge(actor: Actor, merge: Merge, now: datetime) -> None:
    """The two are apart again: what moved goes back as far as it is still there, what was added
    afterwards stays; so does what was reworded since for fewer. Raises `Refused` after 30 days.
    """
    gone, kept = merge.case, merge.into
    hold_all((gone, kept))
    db.session.refresh(merge, with_for_update=True)
    _refuse_undo(merge, now)
    take_apart(actor, merge, now)


def take_apart(actor: Actor, merge: Merge, now: datetime) -> None:
    """The same, however long ago it was. Publishes `MergeUndone`."""
    gone, kept = merge.case, merge.into
    moved: dict[str, Any] = merge.moved
    # An accepted solution cannot be that of a case which does not have it.
    kept_accepted = kept.accepted_id
    if kept_accepted in moved["solutions"]:
        kept.accepted_id = None
    db.session.flush()
    since = merge.merged_at if _opens(gone, kept) else None
    moving.move_back(moving.returning(moved, kept, since), gone, kept)
    db.session.expire_all()
    gone.merged_into_id, gone.confidence = None, moved["confidence"]
    gone.confidence_before = moved["confidence_before"]
    gone.accepted_id = _still_there(moved["accepted"], gone)
    _take_back(actor, merge, now)
    merge.undone_at, merge.undone_by_id = now, actor.id
    _recount(gone, kept)
    audit.record(actor.id, "case.merge_undone", f"case:{gone.id}", now, into=kept.id)
    publish(MergeUndone(merge.id, gone.id, kept.id, actor.id))


def _opens(gone: Case, kept: Case) -> bool:
    """Whether some will read the case that returns who do not read the one that was kept."""
    return gone.audience != kept.audience or (
        gone.audience == "team" and gone.team_id != kept.team_id)


def _standing(gone: Case, kept: Case) -> dict[str, Any]:
    """How both stood, for the way back."""
    return {
        "confidence": gone.confidence, "confidence_before": gone.confidence_before,
        "accepted": gone.accepted_id, "content": kept.content.as_json(),
    }


def _bring_over(
    actor: Actor, gone: Case, kept: Case, wanted: Wanted, now: datetime
) -> None:
    """The kept case as it shall read, with the tags of both, as a revision of its own."""
    content = replace(kept.content, title=wanted.title, body=wanted.body,
                      tags=united(kept.content.tags, gone.content.tags))
    note = str(_l("Took in “%(title)s”", title=gone.title))
    _save(actor, kept, content, note, now)


def united(kept: Sequence[str], gone: Sequence[str]) -> tuple[str, ...]:
    """The tags of both, as far as one case may have so many; its own come first."""
    return (*kept, *(tag for tag in gone if tag not in kept))[: max(MOST_TAGS, len(kept))]


def _save(actor: Actor, case: Case, content: CaseContent, note: str, now: datetime) -> None:
    """A new revision, even where no word differs: the history tells what happened."""
    if not edit_case(actor, case, content, case.revision, note, now):
        case.revision += 1
        keep_revision(case, actor.id, note, now)
    db.session.flush()


def _settle(gone: Case, kept: Case) -> None:
    """The merged case leaves lists and results; what it had accepted stays accepted, unless the
    kept one has its own."""
    gone.merged_into_id = kept.id
    gone.confidence_before, gone.confidence = gone.confidence, "archived"
    accepted = gone.accepted_id
    gone.accepted_id = None
    if kept.accepted_id is None and accepted is not None and kept.kind == "problem":
        kept.accepted_id = accepted
    db.session.flush()


def _take_back(actor: Actor, merge: Merge, now: datetime) -> None:
    """The kept case reads as before, unless somebody wrote on since: then only the tags that the
    merge brought go."""
    kept, before = merge.into, CaseContent.from_json(merge.moved["content"])
    db.session.flush()
    if kept.revision == merge.edited_revision:
        content = replace(before, audience=kept.audience)
    else:
        brought = {*merge.case.content.tags} - {*before.tags}
        tags = tuple(tag for tag in kept.content.tags if tag not in brought)
        content = replace(kept.content, tags=tags)
    note = str(_l("Merge undone: “%(title)s” stands for itself again", title=merge.case.title))
    _save(actor, kept, content, note, now)


def _still_there(solution_id: int | None, case: Case) -> int | None:
    query = select(Solution.id).where(
        Solution.id == (solution_id or 0), Solution.case_id == case.id,
        Solution.withdrawn_at.is_(None),
    )
    return db.session.scalar(query)


def _refuse_undo(merge: Merge, now: datetime) -> None:
    if merge.undone_at is not None:
        raise Refused(_l("This merge was undone already."))
    if merge.into.merged_into_id is not None:
        raise Refused(_l("The kept case was itself merged since. Undo that merge first."))
    if not rules.may_be_undone(merge.merged_at, False, now):
        raise Refused(_l("A merge can be undone for 30 days; these have passed. The text of the "
                         "merged case stays readable."))


def _recount(gone: Case, kept: Case) -> None:
    for case in (gone, kept):
        db.session.flush()
        db.session.expire(case, ["accepted"])
        count(case)
        count_reuses(case)
        count_outcomes(case)
    enqueue(case.search_ref for case in (gone, kept))
