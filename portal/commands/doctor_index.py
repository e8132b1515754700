"""What `portal doctor` says of the search index, and what it advises."""

from datetime import timedelta

from flask import current_app

from portal.search import comparing
from portal.search.comparing import Health

# What waits longer to be indexed has nobody who works on it.
LONG_WAIT = timedelta(minutes=10)


def in_words(health: Health, *, thorough: bool = False) -> str:
    """Which engine, how much of how much, and since when something waits."""
    status = health.status
    parts = [f"{status.kind}, {status.documents} of {health.total} documents, "
             f"{status.size_bytes // 1024} KB"]
    if status.version:
        parts.append(f"version {status.version}")
    if status.built:
        parts.append(f"rebuilt {status.built:%Y-%m-%d %H:%M} UTC")
    parts.append(f"{health.waiting} waiting{_since(health.oldest)}")
    if difference := comparing.summary(health.differences):
        parts.append(difference)
    elif thorough and health.status.healthy:
        parts.append("the same word by word")
    if not status.detail.startswith("ok"):
        parts.append(status.detail)
    return ", ".join(parts)


def _since(age: timedelta | None) -> str:
    if age is None:
        return ""
    minutes = int(age.total_seconds()) // 60
    return f" (oldest {minutes} min)" if minutes < 120 else f" (oldest {minutes // 60} h)"


def remedy(health: Health, *, thorough: bool = False) -> str | None:
    """What to do. Saving goes on in every case, and what was saved is found later."""
    status = health.status
    if status.detail.startswith("unwritable"):
        folder = current_app.extensions["settings"].index
        where = f"{folder} writable" if status.kind == "whoosh" else "the database writable"
        return f"free some space, or make {where}; the index then catches up by itself"
    if not status.healthy:
        # An index that still counts its documents is damaged where only some questions meet it.
        when = "an hour" if status.documents else "a minute"
        return f"portal reindex (a running portal does it by itself within {when})"
    if not status.current:
        return ("portal reindex (a running portal does it by itself; "
                "the old index answers meanwhile)")
    if health.oldest and health.oldest > LONG_WAIT:
        return "start `portal serve` or `portal worker`; if one runs, see its log"
    if health.differences.all:
        # The thorough comparison asks for what differs as soon as it has told.
        return ("nothing (a running portal now writes it anew), or portal reindex" if thorough else
                "portal reindex (a running portal compares and mends every hour)")
    return None
