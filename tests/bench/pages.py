"""Speed, size and memory of the portal over HTTP, on a library of a given size.

    python tests/bench/pages.py --cases 1000 --cases 10000
    python tests/bench/pages.py --deals --cases 10000       every case a won or a lost deal

Starts the real server (`portal serve`) on a data folder of its own. Latencies are those of one
client asking one thing after the other; pages per second come from `wrk` with eight connections,
on the same two cores as the server.
"""

import argparse
import itertools
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote, urlencode

import labelled
from measuring import middle, slowest, timed
from serving import (
    KINDS,
    Client,
    filled,
    manager_of_all,
    memory_of_servers,
    save_and_find,
    save_draft,
    serving,
)

ROUNDS = 150
WORDS = ["价格", "客户", "合同", "什么时候", "保险责任", "历史", "投诉", "建筑", "电影", "公司"]


def milliseconds(work: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    return [timed(work)[0] for _ in range(rounds)]


def spread(times: list[float]) -> str:
    return f"{middle(times):6.1f} /{slowest(times):6.1f} ms"


def pages_per_second(client: Client, path: str) -> str:
    if not shutil.which("wrk"):
        return "wrk is not installed"
    done = subprocess.run(
        ["wrk", "-t1", "-c8", "-d8s", "-H", f"Cookie: {client.cookie}",
         "-H", "Accept-Encoding: gzip", f"http://127.0.0.1:{client.port}{path}"],
        capture_output=True, text=True, check=True,
    ).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", done)
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", done)
    return f"{rate.group(1) if rate else '?'} pages/s{', bad ' + bad.group(1) if bad else ''}"


def measure(count: int, kinds: Sequence[str] = KINDS) -> None:
    with tempfile.TemporaryDirectory() as folder:
        data, password, imported, indexed = filled(Path(folder), count, kinds)
        print(f"\n{count} cases: imported and indexed {count / imported:.0f}/s, "
              f"reindexed {count / indexed:.0f}/s")
        with serving(data, password) as (client, process):
            measure_pages(client, count)
            measure_rooms(client)
            print(f"serving processes: {memory_of_servers(process)}")


def report(pages: Mapping[str, Callable[[], tuple[int, bytes, object]]]) -> None:
    """A line for each page."""
    print(f"{'':14}    p50 /   p95        compressed")
    for name, work in pages.items():
        milliseconds(work, 20)
        times = milliseconds(work)
        status, content, _ = work()
        bad = "" if status == 200 else f"   status {status}"
        print(f"{name:14}{spread(times)}   {len(content) / 1024:6.1f} KB{bad}")


def measure_rooms(client: Client) -> None:
    """What waits for a manager, what they are told, and the pages that count everything."""
    manager = manager_of_all(client)
    report({
        "manager today": lambda: manager.ask("/"),
        "review queue": lambda: manager.ask("/cases/review"),
        "health": lambda: manager.ask("/cases/health?team=all"),
        "analysis": lambda: manager.ask("/analysis"),
        "alerts": lambda: manager.ask("/alerts"),
        "inbox": lambda: manager.ask("/notifications"),
        "bell": lambda: manager.ask("/notifications/bell", HX_Request="true"),
    })
    token, numbers = manager.token("/cases/new/lesson"), itertools.count()
    times = milliseconds(lambda: save_draft(manager, token, next(numbers)))
    print(f"{'draft save':14}{spread(times)}")


def measure_pages(client: Client, count: int) -> None:
    ids = itertools.cycle([count // 7 * step + 1 for step in range(1, 7)])
    words = itertools.cycle(WORDS)
    begun = [(document.title[:60], document.body[:300])
             for document in itertools.islice(labelled.documents(), 0, 400, 10)]
    titles = itertools.cycle([title for title, _ in begun])
    beginnings = itertools.cycle([urlencode({"title": title, "body": body})
                                  for title, body in begun])
    pages: dict[str, Callable[[], tuple[int, bytes, object]]] = {
        "case page": lambda: client.ask(f"/cases/{next(ids)}"),
        "list": lambda: client.ask("/cases"),
        "results page": lambda: client.ask(f"/search?q={quote(next(words))}"),
        "while typing": lambda: client.ask(
            f"/search/suggest?q={quote(next(words))}", HX_Request="true"),
        "empty box": lambda: client.ask("/search/suggest", HX_Request="true"),
        "alike": lambda: client.ask(
            f"/cases/alike?title={quote(next(titles))}", HX_Request="true"),
        "alike, body": lambda: client.ask(
            f"/cases/alike?{next(beginnings)}", HX_Request="true"),
        "today": lambda: client.ask("/"),
    }
    report(pages)
    both = [save_and_find(client, number) for number in range(40)]
    print(f"{'save':14}{spread([saved for saved, _ in both])}")
    print(f"{'then found':14}{spread([found for _, found in both])}")
    for name, path in (("case page", f"/cases/{next(ids)}"), ("list", "/cases"),
                       ("results page", f"/search?q={quote('价格')}")):
        print(f"{name:14}{pages_per_second(client, path)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, action="append")
    parser.add_argument("--deals", action="store_true", help="only won and lost deals")
    options = parser.parse_args()
    if not labelled.are_there():
        print(f"the measured documents are not at {labelled.FOLDER}")
        return
    for count in options.cases or [1000, 10_000]:
        measure(count, ("win", "loss") if options.deals else KINDS)


if __name__ == "__main__":
    main()
