"""How people write a question: the wording most used."""

from collections.abc import Sequence

from sqlalchemy import func, select

from portal.extensions import db
from portal.search.log.models import LoggedSearch

# Databases limit the values of one statement.
BATCH = 500


def wordings(keys: Sequence[str]) -> dict[str, str]:
    """The wording most used for each key, the latest of equals; filters are left out."""
    best: dict[str, tuple[object, str]] = {}
    for start in range(0, len(keys), BATCH):
        times, last = func.count(), func.max(LoggedSearch.searched_at)
        used = (
            select(LoggedSearch.key, LoggedSearch.text, times, last)
            .where(LoggedSearch.key.in_(keys[start : start + BATCH]),
                   LoggedSearch.narrowed.is_(False))
            .group_by(LoggedSearch.key, LoggedSearch.text)
        )
        for key, text, count, latest in db.session.execute(used):
            rank = (count, latest, text)
            if key not in best or rank > best[key][0]:  # type: ignore[operator]
                best[key] = (rank, text)
    return {key: text for key, (_, text) in best.items()}
