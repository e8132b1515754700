"""Where an import stands, whatever it brings in."""

from typing import Protocol, TypeVar


class Work(Protocol):
    """A piece of long work, such as a task."""

    @property
    def is_finished(self) -> bool: ...
    @property
    def status(self) -> str: ...


Asked = TypeVar("Asked", bound=Work, covariant=True)


class Steps(Protocol[Asked]):
    """The long work of an import, as far as it was asked for."""

    @property
    def rehearsal(self) -> Asked | None: ...
    @property
    def commit_task(self) -> Asked | None: ...
    @property
    def revert(self) -> Asked | None: ...


def stage_of(found: Steps[Work]) -> str:
    """One of: columns, rehearsing, stopped, rehearsed, committing, committed, reverting,
    reverted."""
    if found.revert is not None:
        return "reverted" if found.revert.is_finished else "reverting"
    if found.commit_task is not None:
        return "committed" if found.commit_task.is_finished else "committing"
    if found.rehearsal is None:
        return "columns"
    if not found.rehearsal.is_finished:
        return "rehearsing"
    return "rehearsed" if found.rehearsal.status == "done" else "stopped"


def task_of(found: Steps[Asked]) -> Asked | None:
    """The work that was asked for last."""
    return found.revert or found.commit_task or found.rehearsal
