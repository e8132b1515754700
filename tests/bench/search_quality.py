"""Measures the quality and speed of search on labelled queries: one row per chain, a line per set.

Run from the repository: `python tests/bench/search_quality.py [DATA_FOLDER]`.
"""

from __future__ import annotations

import gzip
import json
import math
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY))

from portal.search.document import Document  # noqa: E402
from portal.search.engine import SearchRequest  # noqa: E402
from portal.search.query import parse  # noqa: E402
from portal.search.whoosh_engine import WhooshEngine  # noqa: E402

DEFAULT_FOLDER = REPOSITORY.parent / "shared" / "data" / "search-dev"
MACRO_SETS = ("cmrc", "drcd", "stard")
EVERYONE = frozenset({"all"})
CUT = 10

Ranking = Callable[[str], list[str]]


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def documents(folder: Path) -> Iterator[Document]:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    for row in read_lines(folder / "documents.jsonl.gz"):
        yield Document(
            row["id"], row["title"], row["body"], EVERYONE, {}, (), moment, moment
        )


def measures(found: list[str], relevant: set[str]) -> tuple[float, float, float]:
    """Recall@10, reciprocal rank@10 and nDCG@10 of one ranking."""
    places = [place for place, ref in enumerate(found[:CUT]) if ref in relevant]
    recall = len(places) / min(len(relevant), CUT)
    reciprocal = 1 / (places[0] + 1) if places else 0.0
    gain = sum(1 / math.log2(place + 2) for place in places)
    ideal = sum(1 / math.log2(place + 2) for place in range(min(len(relevant), CUT)))
    return recall, reciprocal, gain / ideal


def evaluate(rank: Ranking, queries: list[dict[str, Any]]) -> dict[str, list[float]]:
    """Mean measures per set, and CPU milliseconds of every query under 'ms'."""
    sums: dict[str, list[tuple[float, float, float]]] = {}
    times = []
    for row in queries:
        start = time.process_time()
        found = rank(row["query"])
        times.append((time.process_time() - start) * 1000)
        sums.setdefault(row["set"], []).append(measures(found, set(row["relevant"])))
    means = {
        name: [statistics.fmean(column) for column in zip(*rows, strict=True)]
        for name, rows in sums.items()
    }
    means["MACRO"] = [
        statistics.fmean(column)
        for column in zip(*(means[name] for name in MACRO_SETS), strict=True)
    ]
    ordered = sorted(times)
    means["ms"] = [statistics.median(ordered), ordered[int(len(ordered) * 0.95)], ordered[-1]]
    return means


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_FOLDER
    if not (folder / "queries.jsonl.gz").exists():
        print(f"No labelled queries in {folder}: nothing measured.")
        return 0
    queries = list(read_lines(folder / "queries.jsonl.gz"))
    with tempfile.TemporaryDirectory() as scratch:
        engine = WhooshEngine(Path(scratch) / "index")
        start = time.process_time()
        count = engine.rebuild(documents(folder))
        print(f"{count} documents in {time.process_time() - start:.1f} s")

        def rank(text: str) -> list[str]:
            found = engine.search(SearchRequest(parse(text), EVERYONE))
            return [hit.ref for hit in found.hits]

        for name in ("cold", "warm"):
            print(name)
            for key, values in evaluate(rank, queries).items():
                print(f"  {key:8}", "/".join(f"{value:.3f}" for value in values))
        print(engine.status())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
