"""What was thrown away is forgotten after a month; that it was sent is remembered for ever."""

from datetime import timedelta

from sqlalchemy import update

from portal.core import clock
from portal.core.jobs import job
from portal.core.unit_of_work import transaction
from portal.drafts.models import Draft
from portal.extensions import db

KEPT = timedelta(days=30)


@job("old drafts", every_minutes=12 * 60)
def forget_discarded() -> None:
    """Empty the drafts that nobody has brought back."""
    with transaction():
        db.session.execute(
            update(Draft)
            .where(Draft.ended_at < clock.now() - KEPT, Draft.sent_ref.is_(None),
                   Draft.digest != "")
            .values(fields={}, title="", digest="")
        )
