"""Speed, size and memory of search: the portal's engines beside SQLite FTS5 and tantivy.

    python tests/bench/search_speed.py [--sizes 1000 10000 100000] [--http 1000 10000]

The others get the portal's own tokens. Every engine builds its index in one process and answers all
labelled questions in another, so that memory is its own; the first round of questions is cold, the
second one counts. The ratios are to FTS5 and tantivy. Over HTTP it is the real server.
"""

from __future__ import annotations

import argparse
import itertools
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import quote

import labelled
from chains import Missing, Place, Portal, PortalOnPostgres
from measuring import memory_mb, middle, slowest, timed
from rivals import Fts5, Tantivy
from serving import filled, memory_of_servers, save_and_find, serving

CHAINS = (Portal, PortalOnPostgres, Fts5, Tantivy)
SIZES = [1000, 10_000, 100_000]
HTTP_SIZES = [1000, 10_000]
SAVES = 60
ROUNDS = 200
COLUMNS = (
    ("indexed", "documents/s", 11.0), ("size", "MB on disk", 10.1),
    ("cold", "first p50", 9.2), ("cpu50", "CPU p50", 7.2), ("cpu95", "p95", 7.2),
    ("wall50", "clock p50", 9.2), ("wall95", "p95", 7.2), ("save50", "save p50", 8.1),
    ("save95", "p95", 6.1), ("resident", "MB resident", 11.0), ("own", "own", 5.0),
)
COMPARED = ("cpu50", "cpu95", "wall50", "wall95", "save50", "indexed", "size", "own")


# In a process of its own


def build(place: Place, kind: type, size: int) -> dict[str, float]:
    chain = kind(place)
    seconds = timed(lambda: chain.build(labelled.many_documents(size)))[0] / 1000
    return {"indexed": size / seconds, "size": chain.size_bytes() / 2**20}


def ask(place: Place, kind: type, size: int) -> dict[str, float]:
    chain = kind(place)
    chain.open()
    questions = [question.text for question in labelled.questions()]
    cold = [timed(lambda: chain.search(text))[0] for text in questions]  # noqa: B023
    times = [timed(lambda: chain.search(text)) for text in questions]  # noqa: B023
    wall, processor = zip(*times, strict=True)
    resident, own = memory_mb()
    new = [replace(document, ref=f"new-{document.ref}")
           for document in islice(labelled.documents(), 0, SAVES * 10, 10)]
    saves = [timed(lambda: chain.save(document))[0] for document in new]  # noqa: B023
    return {
        "cold": middle(cold), "cpu50": middle(processor), "cpu95": slowest(processor),
        "wall50": middle(wall), "wall95": slowest(wall), "save50": middle(saves),
        "save95": slowest(saves), "resident": resident, "own": own,
    }


# In the process that prints


def measure_engines(size: int) -> None:
    print(f"\n{size} documents{'':16}"
          + "".join(f"{title:>{int(width) + 2}}" for _, title, width in COLUMNS))
    rows: dict[str, dict[str, float]] = {}
    for kind in CHAINS:
        with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
            try:
                rows[kind.name] = measure_engine(kind, size, Path(folder), stack)
            except Missing as missing:
                print(f"{kind.name:28}  {missing}")
                continue
        print(f"{kind.name:28}" + "".join(
            f"{rows[kind.name][key]:{int(width) + 2}.{int(width * 10) % 10}f}"
            for key, _, width in COLUMNS), flush=True)
    print_ratios(rows)


def measure_engine(kind: type, size: int, folder: Path, stack: ExitStack) -> dict[str, float]:
    address = Place(folder, stack).postgres() if kind is PortalOnPostgres else ""
    kind(Place(folder, stack, address))
    found: dict[str, float] = {}
    for step in ("build", "ask"):
        done = subprocess.run(
            [sys.executable, "-W", "ignore", __file__, "--step", step, kind.__name__, str(size),
             str(folder), address],
            stdout=subprocess.PIPE, text=True, check=True,
        )
        found |= json.loads(done.stdout)
    return found


def print_ratios(rows: dict[str, dict[str, float]]) -> None:
    for ours, rival in itertools.product((Portal, PortalOnPostgres), (Fts5, Tantivy)):
        if ours.name in rows and rival.name in rows:
            mine, theirs = rows[ours.name], rows[rival.name]
            print(f"  {ours.name} ÷ {rival.name}: " + ", ".join(
                f"{name} {mine[name] / theirs[name]:.2f}" for name in COMPARED if theirs[name]))


def measure_http(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        data, password, imported, indexed = filled(Path(folder), size)
        index = sum(path.stat().st_size for path in (data / "index").rglob("*") if path.is_file())
        print(f"\n{size} cases over HTTP: import {size / imported:.0f}/s, "
              f"reindex {size / indexed:.0f}/s, index {index / 2**20:.0f} MB")
        with serving(data, password) as (client, process):
            texts = itertools.cycle([question.text for question in labelled.questions()])
            print_times("results", lambda: client.ask(f"/search?q={quote(next(texts))}"))
            print_times("while typing", lambda: client.ask(
                f"/search/suggest?q={quote(next(texts)[:6])}", HX_Request="true"))
            both = [save_and_find(client, number) for number in range(40)]
            print_spread("save", [saved for saved, _ in both])
            print_spread("then found", [found for _, found in both])
            print(f"  serving processes: {memory_of_servers(process)}", flush=True)


def print_times(name: str, work: Callable[[], Any]) -> None:
    for _ in range(20):
        work()
    print_spread(name, [timed(work)[0] for _ in range(ROUNDS)])


def print_spread(name: str, times: Sequence[float]) -> None:
    print(f"  {name:14} p50 {middle(times):7.1f} ms, p95 {slowest(times):7.1f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--http", type=int, nargs="*", default=HTTP_SIZES)
    parser.add_argument("--step", nargs=5, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if not labelled.are_there():
        print(f"The labelled questions are not at {labelled.FOLDER}: nothing measured.")
        return
    if options.step:
        step, name, size, folder, address = options.step
        (kind,) = (each for each in CHAINS if each.__name__ == name)
        with ExitStack() as stack:
            place = Place(Path(folder), stack, address)
            print(json.dumps({"build": build, "ask": ask}[step](place, kind, int(size))))
        return
    for size in options.sizes:
        measure_engines(size)
    for size in options.http:
        measure_http(size)


if __name__ == "__main__":
    main()
