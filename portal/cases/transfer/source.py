"""An import opened again: its records, one by one, and the job that judges or writes them."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from flask import current_app

from portal.cases.exchange.archive import Archive
from portal.cases.exchange.folders import Entry, Folder
from portal.cases.exchange.job import Guard, Job
from portal.cases.exchange.lookups import Lists, People
from portal.cases.exchange.records import Problem, Wrong
from portal.cases.exchange.table import Table
from portal.cases.exchange.tables import read_rows
from portal.cases.transfer.models import CaseImport
from portal.cases.transfer.rules import ADD, EMPTY, word_key
from portal.cases.transfer.storing import LIMITS
from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.extensions import db
from portal.people.models import User
from portal.people.queries import actor_for
from portal.people.rules import Actor
from portal.transfer.uploads import upload_path


def folder_of(found: CaseImport, store: Path) -> Folder:
    """The files of the upload. Raises `Refused` when they are gone."""
    path = upload_path(store, found.sha256)
    if not path.exists():
        raise Refused(_l("The uploaded file is no longer kept. Upload it once more."))
    if found.format == "table":
        return Table(read_rows(found.name, path.read_bytes()), found.mapping)
    return Archive(path, LIMITS)


def importer(person_id: int) -> Actor:
    """The person as they stand now. Raises `Refused` when they may not import any more."""
    user = db.session.get(User, person_id)
    if user is None or not user.is_active:
        raise Refused(_l("The account of who asked for it is closed."))
    actor = actor_for(user)
    if not access.allows(actor, "case:import"):
        raise Refused(_l("Who asked for it may not import any more."))
    return actor


def job_of(
    found: CaseImport, actor: Actor, now: datetime, guard: Guard,
    words: Mapping[str, str] | None = None,
) -> Job:
    """What every step of this import needs to know."""
    settings = current_app.extensions["settings"]
    decided = words or {}
    return Job(
        actor, folder_of(found, settings.transfers), now, clock.zone(), People(), settings.files,
        settings.upload_mb, guard, lambda job: DecidedLists(job, decided),
        vouches=actor.role == "admin",
    )


class DecidedLists(Lists):
    """Does with a word that no list knows what the person decided."""

    def __init__(self, job: Job, words: Mapping[str, str]) -> None:
        super().__init__(job.actor.id, job.now)
        self.words = words

    def unknown(self, name: str, written: str) -> str | None:
        decision = self.words.get(word_key(name, written))
        if decision == ADD:
            return super().unknown(name, written)
        if decision == EMPTY:
            return None
        if not decision or self.code(name, decision) != decision:
            raise Wrong(_l("“%(word)s” is in no list.", word=written))
        return decision


def line_of(folder: Folder, entry: Entry, line: int = 0) -> int:
    """Where in the file it stands: a table has one line for each record."""
    return folder.line(entry.path) if isinstance(folder, Table) else line


def problems_of(folder: Folder) -> Iterator[Problem]:
    """What the archive itself refused: links, names that lead out of it, protected files."""
    yield from folder.problems
