"""Who else thousands of customers could be: one pass over all keys instead of many questions."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import select

from portal.customers.identity.alike import LEAST, likeness
from portal.customers.identity.comparing import is_telling
from portal.customers.identity.content import Identity, Match
from portal.customers.identity.finding import LIMIT, judge, related, surest
from portal.customers.identity.held import Held, keys_of, sound_of
from portal.customers.identity.rules import BLOCK, NAME, PHONE, SUGGEST, bare_number
from portal.customers.identity.words import stems
from portal.customers.models import IdentityKey
from portal.extensions import db

AT_ONCE = 5_000
# Longer names are no typing error of each other.
LONGEST_MISTYPED = 24
# One key of one of the identities: whose, and which.
Asked = tuple[int, Held]


class Index:
    """The keys that are asked about, by everything a stored key may share with them."""

    def __init__(self, keys: Sequence[Sequence[Held]]) -> None:
        self.values: dict[tuple[str, str], list[Asked]] = defaultdict(list)
        self.beginnings: dict[str, list[Asked]] = defaultdict(list)
        self.sounds: dict[str, list[Asked]] = defaultdict(list)
        self.mistyped: dict[str, list[Asked]] = defaultdict(list)
        for number, own in enumerate(keys):
            for key in own:
                self._add((number, key), key)

    def _add(self, asked: Asked, key: Held) -> None:
        for value in related(key):
            self.values[key.kind, value].append(asked)
        if key.kind != NAME:
            return
        if is_telling(key.value):
            self.beginnings[key.value].append(asked)
        self.sounds[sound_of(key.value)].append(asked)
        for shorter in _mistyped(key.value):
            self.mistyped[shorter].append(asked)

    def certain(self, kind: str, value: str) -> Iterable[Asked]:
        """Those that a stored key may block or warn."""
        yield from self.values.get((kind, value), ())
        if kind == PHONE and bare_number(value) != value:
            yield from self.values.get((kind, bare_number(value)), ())
        if kind == NAME:
            for stem in stems(value)[1:]:
                yield from self.beginnings.get(stem, ())

    def alike(self, value: str, sound: str) -> Iterator[tuple[Asked, bool]]:
        """Those that sound like a stored name, or differ from it by one sign."""
        for asked in self.sounds.get(sound, ()):
            yield asked, True
        for shorter in _mistyped(value):
            for asked in self.mistyped.get(shorter, ()):
                yield asked, False


def matches_of_many(identities: Sequence[Identity]) -> list[list[Match]]:
    """The matches of each, in the same order; spelled alike is what differs by one sign or sounds
    the same."""
    keys = [keys_of(identity) for identity in identities]
    index = Index(keys)
    certain: list[list[Match]] = [[] for _ in keys]
    alike: list[dict[Match, float]] = [{} for _ in keys]
    rows = select(IdentityKey.kind, IdentityKey.value, IdentityKey.region, IdentityKey.branch,
                  IdentityKey.customer_id, IdentityKey.sound)
    for row in db.session.execute(rows.execution_options(yield_per=AT_ONCE)):
        kind, value, region, branch, customer_id, sound = row
        for number, key in index.certain(kind, value):
            match = judge(key, row)
            if match is not None:
                certain[number].append(match)
        if kind == NAME:
            for (number, key), sounds_equal in index.alike(value, sound):
                told = likeness(key.value, value, sounds_equal=sounds_equal)
                if told >= LEAST and key.value != value:
                    match = Match(customer_id, NAME, SUGGEST, value)
                    alike[number][match] = max(told, alike[number].get(match, 0.0))
    return [surest([*own, *sorted(near, key=near.__getitem__, reverse=True)])[:LIMIT]
            for own, near in zip(certain, alike, strict=True)]


def same_before(identities: Sequence[Identity]) -> list[int | None]:
    """Of each the number of an earlier one that is the same company, if there is one."""
    seen: dict[tuple[str, str], list[Asked]] = defaultdict(list)
    found: list[int | None] = []
    for number, identity in enumerate(identities):
        keys = keys_of(identity)
        same = [earlier for key in keys for earlier, other in seen[key.kind, key.value]
                if (match := judge(key, other)) is not None and match.verdict == BLOCK]
        found.append(min(same, default=None))
        for key in keys:
            seen[key.kind, key.value].append((number, key))
    return found


def _mistyped(core: str) -> set[str]:
    """The core, and the core without each one of its signs."""
    if len(core) > LONGEST_MISTYPED:
        return {core}
    return {core, *(core[:at] + core[at + 1:] for at in range(len(core)))}
