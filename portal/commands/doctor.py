"""`portal doctor`: is everything in order, and if not, what to do."""

import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial

import click
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import func, select, text

from portal.cases import attached_texts, file_sweep
from portal.cases.actions.attachments import path_of
from portal.commands import doctor_index, doctor_work
from portal.commands.doctor_work import Finding
from portal.config import ROOT
from portal.core import audit
from portal.core.events import Delivery
from portal.extensions import db
from portal.people.models import User
from portal.search import comparing

LOW_DISK_MB = 500


@click.command()
@click.option("--thorough", is_flag=True, help="Compare the search index word by word.")
@with_appcontext
def doctor(thorough: bool) -> None:
    """Check configuration, database, migrations, index, files and disk; say what to do."""
    ground = [*_folder(), *_database()]
    findings = [*ground, *_disk(), *_front_end()]
    if not any(finding.remedy for finding in ground):
        checks: list[Callable[[], Iterator[Finding]]] = [
            _people, partial(_index, thorough), _files, _background, doctor_work.channels,
            doctor_work.long_work, _audit,
        ]
        findings.extend(finding for check in checks for finding in check())
    for finding in findings:
        click.echo(f"{'!!' if finding.remedy else 'ok'}  {finding.what}: {finding.detail}")
        if finding.remedy:
            click.echo(f"      → {finding.remedy}")
    if any(finding.remedy for finding in findings):
        raise SystemExit(1)


def _folder() -> Iterator[Finding]:
    data = current_app.extensions["settings"].data
    if not data.exists():
        yield Finding("data folder", f"{data} does not exist", "portal init")
        return
    writable = os.access(data, os.W_OK)
    yield Finding("data folder", str(data), None if writable else "make the folder writable")


def _disk() -> Iterator[Finding]:
    data = current_app.extensions["settings"].data
    if data.exists():
        free = shutil.disk_usage(data).free // 1024**2
        yield Finding("disk", f"{free} MB free", "free some space" if free < LOW_DISK_MB else None)


def _front_end() -> Iterator[Finding]:
    built = (ROOT / "static" / "vendor" / "app.css").exists()
    yield Finding("front-end files", "built" if built else "missing",
                  None if built else "make setup")


def _database() -> Iterator[Finding]:
    url = db.engine.url.render_as_string(hide_password=True)
    try:
        with db.engine.connect() as connection:
            connection.execute(text("SELECT 1"))
            present = MigrationContext.configure(connection).get_current_revision()
    except Exception as error:
        reason = str(getattr(error, "orig", error)).strip().splitlines()[0]
        yield Finding("database", f"{url}: {reason}", "check DATABASE_URL and that it runs")
        return
    yield Finding("database", url)
    newest = ScriptDirectory(str(ROOT / "portal" / "migrations")).get_current_head()
    current = present == newest
    yield Finding("migrations", f"{present or 'none'} of {newest}",
                  None if current else "portal init (it migrates and keeps the data)")


def _people() -> Iterator[Finding]:
    query = select(func.count()).where(User.role == "admin", User.deactivated_at.is_(None))
    count = db.session.scalar(query)
    yield Finding("administrators", str(count), None if count else "portal init")


def _index(thorough: bool) -> Iterator[Finding]:
    health = comparing.examine(thorough=thorough)
    yield Finding("search index", doctor_index.in_words(health, thorough=thorough),
                  doctor_index.remedy(health, thorough=thorough))
    if thorough and health.status.healthy:
        comparing.ask_for(health.differences)


def _files() -> Iterator[Finding]:
    folder = current_app.extensions["settings"].files
    digests = {digest for column in file_sweep.named_in()
               for digest in db.session.scalars(select(column))}
    missing = [digest for digest in digests if not path_of(digest, folder).exists()]
    yield Finding("attachments", f"{len(digests)} files, {len(missing)} missing",
                  f"restore from a backup: {', '.join(missing[:3])}" if missing else None)
    found = attached_texts.counts()
    # Those without words are told to who may edit their cases; nothing is to be done here.
    yield Finding("words in attachments", f"{found['read']} files read, {found['empty']} without "
                  f"words, {found['unreadable']} unreadable, {found['waiting']} waiting")


def _background() -> Iterator[Finding]:
    failed = db.session.scalar(select(func.count()).where(Delivery.attempts > 0)) or 0
    yield Finding("background work", f"{failed} failing",
                  "see the server's log; they are tried again" if failed else None)


def _audit() -> Iterator[Finding]:
    broken = next(audit.broken_links(), None)
    yield Finding("audit log", "verified" if broken is None else f"altered at entry {broken}",
                  None if broken is None else "compare with a backup")
