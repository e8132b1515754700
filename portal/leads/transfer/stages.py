"""Where an import of leads stands."""

from portal.leads.transfer import rules
from portal.leads.transfer.models import LeadImport
from portal.tasks.models import Task


def stage_of(found: LeadImport) -> str:
    """One of: columns, rehearsing, stopped, rehearsed, committing, committed, reverting,
    reverted."""
    rehearsal, commit, revert = found.rehearsal, found.commit_task, found.revert
    return rules.stage_of(
        None if rehearsal is None else (rehearsal.is_finished, rehearsal.status == "done"),
        None if commit is None else commit.is_finished,
        None if revert is None else revert.is_finished,
    )


def task_of(found: LeadImport) -> Task | None:
    """The work that was asked for last."""
    return found.revert or found.commit_task or found.rehearsal
