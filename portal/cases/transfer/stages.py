"""Where an import stands."""

from portal.cases.transfer.models import CaseImport
from portal.tasks.models import Task


def stage_of(found: CaseImport) -> str:
    """One of: columns, rehearsing, stopped, rehearsed, committing, committed, reverting,
    reverted."""
    if found.revert is not None:
        return "reverted" if found.revert.is_finished else "reverting"
    if found.commit_task is not None:
        return "committed" if found.commit_task.is_finished else "committing"
    if found.rehearsal is not None:
        if not found.rehearsal.is_finished:
            return "rehearsing"
        return "rehearsed" if found.rehearsal.status == "done" else "stopped"
    return "columns"


def task_of(found: CaseImport) -> Task | None:
    """The work that was asked for last."""
    return found.revert or found.commit_task or found.rehearsal
