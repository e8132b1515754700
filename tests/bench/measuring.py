"""Measures of answers and of time."""

from __future__ import annotations

import math
import re
import statistics
import time
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

CUT = 10


def answered(found: Sequence[str], relevant: Collection[str]) -> tuple[float, float, float]:
    """Recall@10, reciprocal rank@10 and nDCG@10 of one ranking."""
    places = [place for place, ref in enumerate(found[:CUT]) if ref in relevant]
    wanted = min(len(relevant), CUT)
    gain = sum(1 / math.log2(place + 2) for place in places)
    ideal = sum(1 / math.log2(place + 2) for place in range(wanted))
    return len(places) / wanted, 1 / (places[0] + 1) if places else 0.0, gain / ideal


def means(rows: Collection[Sequence[float]]) -> tuple[float, ...]:
    """The mean of each column."""
    return tuple(statistics.fmean(column) for column in zip(*rows, strict=True))


def timed(action: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds on the clock, and of this process's processor time."""
    wall, processor = time.perf_counter(), time.process_time()
    action()
    return (time.perf_counter() - wall) * 1000, (time.process_time() - processor) * 1000


def middle(times: Sequence[float]) -> float:
    return statistics.median(times)


def slowest(times: Sequence[float]) -> float:
    """The 95th percentile."""
    return sorted(times)[int(len(times) * 0.95)]


def memory_mb(process: int | str = "self") -> tuple[float, float]:
    """Resident memory of a process, and how much of it is its own: neither shared nor the files of
    an index, which stay in memory only as long as nobody needs the room."""
    text = Path(f"/proc/{process}/smaps_rollup").read_text()
    sums = {name: int(kb) for name, kb in re.findall(r"^(\w+):\s+(\d+) kB", text, re.M)}
    return sums["Rss"] / 1024, sums["Private_Dirty"] / 1024
