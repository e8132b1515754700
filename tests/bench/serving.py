"""A real server (`portal serve`) with a library of a given size, and a browser's requests to it."""

from __future__ import annotations

import gzip
import http.client
import itertools
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

from labelled import REPOSITORY, many_documents
from measuring import memory_mb

# The `portal` command of the code beside this file.
PORTAL = [sys.executable, "-m", "portal"]
KINDS = ("problem", "lesson", "playbook", "intel", "win", "loss")


class Client:
    """One browser: a kept connection, a cookie, and form tokens."""

    def __init__(self, port: int) -> None:
        self.port = port
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


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def portal(data: Path, *arguments: str) -> str:
    done = subprocess.run(
        [*PORTAL, *arguments], env={**os.environ, "PORTAL_DATA": str(data)},
        capture_output=True, text=True, check=True, cwd=REPOSITORY,
    )
    return done.stdout


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


def manager_of_all(client: Client) -> Client:
    """The browser of a manager who vouches for every case: the administrator who imported them
    has no team, so nobody leads them."""
    # The server has closed it if others were measured in between; asking opens it again.
    client.connection.close()
    form = {"csrf_token": client.token("/manage/people/add"), "name": "测量经理",
            "login": "bench.manager", "role": "manager", "team_id": "", "joined_on": "2020-01-01"}
    status, content, headers = client.ask("/manage/people/add", form)
    assert status == 200, status
    password = re.search(r'id="password" value="([^"]+)"', text_of(content, headers))
    assert password
    manager = Client(client.port)
    sign_in(manager, "bench.manager", password.group(1))
    return manager


def save_draft(client: Client, token: str, number: int) -> int:
    """Keep what is typed, as the form does every few seconds."""
    form = {"csrf_token": token, "draft_form": "case:lesson", "draft_version": str(number),
            "draft_tab": "bench", "title": f"速度测量 {number}", "body": "写了一半的心得。" * 40}
    return client.ask("/drafts/bench-draft-of-one-window", form)[0]


# The facts of a deal, so that there is something to analyse.
FACTS = ("amount_band: 500k_1m\ncycle_days: 95\nstage_reached: proposal\n"
         "roles_reached: [procurement]\nmain_reason: price\ncontributing_reasons: [timing]\n")


def write_library(folder: Path, count: int, kinds_of: Sequence[str] = KINDS) -> None:
    """Cases made of the labelled documents and mixtures of them, as files to import."""
    kinds = itertools.cycle(kinds_of)
    stages = itertools.cycle(["needs", "proposal", "negotiation", "signed"])
    folder.mkdir(parents=True)
    for number, document in enumerate(many_documents(count)):
        title = f"{document.title[:80]} {number}".replace('"', "'")
        kind = next(kinds)
        facts = FACTS if kind in ("win", "loss") else ""
        (folder / f"{number:06}.md").write_text(
            f'---\nref: bench-{number}\nkind: {kind}\n{facts}title: "{title}"\n'
            f"tags: [标签{number % 40}]\nstage: {next(stages)}\nconfidence: validated\n"
            f"created: 2026-0{number % 9 + 1}-10\n---\n{document.body[:3000]}\n",
            encoding="utf-8",
        )


@contextmanager
def serving(data: Path, password: str) -> Iterator[tuple[Client, int]]:
    """A signed-in browser, its address and the process in charge, while the server runs."""
    with served(data) as (client, process):
        sign_in(client, "admin", password)
        yield client, process


@contextmanager
def served(data: Path) -> Iterator[tuple[Client, int]]:
    """A browser that nobody is signed in with, and the process in charge."""
    port = free_port()
    server = subprocess.Popen(
        [*PORTAL, "serve"], cwd=REPOSITORY,
        env={**os.environ, "PORTAL_DATA": str(data), "PORTAL_PORT": str(port)},
    )
    try:
        yield _first_answer(port), server.pid
    finally:
        server.terminate()
        server.wait(20)


def _first_answer(port: int) -> Client:
    for _ in range(200):
        client = Client(port)
        try:
            client.ask("/healthz")
            return client
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the server does not answer")


def memory_of_servers(parent: int) -> str:
    """Memory of each serving process."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if re.search(rf"^PPid:\t{parent}$", (folder / "status").read_text(), re.M):
                resident, own = memory_mb(folder.name)
                found.append(f"{resident:.0f} MB resident, {own:.0f} MB of its own")
        except OSError:
            continue
    return "; ".join(found)


def filled(
    folder: Path, count: int, kinds: Sequence[str] = KINDS
) -> tuple[Path, str, float, float]:
    """A new portal with so many cases: its data, the first password, seconds to import and to
    make the index anew."""
    data, library = folder / "data", folder / "library"
    write_library(library, count, kinds)
    password = re.search(r"Password:\s+(\S+)", portal(data, "init"))
    assert password
    start = time.perf_counter()
    portal(data, "import", str(library))
    imported = time.perf_counter() - start
    start = time.perf_counter()
    portal(data, "reindex")
    return data, password.group(1), imported, time.perf_counter() - start
