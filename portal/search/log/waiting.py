"""Searches that wait in the memory of this process until they are written."""

import threading
from collections.abc import Iterable
from datetime import datetime

from portal.search.log.rules import Asked, collapsed, is_due

# Somebody types one search a second at most; beyond this the log has stopped being written.
MOST = 5_000


class Waiting:
    """A bounded collection of searches by person, collapsed as they come; safe for threads."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._by_person: dict[int, list[Asked]] = {}
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, searches: Iterable[Asked]) -> None:
        """What is too much is dropped: a log must not fill the memory."""
        with self._lock:
            for asked in searches:
                if self._count < self._most:
                    present = self._by_person.get(asked.person_id, [])
                    self._put(asked.person_id, collapsed([*present, asked]))

    def take_due(self, now: datetime) -> list[Asked]:
        """Take out what may be written now."""
        with self._lock:
            due: list[Asked] = []
            for person_id, present in list(self._by_person.items()):
                due += [asked for asked in present if is_due(asked, now)]
                self._put(person_id, [each for each in present if not is_due(each, now)])
            return due

    def take(self, person_id: int, key: str) -> Asked | None:
        """Take out this person's search with this key."""
        with self._lock:
            present = self._by_person.get(person_id, [])
            found = next((asked for asked in reversed(present) if asked.key == key), None)
            if found is not None:
                self._put(person_id, [asked for asked in present if asked is not found])
            return found

    def forget(self, person_id: int) -> None:
        """Drop what this person searched."""
        with self._lock:
            self._put(person_id, [])

    def clear(self) -> None:
        with self._lock:
            self._by_person.clear()
            self._count = 0

    def _put(self, person_id: int, searches: list[Asked]) -> None:
        self._count += len(searches) - len(self._by_person.get(person_id, ()))
        if searches:
            self._by_person[person_id] = searches
        else:
            self._by_person.pop(person_id, None)


WAITING = Waiting()
