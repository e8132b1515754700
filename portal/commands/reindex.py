"""`portal reindex`: the search index anew, while the portal serves."""

import sys
import time

import click
from flask.cli import with_appcontext

from portal.search import indexer
from portal.search.engine import IndexBusy


@click.command()
@with_appcontext
def reindex() -> None:
    """Build the search index anew from the database; the old one answers meanwhile."""
    start = time.monotonic()
    shown = 0
    with click.progressbar(
        length=indexer.total(), label="Indexing", hidden=not sys.stdout.isatty()
    ) as bar:

        def progress(done: int) -> None:
            nonlocal shown
            bar.update(done - shown)
            shown = done

        try:
            count = indexer.rebuild(progress)
        except IndexBusy:
            raise click.ClickException(
                "another process is rebuilding the index; wait for it"
            ) from None
    click.echo(f"Indexed {count} documents in {time.monotonic() - start:.1f} s.")
