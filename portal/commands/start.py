"""`portal start`: everything prepared, the sample department in it, and served; for `make run`."""

import click
from flask import current_app
from flask.cli import with_appcontext

from portal.commands.init import prepare
from portal.commands.serve import refuse_taken_port, run
from portal.config import ROOT


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
    """Sample department first: its administrator owns the starter library."""
    from portal.sample import logins, make

    if make():
        click.echo("Made the sample department.")
    _import_starter_library()
    click.echo(logins())


def _import_starter_library() -> None:
    for language in ("zh", "en"):
        _ = ROOT / "content" / language
