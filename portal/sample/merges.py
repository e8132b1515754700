"""Takes cases of others out of sample cases before those go."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from portal.cases.merging.actions import take_apart
from portal.cases.merging.models import Merge
from portal.core.events import long_ago
from portal.extensions import db
from portal.people.queries import actor_for


def undo(cases: Collection[int], now: datetime) -> None:
    """What was merged into these cases stands for itself again, however long ago it was: what
    others wrote under it must not go with the sample."""
    query = select(Merge).where(
        Merge.into_id.in_(cases), Merge.case_id.not_in(cases), Merge.undone_at.is_(None)
    )
    with long_ago():
        for merge in db.session.scalars(query.order_by(Merge.id.desc())).all():
            if merge.into.merged_into_id is None:
                take_apart(actor_for(merge.case.owner), merge, now)
