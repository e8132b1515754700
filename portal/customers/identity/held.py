"""The keys of an identity, as they stand in the table."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from portal.customers.identity.codes import LENGTH, code_key
from portal.customers.identity.content import Identity
from portal.customers.identity.names import name_key
from portal.customers.identity.options import AREA_CODE
from portal.customers.identity.phones import phones
from portal.customers.identity.rules import CODE, NAME, PHONE, NameKey
from portal.options.queries import value

LONGEST_SOUND = 80


class Held(NamedTuple):
    """One row of the table, without whose it is."""

    kind: str
    value: str
    region: str = ""
    branch: str = ""

    @property
    def name_key(self) -> NameKey:
        return NameKey(self.value, self.region, self.branch)


def keys_of(identity: Identity) -> list[Held]:
    """Every key of it, each once; in one order everywhere."""
    names = (name_key(name) for name in (identity.name, *identity.aliases))
    found = {Held(NAME, *key) for key in names if key is not None}
    found.update(Held(PHONE, number) for number in phones_of(identity.phones))
    code = code_key(identity.credit_code)
    if len(code) == LENGTH:
        found.add(Held(CODE, code))
    return sorted(found)


def phones_of(cells: Iterable[str]) -> list[str]:
    """The numbers of several cells, with the office's own area code."""
    area = value(AREA_CODE)
    return list(dict.fromkeys(number for cell in cells for number in phones(cell or "", area)))


def sound_of(core: str) -> str:
    """How a core is spoken, without tones; what sounds nearly the same is the same."""
    return core.translate(_sounds())[:LONGEST_SOUND]


@cache
def _sounds() -> dict[int, str]:
    lines = Path(__file__).with_name("sounds.txt").read_text(encoding="utf-8").splitlines()
    spoken = (line.split() for line in lines if not line.startswith("#"))
    return {ord(sign): sound for sound, signs in spoken for sign in signs}
