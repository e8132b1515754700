"""`portal demo`: a sample department to try the portal with, and its removal."""

import click
from flask.cli import with_appcontext
from sqlalchemy import select
from sqlalchemy.exc import OperationalError, ProgrammingError

from portal import sample
from portal.extensions import db
from portal.lists.models import Term
from portal.people.models import User


@click.command()
@click.option("--remove", is_flag=True, help="Take the sample department away again.")
@with_appcontext
def demo(remove: bool) -> None:
    """Add a sample department: people, teams and half a year of cases and deals."""
    _refuse_empty_portal()
    if remove:
        _remove()
        return
    if sample.make():
        click.echo("The sample department is ready.\n")
    else:
        click.echo("The sample department is there already.\n")
    click.echo(sample.logins())
    click.echo("\n`portal demo --remove` takes all of it away again.")


def _remove() -> None:
    removed = sample.remove()
    if removed is None:
        click.echo("There is no sample department.")
        return
    click.echo(f"Removed {removed.people} people, {removed.teams} teams, {removed.cases} cases "
               f"and {removed.customers} customers of the sample department.")
    if removed.kept:
        click.echo(f"Kept, deactivated, because the history of others names them: "
                   f"{', '.join(removed.kept)}.")
    administrators = select(User.id).where(User.role == "admin", User.deactivated_at.is_(None))
    if db.session.scalar(administrators.limit(1)) is None:
        click.echo("There is no administrator now: run `portal init`.")


def _refuse_empty_portal() -> None:
    try:
        ready = db.session.scalar(select(Term.id).limit(1)) is not None
    except (OperationalError, ProgrammingError):
        ready = False
    if not ready:
        raise click.ClickException("The portal is not set up yet: run `portal init` first.")
