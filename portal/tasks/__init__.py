"""Long work: rows that say how far it is, done in the background, cancelled and found again."""

from portal.tasks.kinds import Kind, Link, kind
from portal.tasks.progress import Cancelled, Progress

__all__ = ["Cancelled", "Kind", "Link", "Progress", "kind"]
