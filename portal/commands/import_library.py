"""`portal import`: cases from a folder of Markdown and Word files, or from an export."""

import sys
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy import select
from sqlalchemy.exc import OperationalError, ProgrammingError

from portal.cases.exchange.folders import Folder, open_folder
from portal.cases.exchange.importing import import_library
from portal.cases.exchange.records import Wrong
from portal.cases.exchange.report import Report
from portal.commands.language import terminal_language
from portal.core import clock
from portal.core.i18n import force_locale
from portal.core.i18n import gettext as _
from portal.core.unit_of_work import reading_only
from portal.extensions import db
from portal.people.models import User
from portal.people.queries import actor_for, user_by_login
from portal.people.rules import Actor
from portal.search import indexer

# When so many documents, and most of all there are, wait, making the index anew is quicker.
REBUILD_FROM = 2_000
ATTEMPTS = 6


@click.command("import")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--as", "login", metavar="LOGIN",
              help="Who imports: owner of cases whose author has no account here; "
                   "the first administrator when absent.")
@with_appcontext
def import_command(path: Path, login: str | None) -> None:
    """Import cases from PATH: a folder, a Markdown or Word file, or a zip of `portal export`.

    Cases are known by their ref: importing again changes what differs and nothing else.
    Exit code: 0 when every file went in or was known already, 1 when some stayed out (they are
    listed; the others are in), 2 when nothing could be done.
    """
    with force_locale(terminal_language()):
        actor = _importer(login)
        try:
            folder = open_folder(path)
        except Wrong as wrong:
            raise click.UsageError(f"{path}: {wrong.message}") from None
        report = _imported(actor, folder)
        _index()
        _tell(report)
    if report.problems:
        raise SystemExit(1)


def _importer(login: str | None) -> Actor:
    try:
        with reading_only():
            if login is not None:
                user = user_by_login(login)
            else:
                user = db.session.scalar(
                    select(User).where(User.role == "admin", User.deactivated_at.is_(None))
                    .order_by(User.is_sample, User.id).limit(1)
                )
            if user is not None and user.is_active:
                return actor_for(user)
    except (OperationalError, ProgrammingError):
        login = None
    if login is not None:
        raise click.UsageError(_("There is no active account “%(login)s”.", login=login))
    raise click.UsageError(_("There is no administrator yet: run “portal init” first."))


def _imported(actor: Actor, folder: Folder) -> Report:
    hidden = not sys.stdout.isatty()
    total = len(folder.entries())
    with click.progressbar(length=total, label=_("Importing"), hidden=hidden) as bar:
        try:
            return import_library(actor, folder, clock.now(), bar.update)
        except OperationalError as error:
            raise click.ClickException(
                _("The database takes nothing more: %(error)s. What went in before stays; "
                  "import again later.", error=str(error.orig))
            ) from None


def _index() -> None:
    """Everything imported can be found when the command returns."""
    for _attempt in range(ATTEMPTS):
        with reading_only():
            waiting = indexer.pending()
            most = waiting > REBUILD_FROM and waiting * 2 > indexer.total()
        if most:
            indexer.rebuild()
        elif waiting:
            # Returns early when a serving process is indexing just now.
            indexer.index_pending()
        else:
            return


def _tell(report: Report) -> None:
    for name, label in report.terms:
        click.echo(_("New in the list “%(list)s”: %(label)s", list=name, label=label))
    for note in report.summarised_notes:
        click.echo(_("Note: %(note)s", note=note))
    for problem in report.problems:
        click.echo(_("Not imported: %(problem)s", problem=str(problem)), err=True)
    if report.others:
        click.echo(_("%(count)d files of other kinds were passed by.", count=report.others))
    click.echo(_("%(new)d new, %(changed)d changed, %(unchanged)d unchanged",
                 new=report.new, changed=report.changed, unchanged=report.unchanged))
