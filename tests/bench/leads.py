"""Speed of the pages of customers, leads and visits in a large department, over HTTP.

    python tests/bench/leads.py
    python tests/bench/leads.py --data /tmp/large --only pool     kept for the next time; some pages
    python tests/bench/leads.py --data /tmp/large --slow 5        with the statements that take long

Fills a portal with 100,000 leads of 60,000 customers and a timeline of 1,000,000 entries, then
asks for each page as a rep, as the manager of a region and as the head of the department. Of each
page: milliseconds on the clock as its client sees it (p50 and p95, more when others use the
machine), milliseconds of processor time when this process answers it itself (p50), kilobytes as
sent, and SQL statements.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import labelled  # noqa: F401  (measures the code beside this file)
from department import HEAD, MANAGER, PASSWORD, REP, hire, win_customers
from flask import Flask
from large_pages import FRAGMENTS, pages_of
from measuring import middle, slowest, timed
from selling import sell
from serving import Client, served, sign_in
from sqlalchemy import event

from portal import create_app
from portal.commands.init import prepare
from portal.config import Settings
from portal.core import statistics
from portal.extensions import db

BUDGET = 50
ROUNDS = 40


def fill(app: Flask, size: argparse.Namespace) -> None:
    """The department, unless it is there from the last time; the portal does the rest."""
    start = time.perf_counter()
    with app.app_context():
        if (app.extensions["settings"].data / "filled").exists():
            prepare()
            statistics.renew()
            return
        place = hire(size.customers)
        win_customers(place)
        sell(place, size.leads, size.entries, size.visits)
        statistics.renew()
    (app.extensions["settings"].data / "filled").touch()
    print(f"filled in {time.perf_counter() - start:.0f} s", flush=True)


@contextmanager
def statements(app: Flask) -> Iterator[list[tuple[float, str]]]:
    """Milliseconds and text of each statement of this process."""
    sent: list[tuple[float, str]] = []
    begun: list[float] = []
    with app.app_context():
        engine = db.engine

    def begin(*_rest: object) -> None:
        begun.append(time.perf_counter())

    def end(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(((time.perf_counter() - begun.pop()) * 1000, statement))

    event.listen(engine, "before_cursor_execute", begin)
    event.listen(engine, "after_cursor_execute", end)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", begin)
        event.remove(engine, "after_cursor_execute", end)


class Person:
    """Somebody who asks over HTTP, and asks the same of this process to see what it costs."""

    def __init__(self, app: Flask, port: int, login: str) -> None:
        self.app, self.login = app, login
        self.client = Client(port)
        sign_in(self.client, login, PASSWORD)
        self.inside = app.test_client(use_cookies=False)

    def measure(self, name: str, path: str, rounds: int, slow: int) -> float:
        """A line of figures; the p95."""
        headers = {"HX-Request": "true"} if name in FRAGMENTS else {}
        sent = {name.replace("-", "_"): value for name, value in headers.items()}
        path = quote(path, safe="/?&=%+-_.")
        # The server ends a connection that was silent while this process measured itself.
        self.client.connection.close()
        for _ in range(4):
            status, content, _told = self.client.ask(path, **sent)
        times = [timed(lambda: self.client.ask(path, **sent))[0] for _ in range(rounds)]
        headers |= {"Cookie": self.client.cookie, "Accept-Encoding": "gzip"}
        self.inside.get(path, headers=headers)
        processor = [timed(lambda: self.inside.get(path, headers=headers))[1]
                     for _ in range(max(3, rounds // 4))]
        with statements(self.app) as asked:
            self.inside.get(path, headers=headers)
        mark = "" if slowest(times) <= BUDGET else "  over the budget"
        print(f"{self.login:10}{name:20}{middle(times):7.1f}{slowest(times):8.1f}"
              f"{middle(processor):8.1f}{len(content) / 1024:8.1f}{len(asked):5}"
              f"{'' if status == 200 else f'   status {status}'}{mark}", flush=True)
        for took, statement in sorted(asked, reverse=True)[:slow]:
            print(f"    {took:7.1f} ms  {' '.join(statement.split())}")
        return slowest(times)


def measure(app: Flask, logins: Sequence[str], options: argparse.Namespace) -> None:
    with served(app.extensions["settings"].data) as (client, _process):
        pages = {name: path for name, path in pages_of(app, REP).items()
                 if not options.only or any(word in name for word in options.only)}
        print(f"{'':30}{'p50':>7}{'p95':>8}{'CPU':>8}{'KB':>8}{'SQL':>5}")
        over = {}
        for login in logins:
            person = Person(app, client.port, login)
            for name, path in pages.items():
                took = person.measure(name, path, options.rounds, options.slow)
                if took > BUDGET:
                    over[f"{login} {name}"] = took
        print(f"{len(pages) * len(logins)} pages measured, {len(over)} over {BUDGET} ms p95")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="a folder that is kept")
    parser.add_argument("--only", action="append", help="pages with this in their name")
    parser.add_argument("--who", action="append", choices=(REP, MANAGER, HEAD))
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--slow", type=int, default=0, help="slowest statements to show")
    for name, count in (("customers", 60_000), ("leads", 100_000), ("entries", 1_000_000),
                        ("visits", 200_000)):
        parser.add_argument(f"--{name}", type=int, default=count)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(data=options.data or Path(folder), jobs="off"))
        fill(app, options)
        measure(app, options.who or (REP, MANAGER, HEAD), options)


if __name__ == "__main__":
    main()
