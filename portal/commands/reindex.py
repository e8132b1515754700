"""`portal reindex`: the search index anew, while the portal serves."""

import sys
import time

import click
from flask.cli import with_appcontext

from portal.cases import attached_texts
from portal.search import indexer
from portal.search.engine import IndexBusy

# Whoever indexes single records is done by then; whoever rebuilds is not.
PATIENCE = 5.0


@click.command()
@click.option("--files", is_flag=True, help="Try files that could not be read once more, first.")
@with_appcontext
def reindex(files: bool) -> None:
    """Build the search index anew from the database; the old one answers meanwhile."""
    if files:
        tried = attached_texts.read_again()
        left = attached_texts.counts()["unreadable"]
        click.echo(f"Tried {tried} files again; {left} cannot be read.")
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
            count = indexer.rebuild(progress, wait=PATIENCE)
        except IndexBusy as busy:
            raise click.ClickException(_politely(busy)) from None
    click.echo(f"Indexed {count} documents in {time.monotonic() - start:.1f} s.")


def _politely(busy: IndexBusy) -> str:
    if str(busy).startswith("unwritable"):
        return (f"the index cannot be written ({busy}). Nothing is lost: free some space or make "
                "the folder writable, then try again")
    return ("another process is indexing at the moment. Nothing is lost: wait for it, "
            "or see `portal doctor`")
