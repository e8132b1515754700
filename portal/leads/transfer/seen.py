"""Rows of one table that are the same company: by the keys that decide between customers, too."""

from typing import NamedTuple

from portal.customers.identity.codes import code_key
from portal.customers.identity.content import Identity
from portal.customers.identity.names import name_key
from portal.customers.identity.phones import phones
from portal.customers.identity.rules import BLOCK, CODE, NAME, PHONE, NameKey, verdict_of_keys


class Same(NamedTuple):
    """The line that was first, and what both have in common."""

    line: int
    key: str
    value: str


class Seen:
    """What the rows so far are known by."""

    def __init__(self, area_code: str) -> None:
        self.area_code = area_code
        self._names: dict[str, list[tuple[NameKey, int]]] = {}
        self._others: dict[tuple[str, str], int] = {}

    def look(self, identity: Identity, line: int) -> Same | None:
        """The first row that is the same company; otherwise this one is remembered."""
        names = [key for name in (identity.name, *identity.aliases) if (key := name_key(name))]
        others = [(PHONE, number) for text in identity.phones
                  for number in phones(text, self.area_code)]
        if code := code_key(identity.credit_code):
            others.insert(0, (CODE, code))
        found = self._same_name(names) or next(
            (Same(self._others[each], *each) for each in others if each in self._others), None)
        if found is None:
            for key in names:
                self._names.setdefault(key.core, []).append((key, line))
            for each in others:
                self._others.setdefault(each, line)
        return found

    def _same_name(self, names: list[NameKey]) -> Same | None:
        for key in names:
            for other, line in self._names.get(key.core, ()):
                if verdict_of_keys(key, other) == BLOCK:
                    return Same(line, NAME, key.core)
        return None
