"""`portal start`: everything prepared, the sample department in it, and served; for `make run`."""

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from portal import sample
from portal.cases.exchange.folders import open_folder
from portal.cases.exchange.importing import import_library
from portal.cases.models import Case
from portal.commands.init import prepare
from portal.commands.serve import refuse_taken_port, run
from portal.config import ROOT
from portal.core import clock
from portal.core.i18n import LANGUAGES
from portal.core.unit_of_work import reading_only
from portal.extensions import db
from portal.people.models import User
from portal.people.queries import actor_for
from portal.search.indexer import index_pending


@click.command()
@with_appcontext
def start() -> None:
    """Prepare the portal with starter library and sample department, print the logins, serve."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    settings = app.extensions["settings"]
    refuse_taken_port(settings)
    prepare()
    _fill()
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    click.echo(f"\nThe portal is at http://{host}:{settings.port}  (Ctrl+C stops it)\n")
    run(app)


def _fill() -> None:
    """The sample department, and the starter library where nothing but samples is."""
    if not sample.was_removed() and sample.make():
        click.echo("Made the sample department.")
    with reading_only():
        empty = db.session.scalar(select(Case.id).where(Case.is_sample.is_(False))) is None
        administrator = db.session.scalar(
            select(User).where(User.role == "admin", User.deactivated_at.is_(None))
            .order_by(User.is_sample, User.id).limit(1)
        )
        importer = actor_for(administrator) if administrator else None
    if empty and importer is not None:
        for language in LANGUAGES:
            folder = open_folder(ROOT / "content" / language)
            import_library(importer, folder, clock.now())
        click.echo("Imported the starter library.")
    index_pending()
    if logins := sample.logins():
        click.echo(f"\n{logins}")
