"""Term counts of the documents that lately were candidates; an id always names the same text."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping


class CountsCache:
    """Bounded by bytes. What was not asked for while half of them were filled anew is dropped."""

    def __init__(self, most_bytes: int) -> None:
        self._half = most_bytes // 2
        self._lock = threading.Lock()
        self._young: dict[int, bytes] = {}
        self._old: dict[int, bytes] = {}
        self._young_bytes = 0

    def get(self, ids: Iterable[int]) -> dict[int, bytes]:
        """Those that are known."""
        found = {}
        kept = {}
        with self._lock:
            for number in ids:
                counts = self._young.get(number)
                if counts is None:
                    counts = self._old.get(number)
                    if counts is None:
                        continue
                    kept[number] = counts
                found[number] = counts
        self.put(kept)
        return found

    def put(self, counts: Mapping[int, bytes]) -> None:
        with self._lock:
            for number, each in counts.items():
                self._young[number] = each
                self._young_bytes += len(each)
            if self._young_bytes > self._half:
                self._old, self._young, self._young_bytes = self._young, {}, 0
