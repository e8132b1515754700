"""The timeline only grows: whatever the rooms try, an entry is neither changed nor deleted."""

from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session

from portal.customers.models import TimelineEntry


class TimelineChangedError(RuntimeError):
    """Something tried to change or delete an entry of the timeline: a defect; what was wrong is
    corrected by a new entry."""


@event.listens_for(Session, "before_flush")
def _refuse_changes(session: Session, context: Any, instances: Any) -> None:
    changed = [row for row in session.dirty
               if isinstance(row, TimelineEntry) and session.is_modified(row)]
    deleted = [row for row in session.deleted if isinstance(row, TimelineEntry)]
    if changed or deleted:
        raise TimelineChangedError(f"the timeline only grows: {changed or deleted!r}")


@event.listens_for(Session, "do_orm_execute")
def _refuse_statements(state: ORMExecuteState) -> None:
    """A statement that changes many rows passes by single ones."""
    if (state.is_update or state.is_delete) and state.bind_mapper is not None \
            and state.bind_mapper.class_ is TimelineEntry:
        raise TimelineChangedError("the timeline only grows: nothing there is changed at once")
