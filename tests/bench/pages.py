"""Speed, size and memory of the portal over HTTP, on a library of a given size.

    python tests/bench/pages.py --cases 1000 --cases 10000

Starts the real server (`portal serve`) on a data folder of its own. Latencies are those of one
client asking one thing after the other; pages per second come from `wrk` with eight connections,
on the same two cores as the server.
"""

import argparse
import gzip
import http.client
import itertools
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data" / "search-dev"
PORTAL = ROOT / ".venv" / "bin" / "portal"
ROUNDS = 150
WORDS = ["价格", "客户", "合同", "什么时候", "保险责任", "历史", "投诉", "建筑", "电影", "公司"]


class Client:
    """One browser: a kept connection, a cookie, and form tokens."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}

    def ask(
        self, path: str, form: dict[str, str] | None = None, **headers: str
    ) -> tuple[int, bytes, http.client.HTTPMessage]:
        """Status, body as sent, headers."""
        sent = {"Cookie": self.cookie, "Accept-Encoding": "gzip",
                **{name.replace("_", "-"): value for name, value in headers.items()}}
        body = None
        if form is not None:
            body = urlencode(form)
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request("POST" if form is not None else "GET", path, body, sent)
        response = self.connection.getresponse()
        content = response.read()
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        return response.status, content, response.headers

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def page(self, path: str) -> str:
        status, content, headers = self.ask(path)
        assert status == 200, (path, status)
        return text_of(content, headers)

    def token(self, path: str) -> str:
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.page(path))
        assert found
        return found.group(1)


def text_of(content: bytes, headers: http.client.HTTPMessage) -> str:
    plain = gzip.decompress(content) if headers.get("Content-Encoding") == "gzip" else content
    return plain.decode()


def documents() -> Iterator[dict[str, str]]:
    with gzip.open(DATA / "documents.jsonl.gz", "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def write_library(folder: Path, count: int) -> None:
    """Cases made of the measured documents, repeated with other titles when there are too few."""
    kinds = itertools.cycle(["problem", "lesson", "playbook", "intel", "win", "loss"])
    stages = itertools.cycle(["needs", "proposal", "negotiation", "signed"])
    endless = itertools.cycle(list(documents()))
    folder.mkdir(parents=True)
    for number, document in zip(range(count), endless, strict=False):
        title = f"{document['title'][:80]} {number}".replace('"', "'")
        (folder / f"{number:06}.md").write_text(
            f'---\nref: bench-{number}\nkind: {next(kinds)}\ntitle: "{title}"\n'
            f"tags: [标签{number % 40}]\nstage: {next(stages)}\nconfidence: validated\n"
            f"created: 2026-0{number % 9 + 1}-10\n---\n{document['body'][:3000]}\n",
            encoding="utf-8",
        )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def portal(data: Path, *arguments: str, **environment: str) -> str:
    done = subprocess.run(
        [str(PORTAL), *arguments], env={**os.environ, "PORTAL_DATA": str(data), **environment},
        capture_output=True, text=True, check=True,
    )
    return done.stdout


def milliseconds(work: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return times


def spread(times: list[float]) -> str:
    return f"{statistics.median(times):6.1f} /{sorted(times)[int(len(times) * 0.95)]:6.1f} ms"


def sign_in(client: Client, login: str, password: str) -> None:
    form = {"csrf_token": client.token("/sign-in"), "login": login, "password": password}
    status, _, _ = client.ask("/sign-in", form)
    assert status == 303, status
    if client.ask("/")[0] == 302:
        new = "a long enough sentence 7"
        form = {"csrf_token": client.token("/password"), "current": password, "new": new,
                "again": new}
        assert client.ask("/password", form)[0] == 303


def save_and_find(client: Client, number: int) -> tuple[float, float]:
    """Milliseconds to save a new case, and until search finds it."""
    marker = f"速度测量{number}号{os.getpid()}"
    form = {"csrf_token": client.token("/cases/new/lesson"), "title": f"{marker} 心得",
            "body": "一次拜访之后写下的短心得。" * 20, "audience": "everyone", "source": "none",
            "as": "published", "tags": "速度"}
    start = time.perf_counter()
    status, _, _ = client.ask("/cases/new/lesson", form)
    saved = (time.perf_counter() - start) * 1000
    assert status == 303, status
    start = time.perf_counter()
    while marker not in client.page(f"/search?q={quote(marker)}").split("result-title", 1)[-1]:
        if time.perf_counter() - start > 20:
            return saved, float("inf")
        time.sleep(0.005)
    return saved, (time.perf_counter() - start) * 1000


def memory_mb(parent: int) -> list[str]:
    """Memory of each serving process: resident (with what it shares and maps), and its own."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            status = (folder / "status").read_text()
            if not re.search(rf"^PPid:\t{parent}$", status, re.M):
                continue
            sums = dict(re.findall(r"^(\w+):\s+(\d+) kB", (folder / "smaps_rollup").read_text(),
                                   re.M))
        except OSError:
            continue
        own = int(sums["Private_Clean"]) + int(sums["Private_Dirty"])
        found.append(f"{int(sums['Rss']) / 1024:.0f} MB resident, {own / 1024:.0f} MB of its own")
    return found


def pages_per_second(port: int, path: str, cookie: str) -> str:
    if not shutil.which("wrk"):
        return "wrk is not installed"
    done = subprocess.run(
        ["wrk", "-t1", "-c8", "-d8s", "-H", f"Cookie: {cookie}", "-H", "Accept-Encoding: gzip",
         f"http://127.0.0.1:{port}{path}"],
        capture_output=True, text=True, check=True,
    ).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", done)
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", done)
    return f"{rate.group(1) if rate else '?'} pages/s{', bad ' + bad.group(1) if bad else ''}"


def measure(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        data, library = Path(folder, "data"), Path(folder, "library")
        write_library(library, count)
        password = re.search(r"Password:\s+(\S+)", portal(data, "init"))
        assert password
        start = time.perf_counter()
        portal(data, "import", str(library))
        seconds = time.perf_counter() - start
        print(f"\n{count} cases: imported and indexed in {seconds:.1f} s ({count / seconds:.0f}/s)")
        start = time.perf_counter()
        portal(data, "reindex")
        print(f"reindex {count / (time.perf_counter() - start):.0f} documents/s")
        port = free_port()
        server = subprocess.Popen(
            [str(PORTAL), "serve"],
            env={**os.environ, "PORTAL_DATA": str(data), "PORTAL_PORT": str(port)},
        )
        try:
            measure_pages(port, server.pid, password.group(1), count)
        finally:
            server.terminate()
            server.wait(20)


def measure_pages(port: int, parent: int, password: str, count: int) -> None:
    client = Client(port)
    for _ in range(200):
        try:
            client.ask("/healthz")
            break
        except OSError:
            client = Client(port)
            time.sleep(0.1)
    sign_in(client, "admin", password)
    ids = itertools.cycle([count // 7 * step + 1 for step in range(1, 7)])
    words = itertools.cycle(WORDS)
    pages: dict[str, Callable[[], object]] = {
        "case page": lambda: client.ask(f"/cases/{next(ids)}"),
        "list": lambda: client.ask("/cases"),
        "results page": lambda: client.ask(f"/search?q={quote(next(words))}"),
        "while typing": lambda: client.ask(
            f"/search/suggest?q={quote(next(words))}", HX_Request="true"),
        "today": lambda: client.ask("/"),
    }
    print(f"{'':14}    p50 /   p95        compressed")
    for name, work in pages.items():
        milliseconds(work, 20)
        times = milliseconds(work)
        weight = len(work()[1]) / 1024  # type: ignore[index]
        print(f"{name:14}{spread(times)}   {weight:6.1f} KB")
    both = [save_and_find(client, number) for number in range(40)]
    print(f"{'save':14}{spread([saved for saved, _ in both])}")
    print(f"{'then found':14}{spread([found for _, found in both])}")
    for name, path in (("case page", f"/cases/{next(ids)}"), ("list", "/cases"),
                       ("results page", f"/search?q={quote('价格')}")):
        print(f"{name:14}{pages_per_second(port, path, client.cookie)}")
    print(f"serving processes: {'; '.join(memory_mb(parent))}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, action="append")
    if not (DATA / "documents.jsonl.gz").exists():
        print(f"the measured documents are not at {DATA}")
        sys.exit(0)
    for count in parser.parse_args().cases or [1000, 10_000]:
        measure(count)


if __name__ == "__main__":
    main()
