"""`portal search`: the search of the pages on the command line, one query or many."""

import json
from typing import IO, Any

import click
from flask import current_app
from flask.cli import with_appcontext

from portal.people import queries
from portal.people.rules import Actor
from portal.search import find

# Nobody has this id: such a reader sees what everyone may read.
NOBODY = 0


@click.command()
@click.argument("query", required=False)
@click.option("--as", "login", metavar="USER", help="Search as this person would.")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 1000))
@click.option("--json", "as_json", is_flag=True, help="A JSON array of hits.")
@click.option("--batch", type=click.File("r", encoding="utf-8"),
              help="JSON lines with id and query in, JSON lines with id and refs out.")
@with_appcontext
def search(
    query: str | None, login: str | None, limit: int, as_json: bool, batch: IO[str] | None
) -> None:
    """Find cases. Without --as: what everyone may read."""
    actor = _reader(login)
    with current_app.test_request_context():
        if batch is not None:
            _answer_batch(actor, batch, limit)
        elif query is None:
            raise click.UsageError("give a QUERY, or --batch FILE")
        else:
            _answer(hits(actor, query, limit), as_json)


def hits(actor: Actor, query: str, limit: int) -> list[dict[str, Any]]:
    """The hits of a query, best first."""
    results = find.search(actor, query, limit=limit, facets=())
    if results.broken:
        raise click.ClickException("the index cannot answer; try: portal doctor")
    return [
        {"ref": hit.card.name, "title": hit.card.title, "kind": hit.card.kind,
         "score": round(hit.score, 4)}
        for hit in results.found
    ]


def _reader(login: str | None) -> Actor:
    if login is None:
        return Actor(NOBODY, "rep")
    user = queries.user_by_login(login)
    if user is None or not user.is_active:
        raise click.ClickException(f"there is no active person with the login {login!r}")
    return queries.actor_for(user)


def _answer(found: list[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for hit in found:
        click.echo(f"{hit['score']:8.2f}  {hit['kind']:<9} {hit['title']}  [{hit['ref']}]")
    if not found:
        click.echo("Nothing found.")


def _answer_batch(actor: Actor, batch: IO[str], limit: int) -> None:
    for number, row in enumerate(batch, start=1):
        if not row.strip():
            continue
        try:
            asked = json.loads(row)
            question = str(asked["query"])
        except (ValueError, KeyError, TypeError):
            raise click.ClickException(
                f"line {number} is not a JSON object with id and query"
            ) from None
        refs = [hit["ref"] for hit in hits(actor, question, limit)]
        click.echo(json.dumps({"id": asked.get("id"), "refs": refs}, ensure_ascii=False))
