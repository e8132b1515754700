"""Measures the quality and speed of search on labelled queries, beside stock Whoosh.

Run from the repository: `python tests/bench/search_quality.py [DATA_FOLDER]` (about a minute).
The folder holds `documents.jsonl.gz` {id, title, body} and `queries.jsonl.gz` {id, set, query,
relevant}. Milliseconds are CPU time of this process.
"""

from __future__ import annotations

import gzip
import json
import math
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY))

from portal.search.analyzer import analyze  # noqa: E402
from portal.search.document import Document  # noqa: E402
from portal.search.engine import SearchRequest  # noqa: E402
from portal.search.query import parse  # noqa: E402
from portal.search.ranking.postings import PostingsCache  # noqa: E402
from portal.search.whoosh_engine import WhooshEngine  # noqa: E402
from portal.search.whoosh_engine.library import (  # noqa: E402
    BM25F,
    Or,
    Searcher,
    SegmentReader,
    Term,
)
from portal.search.whoosh_engine.segment import WhooshSegment  # noqa: E402
from portal.search.whoosh_engine.writer import open_index  # noqa: E402

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


@dataclass(frozen=True)
class Row:
    """One chain: mean (recall, reciprocal rank, nDCG) per set, milliseconds of every query."""

    name: str
    means: dict[str, tuple[float, ...]]
    times: list[float]

    @property
    def macro(self) -> tuple[float, ...]:
        columns = zip(*(self.means[name] for name in MACRO_SETS), strict=True)
        return tuple(statistics.fmean(column) for column in columns)


def evaluate(name: str, rank: Ranking, queries: list[dict[str, Any]]) -> Row:
    sums: dict[str, list[tuple[float, float, float]]] = {}
    times = []
    for row in queries:
        found, milliseconds = timed(lambda text=row["query"]: rank(text))
        times.append(milliseconds)
        sums.setdefault(row["set"], []).append(measures(found, set(row["relevant"])))
    means = {
        key: tuple(statistics.fmean(column) for column in zip(*rows, strict=True))
        for key, rows in sums.items()
    }
    return Row(name, means, times)


def timed(action: Callable[[], Any]) -> tuple[Any, float]:
    start = time.process_time()
    result = action()
    return result, (time.process_time() - start) * 1000


def percentiles(times: list[float]) -> str:
    ordered = sorted(times)
    return f"{statistics.median(ordered):6.2f} {ordered[int(len(ordered) * 0.95)]:7.2f}"


def stock_ranking(folder: Path) -> Ranking:
    """The same tokens through Whoosh's own searcher: an OR of all, BM25F."""
    (path,) = folder.glob("index-*")
    index = open_index(path)
    searcher = Searcher(index.reader(), weighting=BM25F())
    keys = [value for leaf, _ in searcher.reader().leaf_readers() for value in keys_of(leaf)]

    def rank(text: str) -> list[str]:
        terms = [Term("text", token) for token in dict.fromkeys(analyze(text))]
        top = searcher.search(Or(terms), limit=CUT).top_n
        return [keys[number] for _, number in top]

    return rank


def keys_of(leaf: SegmentReader) -> list[str]:
    return WhooshSegment(leaf, PostingsCache(1)).refs


def print_quality(rows: list[Row]) -> None:
    print(f"\n{'chain':24} {'MACRO R@10/MRR/nDCG':22} p50ms   p95ms   nDCG per set")
    for row in rows:
        macro = "/".join(f"{value:.3f}" for value in row.macro)
        sets = "  ".join(f"{name} {values[2]:.3f}" for name, values in row.means.items())
        print(f"{row.name:24} {macro:22} {percentiles(row.times)} {sets}")


def print_speed(engine: WhooshEngine, queries: list[dict[str, Any]], folder: Path) -> None:
    """Completion for every typed beginning, similar documents, single writes."""
    typed = [row["query"][:length] for row in queries[::4] for length in (1, 2, 4, 8)]
    sample = list(islice(documents(folder), 0, 2000, 10))
    print(f"\n{'action':24} p50ms   p95ms")
    for name, actions in {
        "complete": [partial(engine.complete, text, EVERYONE) for text in typed],
        "similar": [partial(engine.similar, each.body, EVERYONE) for each in sample],
        "write one document": [partial(engine.write, [each]) for each in sample],
    }.items():
        print(f"{name:24}{percentiles([timed(action)[1] for action in actions])}")


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_FOLDER
    if not (folder / "queries.jsonl.gz").exists():
        print(f"No labelled queries in {folder}: nothing measured.")
        return 0
    queries = list(read_lines(folder / "queries.jsonl.gz"))
    with tempfile.TemporaryDirectory() as scratch:
        engine = WhooshEngine(Path(scratch))
        count, milliseconds = timed(lambda: engine.rebuild(documents(folder)))
        size = engine.status().size_bytes / 2**20
        print(f"{count} documents indexed in {milliseconds / 1000:.1f} s, {size:.0f} MB on disk")
        engine.warm()

        def rank(text: str) -> list[str]:
            found = engine.search(SearchRequest(parse(text), EVERYONE))
            return [hit.ref for hit in found.hits]

        stock = evaluate("stock Whoosh, same index", stock_ranking(Path(scratch)), queries)
        cold = evaluate("portal, cold", rank, queries)
        print_quality([stock, cold, evaluate("portal, warm", rank, queries)])
        print_speed(engine, queries, folder)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\npeak memory of this process, indexing included: {peak:.0f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
