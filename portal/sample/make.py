"""Makes the sample department, once."""

from sqlalchemy import select

from portal.core import audit, clock
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.lists.models import Term
from portal.people.models import User
from portal.people.passwords import generated, hashed
from portal.sample import library, passwords, script
from portal.sample.calendar import Calendar
from portal.sample.people import move_in
from portal.search.indexer import index_pending

SUBJECT = "sample:department"


def is_there() -> bool:
    """Whether the portal has a sample department."""
    return db.session.scalar(select(User.id).where(User.is_sample).limit(1)) is not None


def make() -> bool:
    """People, teams and half a year of cases up to now; False when it is there already."""
    with transaction():
        if is_there():
            made = False
        else:
            password = generated()
            shown = _fill(password)
            made = True
    if made:
        passwords.keep(shown, password)
        index_pending()
    elif not passwords.path().exists():
        _new_password()
    return made


def _fill(password: str) -> list[tuple[str, str, str]]:
    now = clock.now()
    calendar = Calendar(now, clock.zone())
    people = script.department()
    tags = _tags()
    cast = move_in(people, calendar, hashed(password))
    count = library.replay(script.cases(), cast, calendar)
    # Removal takes back exactly the tags that came with the sample.
    audit.record(None, "sample.made", SUBJECT, now, people=len(cast.users), cases=count,
                 tags=sorted(_tags() - tags))
    return [
        (person.shown_as, person.name, cast.users[person.login].login)
        for person in people.people if person.shown_as
    ]


def _tags() -> set[str]:
    return set(db.session.scalars(select(Term.code).where(Term.list == "tag")))


def _new_password() -> None:
    """The file with the password was lost: all sample people get a new one."""
    password = generated()
    shown = {each.name: each.shown_as for each in script.department().people if each.shown_as}
    with transaction():
        users = list(db.session.scalars(select(User).where(User.is_sample)))
        password_hash = hashed(password)
        for user in users:
            user.password_hash = password_hash
        audit.record(None, "sample.password_reset", SUBJECT, clock.now())
        rows = {user.name: (shown[user.name], user.name, user.login)
                for user in users if user.name in shown}
    passwords.keep([rows[name] for name in shown if name in rows], password)
