"""Tells whose cases were merged, or stand for themselves again."""

from portal.cases.events import CasesMerged, MergeUndone
from portal.cases.models import Case
from portal.core import clock
from portal.core.i18n import lazy_gettext as _l
from portal.extensions import db
from portal.reminders.actions import notify, settle
from portal.reminders.kinds import Kind

KINDS = (
    Kind("merge.merged", "upkeep",
         lambda who, title: _l("%(who)s merged a case into “%(title)s”.", who=who, title=title),
         _l("Look at it"), "arrow-merge"),
    Kind("merge.undone", "upkeep",
         lambda who, title: _l("%(who)s took a merge apart: “%(title)s” stands for itself again.",
                               who=who, title=title),
         _l("Look at it"), "arrow-back-up"),
)


def tell_merged(event: CasesMerged) -> None:
    """Both owners hear of it, each once, and are led to the kept case."""
    gone, kept = _both(event)
    # What waited for an answer there waits at the kept case.
    settle(f"case:{gone.id}", clock.now())
    notify({gone.owner_id, kept.owner_id}, "merge.merged", f"case:{kept.id}", clock.now(),
           key=f"merge:{event.merge_id}", actor_id=event.actor_id,
           detail={"case": gone.id})


def tell_undone(event: MergeUndone) -> None:
    gone, kept = _both(event)
    settle(f"case:{kept.id}", clock.now(), kinds=("merge.merged",))
    notify({gone.owner_id, kept.owner_id}, "merge.undone", f"case:{gone.id}", clock.now(),
           key=f"merge-undone:{event.merge_id}", actor_id=event.actor_id,
           detail={"case": kept.id})


def _both(event: CasesMerged | MergeUndone) -> tuple[Case, Case]:
    return db.session.get_one(Case, event.case_id), db.session.get_one(Case, event.into_id)
