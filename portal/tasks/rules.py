"""Rules of long work on plain values."""

from datetime import datetime, timedelta

STATUSES = ("waiting", "running", "done", "failed", "cancelled")
UNFINISHED = ("waiting", "running")
# Who works on something says so every few seconds; silence this long means that it died.
BEAT_SECONDS = 5.0
DEAD_AFTER = timedelta(seconds=30)
# Work that takes its process down each time must not be begun for ever.
MOST_ATTEMPTS = 3
# Before that the pace says nothing.
ENOUGH_SECONDS = 2.0


def is_dead(beat_at: datetime | None, now: datetime) -> bool:
    """Whether nobody works on it any more, though it is said to run."""
    return beat_at is None or now - beat_at > DEAD_AFTER


def after_death(resumes: bool, attempts: int, cancelled: bool) -> str:
    """What becomes of work whose process died: begun again, or given up."""
    if cancelled:
        return "cancelled"
    return "waiting" if resumes and attempts < MOST_ATTEMPTS else "failed"


def seconds_left(done: int, total: int, passed: float) -> int | None:
    """Seconds until the end at the pace so far; None while that cannot be told."""
    if done <= 0 or total <= done or passed < ENOUGH_SECONDS:
        return None
    return max(1, round(passed * (total - done) / done))
