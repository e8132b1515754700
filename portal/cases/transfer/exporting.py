"""Exports as long work: a table of a filtered list, or everything as an archive."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import current_app, url_for
from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import joinedload, selectinload

from portal.cases.exchange import exporting, listing
from portal.cases.models import Case
from portal.cases.queries.cases import Filters, library, readable_by
from portal.core import access, audit, clock, jobs
from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.core.spreadsheet import as_csv
from portal.core.unit_of_work import reading_only
from portal.core.workbook import Sheet, workbook
from portal.extensions import db
from portal.lists.queries import vocabulary
from portal.people.models import User
from portal.people.queries import actor_for
from portal.people.rules import Actor
from portal.tasks import Link, Progress, kind
from portal.tasks.models import Task
from portal.transfer.uploads import KEPT_DAYS, new_export

FORMATS = ("csv", "xlsx", "zip")
MEDIA_TYPES = {
    "csv": "text/csv", "zip": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
PAGE = 200
ALLOWED_FILTERS = frozenset(field.name for field in fields(Filters)) - {"team_ids"}


def _download(task: Task) -> Sequence[Link]:
    if not task.result.get("file") or is_expired(task, clock.now()):
        return []
    return [Link(_l("Download"), url_for("transfer.download_export", export_id=task.id),
                 "download", is_download=True)]


def is_expired(task: Task, now: datetime) -> bool:
    """Files are kept for some days: who still wants one makes it anew."""
    return task.finished_at is None or now - task.finished_at > timedelta(days=KEPT_DAYS)


@kind("case_export", _l("Export of cases"), resumes=True, links=_download,
      steps={"writing": _l("Writing the file")}, when_cancelled=_l("No file was made."))
def export(task: Task, progress: Progress) -> None:
    """Write what the person may read now into a file that only they can fetch."""
    folder = current_app.extensions["settings"].transfers
    wanted = task.input["format"]
    with reading_only():
        actor = _person(task.person_id)
        if wanted == "zip" and not access.allows(actor, "case:export"):
            raise Refused(_l("Who asked for it may not export everything any more."))
    token, path = new_export(folder)
    try:
        count = _archive(actor, path, progress) if wanted == "zip" else _table(
            actor, task, path, progress)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    name = f"cases-{clock.today():%Y%m%d}.{wanted}"
    progress.note(file=token, name=name, size=path.stat().st_size, count=count, format=wanted)
    with progress.batch():
        progress(count, count)
        audit.record(actor.id, "library.exported", f"task:{task.id}", clock.now(), count=count,
                     format=wanted)


def _person(person_id: int) -> Actor:
    user = db.session.get(User, person_id)
    if user is None or not user.is_active:
        raise Refused(_l("The account of who asked for it is closed."))
    return actor_for(user)


def _archive(actor: Actor, path: Path, progress: Progress) -> int:
    """Administrators keep the whole library safe; managers take what they may read."""
    which: ColumnElement[bool] = true() if actor.role == "admin" else readable_by(actor)
    with reading_only():
        progress_total = exporting.total(which)
    progress(0, progress_total, "writing")
    return exporting.export_library(
        path, lambda count: progress(progress.done + count), which
    ).cases


def _table(actor: Actor, task: Task, path: Path, progress: Progress) -> int:
    with reading_only():
        filters = filters_of(task.input["filters"])
        ids = list(db.session.scalars(
            library(actor, filters, clock.today()).with_only_columns(Case.id)))
    progress(0, len(ids), "writing")
    header = listing.header(task.language)
    with reading_only(), path.open("wb") as file:
        rows = _rows(ids, task.language, progress)
        if task.input["format"] == "csv":
            file.write(("\ufeff" + as_csv([header])).encode())
            for row in rows:
                file.write(as_csv([row]).encode())
        else:
            file.write(workbook([Sheet(str(_l("Cases")), header, rows)]))
    return len(ids)


def _rows(ids: Sequence[int], language: str, progress: Progress) -> Iterator[list[str]]:
    lists, zone = vocabulary(), clock.zone()
    options = (selectinload(Case.tags), joinedload(Case.retrospective), joinedload(Case.owner),
               joinedload(Case.team))
    for start in range(0, len(ids), PAGE):
        some = ids[start : start + PAGE]
        query = select(Case).where(Case.id.in_(some)).options(*options)
        cases = {case.id: case for case in db.session.scalars(query).unique()}
        yield from listing.rows((cases[each] for each in some if each in cases), zone, language,
                                lists)
        db.session.expunge_all()
        progress(start + len(some))


def filters_of(values: Mapping[str, Any]) -> Filters:
    """The filters of a list as they were written into the task."""
    return Filters(**{key: value for key, value in values.items() if key in ALLOWED_FILTERS})


@jobs.job("tidy_transfers", every_minutes=60)
def tidy() -> None:
    """Remove files of exports and uploads that are older than the days they are kept."""
    before = (clock.now() - timedelta(days=KEPT_DAYS)).timestamp()
    folder = current_app.extensions["settings"].transfers
    for path in (*folder.glob("exports/*"), *folder.glob("uploads/*")):
        if path.is_file() and path.stat().st_mtime < before:
            path.unlink(missing_ok=True)


