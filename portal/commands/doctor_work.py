"""What `portal doctor` says of messages that leave the portal and of long work."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from flask import current_app
from sqlalchemy import func, select

from portal.config import Settings
from portal.core import clock
from portal.extensions import db
from portal.reminders.models import Dispatch
from portal.reminders.queries import gateways
from portal.tasks.models import Task

# Failures that are older were seen, or concern nobody any more.
RECENT = timedelta(days=7)
# Long work begins within seconds where anybody does it.
PATIENCE = timedelta(minutes=10)


@dataclass(frozen=True)
class Finding:
    """What was looked at, and what to do when it is not in order."""

    what: str
    detail: str
    remedy: str | None = None


def channels() -> Iterator[Finding]:
    """Services that refuse messages, and links that would lead nowhere."""
    used = sorted(medium for medium, gateway in gateways().items() if gateway.active)
    if not used:
        yield Finding("message channels", "none set up: everything stays in the portal")
        return
    now = clock.now()
    failed = _count(Dispatch.outcome == "failed", Dispatch.ended_at > now - RECENT)
    retried = _count(Dispatch.ended_at.is_(None), Dispatch.attempts > 0)
    yield Finding(
        "message channels",
        f"{', '.join(used)}; {failed} messages given up in 7 days, {retried} tried again",
        "Manage → Messages tells why; send a test message there" if failed or retried else None,
    )
    settings: Settings = current_app.extensions["settings"]
    yield Finding("address in messages", settings.public_address,
                  None if settings.address else "set PORTAL_ADDRESS to where people open it")


def long_work() -> Iterator[Finding]:
    """Imports and exports: whether anybody does them, and where their files lie."""
    late = clock.now() - PATIENCE
    waiting = db.session.scalar(
        select(func.count()).select_from(Task)
        .where(Task.status == "waiting", Task.created_at < late)
    )
    yield Finding("long work", f"{waiting} waiting for more than 10 minutes",
                  "start `portal worker`, or see the server's log" if waiting else None)
    folder = current_app.extensions["settings"].transfers
    usable = not folder.exists() or os.access(folder, os.W_OK)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    yield Finding("imports and exports", f"{folder}, {size // 1024**2} MB",
                  None if usable else "make the folder writable")


def _count(*conditions: object) -> int:
    query = select(func.count()).select_from(Dispatch).where(*conditions)  # type: ignore[arg-type]
    return db.session.scalar(query) or 0
