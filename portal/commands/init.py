"""`portal init`: an empty portal with its first administrator."""

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade

from portal.cases import templates as case_templates
from portal.core import clock
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.lists.models import Term
from portal.lists.seeds import seed_lists
from portal.people.actions import PersonFacts, add_person
from portal.people.models import User
from portal.search.indexer import rebuild
from portal.search.vocabulary import seeds as synonyms


@click.command()
@click.option("--login", default="admin", show_default=True, help="The administrator's login.")
@click.option("--name", default="管理员", show_default=True, help="The administrator's name.")
@with_appcontext
def init(login: str, name: str) -> None:
    """Create the database and the first administrator; prints the password once."""
    prepare()
    administrators = db.session.query(User.id).filter_by(role="admin", is_sample=False)
    if administrators.filter(User.deactivated_at.is_(None)).first():
        click.echo("The portal is ready; it has an administrator already.")
        return
    with transaction():
        _, password = add_person(
            None, PersonFacts(login=login, name=name, role="admin"), clock.now()
        )
    click.echo(f"Administrator: {login}\nPassword:      {password}")
    click.echo("It is shown only now, and must be changed at the first sign-in.")


def prepare() -> None:
    """Bring database, lists, templates and index to the present version; safe to repeat."""
    settings = current_app.extensions["settings"]
    settings.make_folder()
    upgrade()
    with transaction():
        if db.session.query(Term.id).first() is None:
            seed_lists()
        case_templates.seed()
        synonyms.seed(clock.now())
    if not current_app.extensions["search_engine"].status().healthy:
        rebuild()
