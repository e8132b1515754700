"""Real portal processes for tests that kill them, starve them of room, or run several at once.

`python -m tests.search.working_portal` reads one task a line (JSON: its name and arguments), does
each in a process of its own that it forks, and tells every step in a line of JSON.
"""

import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from portal.config import ROOT

Event = dict[str, Any]


class WorkingPortal:
    """The test's side: `start` a task, read its `events`, `kill` it."""

    def __init__(self, data: Path, **settings: str) -> None:
        names = {"data": str(data), "jobs": "off", **settings}
        environment = {
            **os.environ, "SECRET_KEY": "only for tests", "PYTHONPATH": str(ROOT),
            **{name if name.isupper() else f"PORTAL_{name.upper()}": value
               for name, value in names.items()},
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.search.working_portal"], cwd=ROOT, env=environment,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        self.pid = 0

    def start(self, task: str, *arguments: Any) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([task, *arguments]) + "\n")
        self._process.stdin.flush()
        self.pid = self.event()["pid"]

    def event(self) -> Event:
        """The next thing that happened."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, f"the portal ended with {self._process.wait()}"
        found: Event = json.loads(line)
        return found

    def rest(self) -> list[Event]:
        """Everything until the task ends, however it ends."""
        found = []
        while "ended" not in (event := self.event()):
            found.append(event)
        return [*found, event]

    def run(self, task: str, *arguments: Any) -> Any:
        """The answer of a task that ends by itself."""
        self.start(task, *arguments)
        *told, ended = self.rest()
        assert ended == {"ended": 0}
        return told[-1]["answer"] if told else None

    def kill(self) -> list[Event]:
        """End it as a power cut would; what it had told until then."""
        os.kill(self.pid, 9)
        *told, ended = self.rest()
        assert ended == {"ended": 9}
        return told

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(30)
        self._process.stdout.close()


@contextmanager
def working_portal(data: Path, **settings: str) -> Iterator[WorkingPortal]:
    portal = WorkingPortal(data, **settings)
    try:
        yield portal
    finally:
        portal.close()


# The other side


def tell(**event: Any) -> None:
    """One line, written at once and whole."""
    os.write(1, (json.dumps(event) + "\n").encode())


def main() -> None:
    from portal import create_app

    app = create_app()
    for line in sys.stdin:
        task, *arguments = json.loads(line)
        child = os.fork()
        if not child:
            with app.app_context():
                tell(pid=os.getpid())
                code = 1
                try:
                    answer = TASKS[task](*arguments)
                    if answer is not None:
                        tell(answer=answer)
                    code = 0
                except BaseException:
                    import traceback

                    traceback.print_exc()
                finally:
                    sys.stderr.flush()
                    os._exit(code)
        tell(ended=os.waitpid(child, 0)[1])


def prepare() -> None:
    """Migrations, lists, the first administrator, an empty index."""
    from portal.commands.init import prepare
    from portal.core import clock
    from portal.core.unit_of_work import transaction
    from portal.people.actions import PersonFacts, add_person

    prepare()
    with transaction():
        add_person(None, PersonFacts(login="admin", name="管理员", role="admin"), clock.now())


def work(seed: str, rounds: int = 1_000_000, alone: bool = True) -> None:
    """Record and edit cases at random and index each change; now and then tidy or rebuild.
    Who is not `alone` edits only what it recorded."""
    from portal.search import indexer

    dice, own = random.Random(seed), []
    for number in range(rounds):
        word = "".join(dice.choices("bcdfghjklmnpqrstvwxz", k=14))
        own.append(save(word, dice, None if alone else own))
        tell(saved=own[-1], word=word)
        tell(indexing=number)
        step = dice.random()
        if step < 0.04 and alone:
            indexer.rebuild()
        elif step < 0.2:
            indexer.tidy()
        else:
            indexer.index_pending()
        tell(indexed=number)


def save(word: str, dice: random.Random | None = None, among: list[int] | None = None) -> int:
    """Record a case, or put the word in place of another one's; the number of the case."""
    from sqlalchemy import select

    from portal.cases.actions.cases import edit_case, record_case
    from portal.cases.content import CaseContent
    from portal.cases.models import Case
    from portal.core import clock
    from portal.core.unit_of_work import transaction
    from portal.extensions import db

    actor = _admin()
    with transaction():
        ids = db.session.scalars(select(Case.id).order_by(Case.id)).all()
        ids = ids if among is None else among
        if dice and ids and dice.random() < 0.5:
            case = db.session.get_one(Case, dice.choice(ids))
            content = replace(case.content, title=f"撞单 {word}")
            edit_case(actor, case, content, case.revision, "", clock.now())
        else:
            content = CaseContent(kind="problem", title=f"撞单 {word}", body="客户归属 " * 50)
            case = record_case(actor, content, clock.now(), draft=False)
        db.session.flush()
        number: int = case.id
    return number


def save_much(word: str) -> int:
    """A case whose index takes some hundred kilobytes."""
    from portal.cases.actions.cases import record_case
    from portal.cases.content import CaseContent
    from portal.core import clock
    from portal.core.unit_of_work import transaction

    actor, dice = _admin(), random.Random(word)
    body = "".join(chr(dice.randrange(0x4E00, 0x9FA5)) for _ in range(30_000))
    with transaction():
        content = CaseContent(kind="lesson", title=f"撞单 {word}", body=body)
        number: int = record_case(actor, content, clock.now(), draft=False).id
    return number


def _admin() -> Any:
    from portal.core.unit_of_work import reading_only
    from portal.extensions import db
    from portal.people.models import User
    from portal.people.queries import actor_for

    with reading_only():
        return actor_for(db.session.query(User).filter_by(login="admin").one())


def save_some(words: list[str]) -> None:
    """Cases that are indexed one after the other."""
    from portal.search import indexer

    indexer.mend()
    for word in words:
        save(word)
        indexer.index_pending()


def background(most_bytes: int | None = None, words: list[str] | None = None) -> Event:
    """What every process that works does at its start and later, by itself. With `most_bytes` no
    file may grow beyond."""
    from portal.search import comparing, indexer

    if most_bytes is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
    comparing.reconcile()
    indexer.mend()
    done = indexer.index_pending()
    return {"done": done, "waiting": indexer.pending(), "doctor": doctor(),
            "found": {word: found(word) for word in words or ()}}


def mend_slowly(until: str) -> None:
    """The same rebuild, which stands still among its records until a file appears."""
    from portal.search import indexer, records

    everything = records.everything

    def hesitating() -> Iterator[Any]:
        for document in everything():
            tell(rebuilding=document.ref)
            while not Path(until).exists():
                time.sleep(0.01)
            yield document

    records.everything = hesitating
    indexer.mend()


def found(word: str) -> list[str] | None:
    """Who is found by a word; None when search cannot answer."""
    from portal.search import indexer
    from portal.search.engine import SearchRequest, SearchUnavailable
    from portal.search.query import parse

    request = SearchRequest(parse(f'"{word}"'), _admin().tokens, limit=99)
    try:
        return [hit.ref for hit in indexer.engine().search(request).hits]
    except SearchUnavailable:
        return None


def doctor() -> Event:
    """What `portal doctor` says of the index, and what it advises."""
    from portal.commands import doctor_index
    from portal.search import comparing

    health = comparing.examine(thorough=True)
    return {"says": doctor_index.in_words(health), "advises": doctor_index.remedy(health)}


def forget_one() -> None:
    """Drop a document from the index without telling anybody."""
    from portal.search import indexer

    case = max(ref for ref in indexer.engine().refs() if ref.startswith("case:"))
    indexer.engine().write([], [case])


def change_past_everybody() -> None:
    """Reword a case in the database without an index job."""
    from sqlalchemy import func, select, update

    from portal.cases.models import Case
    from portal.core.unit_of_work import transaction
    from portal.extensions import db

    with transaction():
        newest = db.session.scalar(select(func.max(Case.id)))
        db.session.execute(update(Case).where(Case.id == newest).values(title="sneaked"))


def ask_for_differences() -> None:
    """What `portal doctor --thorough` does besides telling."""
    from portal.search import comparing

    comparing.ask_for(comparing.compare(thorough=True))


def report(words: list[str]) -> Event:
    """What the database holds, what the index holds, and what is found by each word."""
    from sqlalchemy import select

    from portal.cases.models import Case
    from portal.extensions import db
    from portal.search import comparing, indexer

    health = comparing.examine(thorough=True)
    refs = [ref for ref in indexer.engine().refs() if ref.startswith("case:")]
    titles = db.session.execute(select(Case.id, Case.title)).all()
    return {
        "waiting": health.waiting, "differences": sorted(health.differences.all),
        "detail": health.status.detail, "refs": sorted(refs),
        "found": {word: found(word) for word in words},
        "words": {f"case:{number}": title.split()[-1] for number, title in titles},
    }


TASKS: dict[str, Callable[..., Any]] = {
    task.__name__: task
    for task in (
        prepare, work, save, save_some, save_much, background, mend_slowly, found, doctor,
        forget_one, change_past_everybody, ask_for_differences, report,
    )
}

if __name__ == "__main__":
    main()
