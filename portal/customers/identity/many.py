"""Who else thousands of customers could be: one pass over all keys instead of many questions."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import select

from portal.customers.identity.alike import LEAST, likeness_of
from portal.customers.identity.comparing import is_telling
from portal.customers.identity.content import Identity, Match
from portal.customers.identity.finding import LIMIT, judge, related, surest
from portal.customers.identity.held import Held, keys_of, sound_of
from portal.customers.identity.rules import BLOCK, NAME, PHONE, SUGGEST, bare_number
from portal.customers.identity.words import brand, stems
from portal.customers.models import IdentityKey
from portal.extensions import db

AT_ONCE = 5_000
# Longer names are no typing error of each other.
LONGEST_MISTYPED = 24
# One key of one of the identities: whose, and which.
Asked = tuple[int, Held]
# A name of one of them: whose, its core and its brand.
Spoken = tuple[int, str, str]
# So many that are spelled alike say no more than fewer.
MOST_ALIKE = 50


class Index:
    """The keys that are asked about, by everything a stored key may share with them."""

    def __init__(self, keys: Sequence[Sequence[Held]]) -> None:
        self.values: dict[tuple[str, str], list[Asked]] = defaultdict(list)
        self.beginnings: dict[str, list[Asked]] = defaultdict(list)
        self.sounds: dict[str, list[Spoken]] = defaultdict(list)
        self.mistyped: dict[str, list[Spoken]] = defaultdict(list)
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
        spoken = (asked[0], key.value, brand(key.value) or key.value)
        self.sounds[sound_of(key.value)].append(spoken)
        for shorter in _mistyped(key.value):
            self.mistyped[shorter].append(spoken)

    def certain(self, kind: str, value: str) -> Iterable[Asked]:
        """Those that a stored key may block or warn."""
        yield from self.values.get((kind, value), ())
        if kind == PHONE and bare_number(value) != value:
            yield from self.values.get((kind, bare_number(value)), ())
        if kind == NAME:
            for stem in stems(value)[1:]:
                yield from self.beginnings.get(stem, ())

    def suggested(self, value: str, sound: str) -> Iterator[tuple[int, float]]:
        """Those that sound like a stored name, or differ from it by one sign; how much alike."""
        spoken = self.sounds.get(sound, ())
        near = {asked for shorter in _mistyped(value) for asked in self.mistyped.get(shorter, ())}
        near.difference_update(spoken)
        stored = (value, brand(value) or value)
        for asked in (*spoken, *near):
            number, core, own_brand = asked
            if core != value:
                told = likeness_of((core, own_brand), stored, asked not in near)
                if told >= LEAST:
                    yield number, told


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
        kind, value, _region, _branch, customer_id, sound = row
        for number, key in index.certain(kind, value):
            match = judge(key, row)  # type: ignore[arg-type]
            if match is not None:
                certain[number].append(match)
        if kind == NAME:
            for number, told in index.suggested(value, sound):
                if len(alike[number]) < MOST_ALIKE:
                    alike[number][Match(customer_id, NAME, SUGGEST, value)] = told
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
