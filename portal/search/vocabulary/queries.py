"""Reads of the synonym groups. There are some hundreds: they are looked through in memory."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy import select

from portal.core import pinyin
from portal.extensions import db
from portal.people.models import User
from portal.search.models import SynonymGroup
from portal.search.synonyms import plain
from portal.search.vocabulary.phrases import key_of

STATES = ("shipped", "edited", "own", "removed")


@dataclass(frozen=True)
class Group:
    """A group as the list shows it."""

    id: int
    phrases: tuple[str, ...]
    shipped_key: str | None
    changed_by: str | None
    changed_at: datetime
    is_removed: bool

    @property
    def state(self) -> str:
        """One of `STATES`."""
        if self.is_removed:
            return "removed"
        if self.shipped_key is None:
            return "own"
        return "shipped" if key_of(self.phrases) == self.shipped_key else "edited"

    @cached_property
    def plain(self) -> tuple[str, ...]:
        return tuple(plain(phrase) for phrase in self.phrases)


def groups() -> list[Group]:
    """Every group, removed ones included; what was changed last comes first."""
    query = (
        select(SynonymGroup.id, SynonymGroup.phrases, SynonymGroup.shipped_key, User.name,
               SynonymGroup.changed_at, SynonymGroup.removed_at)
        .outerjoin(User, User.id == SynonymGroup.changed_by_id)
        .order_by(SynonymGroup.changed_at.desc(), SynonymGroup.id)
    )
    return [
        Group(key, tuple(phrases), shipped_key, name, changed_at, removed_at is not None)
        for key, phrases, shipped_key, name, changed_at, removed_at in db.session.execute(query)
    ]


def counts(all_groups: Iterable[Group]) -> Mapping[str, int]:
    """How many groups there are of each state; "" counts those in force."""
    found = dict.fromkeys(("", *STATES), 0)
    for group in all_groups:
        found[group.state] += 1
        found[""] += not group.is_removed
    return found


def of_state(all_groups: Iterable[Group], state: str) -> list[Group]:
    """The groups of one state; without a state, those in force."""
    return [
        group for group in all_groups
        if (group.state == state if state else not group.is_removed)
    ]


def matching(all_groups: Sequence[Group], text: str) -> list[Group]:
    """The groups with a phrase that holds `text`, however spelled; failing that, sounds like it."""
    wanted = plain(text)
    if not wanted:
        return list(all_groups)
    literal = [group for group in all_groups if any(wanted in each for each in group.plain)]
    if literal or not wanted.replace(" ", "").isascii():
        return literal
    sounds = _sounds(wanted)
    return [
        group for group in all_groups
        if any(sound.search(phrase) for sound in sounds for phrase in group.plain)
    ]


def _sounds(wanted: str) -> list[re.Pattern[str]]:
    readings = pinyin.syllables(wanted.replace(" ", "'"))
    if initials := pinyin.initials(wanted):
        readings.append(initials)
    return [re.compile(pinyin.pattern_of(sounds)) for sounds in readings]


def shared(
    all_groups: Iterable[Group], phrases: Iterable[str], but: int | None = None
) -> dict[str, list[Group]]:
    """Which of these phrases stand in another group (not `but`) that is in force, and in which."""
    wanted = {plain(phrase): phrase for phrase in phrases}
    found: dict[str, list[Group]] = {}
    for group in all_groups:
        if group.id != but and not group.is_removed:
            for each in set(group.plain) & wanted.keys():
                found.setdefault(wanted[each], []).append(group)
    return found
