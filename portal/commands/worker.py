"""`portal worker`: background work in a process of its own."""

import click
from flask import current_app
from flask.cli import with_appcontext


@click.command()
@with_appcontext
def worker() -> None:
    """Index, deliver and sweep until interrupted; for portals with PORTAL_JOBS=off or Redis."""
    current_app.extensions["jobs"].work()
