"""`portal export`: the whole case library as one zip of Markdown."""

import sys
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import OperationalError, ProgrammingError

from portal.cases.exchange.exporting import Exported, export_library, total
from portal.commands.language import terminal_language
from portal.core.i18n import force_locale
from portal.core.i18n import gettext as _
from portal.core.unit_of_work import reading_only


@click.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def export_command(file: Path) -> None:
    """Write all cases, solutions, comments and attachments to FILE, a zip of Markdown.

    Drafts stay out: they are their owner's alone. Everything else goes in, also what only a team
    or managers may read; keep the file accordingly. `portal import FILE` makes an equal library
    of it. Equal libraries give equal files.
    """
    with force_locale(terminal_language()):
        try:
            done = _exported(file)
        except (OperationalError, ProgrammingError):
            raise click.UsageError(_("There is no portal yet: run “portal init” first.")) from None
        except OSError as error:
            raise click.ClickException(
                _("%(file)s could not be written: %(error)s. Nothing was changed.",
                  file=str(file), error=error.strerror or str(error))
            ) from None
        for path in done.missing:
            click.echo(_("Missing in the data folder, left out: %(path)s", path=path), err=True)
        click.echo(_("Exported %(cases)d cases, %(texts)d solutions and comments, "
                     "%(files)d attachments to %(file)s", cases=done.cases, texts=done.texts,
                     files=done.files, file=str(file)))


def _exported(file: Path) -> Exported:
    with reading_only():
        length = total()
    hidden = not sys.stdout.isatty()
    with click.progressbar(length=length, label=_("Exporting"), hidden=hidden) as bar:
        return export_library(file.resolve(), bar.update)
