"""Writing down what happened with a customer."""

from datetime import datetime
from typing import Any

from portal.core.text import block, line
from portal.customers.models import TimelineEntry
from portal.extensions import db


def note(
    customer_id: int, kind: str, actor_id: int | None, now: datetime, *,
    lead_id: int | None = None, at: datetime | None = None, subject: str = "", text: str = "",
    reason: str = "", corrects_id: int | None = None, **detail: Any,
) -> TimelineEntry:
    """Append an entry. `at` is when it happened, when that is not now; `detail` holds plain values
    for the words of its kind."""
    entry = TimelineEntry(
        customer_id=customer_id, lead_id=lead_id, kind=kind, at=at or now, recorded_at=now,
        actor_id=actor_id, subject=subject, text=block(text), reason=line(reason)[:500],
        corrects_id=corrects_id, detail=detail,
    )
    db.session.add(entry)
    return entry
