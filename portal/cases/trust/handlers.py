"""What happens to trust, in the same transaction, when a case is edited or merged."""

from sqlalchemy import select

from portal.cases.events import CaseEdited, CasesMerged, MergeUndone
from portal.cases.merging.models import Merge
from portal.cases.models import Case, Revision
from portal.cases.trust.actions.flagging import merged_flags, unmerged_flags
from portal.cases.trust.actions.verifying import facts_changed, lasting_confidence
from portal.cases.trust.rules import changed_hard_facts
from portal.core import clock
from portal.extensions import db


def look_at_facts(event: CaseEdited) -> None:
    """New numbers by the owner end a validation: nobody else has read them. Whoever else edits
    a case leads its owner, and vouches by that; a changed text alone is only told of."""
    case = db.session.get_one(Case, event.case_id)
    if lasting_confidence(case) != "validated" or case.owner_id != event.actor_id:
        return
    two = db.session.scalars(
        select(Revision.snapshot).where(
            Revision.case_id == case.id, Revision.part == "case",
            Revision.number.in_((event.revision - 1, event.revision)),
        ).order_by(Revision.number)
    ).all()
    changed = changed_hard_facts(*two) if len(two) == 2 else ()
    if changed:
        facts_changed(event.actor_id, case, changed, clock.now())


def settle_flags(event: CasesMerged) -> None:
    """The case went into another one: its flags are answered by that."""
    case = db.session.get_one(Case, event.case_id)
    merged_flags(case, event.actor_id, clock.now())


def flag_again(event: MergeUndone) -> None:
    """A case of its own, as it was before: so are its flags."""
    merge = db.session.get_one(Merge, event.merge_id)
    unmerged_flags(merge.case, merge.merged_at, event.actor_id)
