"""What the search log tells: one's own history, what many ask, and what nobody answers."""

from portal.search.log.queries.gaps import Gap, Gaps, gaps
from portal.search.log.queries.history import popular, recent

__all__ = ["Gap", "Gaps", "gaps", "popular", "recent"]
