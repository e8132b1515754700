"""Finding the colleague that a typed name means."""

import re
from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.core import pinyin
from portal.core.text import folded
from portal.extensions import db
from portal.people.models import User

MOST = 8
# Asked of somebody's id, role and team.
Fits = Callable[[Any], bool]


def called(text: str) -> list[User]:
    """The active people of exactly this name or login, however it is spelled."""
    wanted = folded(text)
    return _people(lambda row: wanted in (folded(row.name), row.login))


def resembling(text: str, may_be: Fits, limit: int = MOST) -> list[User]:
    """Active people whose name holds the text or sounds like it, for a choice among those who may
    be meant."""
    wanted = folded(text)
    if not wanted:
        return []
    sounds = sounds_like(wanted)
    return _people(lambda row: may_be(row) and (
        wanted in folded(row.name) or bool(sounds and sounds.search(row.name))
    ))[:limit]


def _people(fits: Fits) -> list[User]:
    """Compared here: databases know neither width nor sound, and a department has few people."""
    rows = db.session.execute(
        select(User.id, User.name, User.login, User.role, User.team_id)
        .where(User.deactivated_at.is_(None))
    )
    ids = [row.id for row in rows if fits(row)]
    query = select(User).options(joinedload(User.team)).where(User.id.in_(ids))
    return list(db.session.scalars(query.order_by(User.name, User.id))) if ids else []


def sounds_like(word: str) -> re.Pattern[str] | None:
    """Names that begin like this pinyin: `chenfang`, `chen fang` or `cf`; `ch` is a beginning."""
    spelled = word.replace(" ", "'")
    ways = [*pinyin.syllables(spelled), pinyin.initials(spelled)]
    if word in ("ch", "sh", "zh"):
        ways.append((pinyin.Sound(word, whole=False),))
    patterns = [pinyin.pattern_of(sounds) for sounds in ways if sounds]
    return re.compile("|".join(f"^(?:{pattern})" for pattern in patterns)) if patterns else None
